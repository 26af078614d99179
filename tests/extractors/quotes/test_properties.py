from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.quotes import find_quotes

PIECES = st.sampled_from(
    [
        '"', "“", "”", "'", "‘", "’", "''", "„", "«", "»", "‹", "›", "「", "」", " ",
        ", ", ". ", "? ", ": ", "\ue000", "\ue002 ",
        "Linda Vorst ", "she ", "they ", "the pair ", "said ", "told People", "a source ", "who ",
        "and ", "(", ")", "—",
        "called it ", "according to ",
        "the statement ", "Robert Brill, 39,", "goat", "s' ", "ſ", "İ", "\n",
    ]
)  # fmt: skip
PARAGRAPHS = st.lists(st.lists(PIECES, max_size=25).map("".join), max_size=6)


@settings(max_examples=300, deadline=None)
@given(PARAGRAPHS)
def test_what_holds_for_every_text(paragraphs: list[str]) -> None:
    reach = (-1, 0)
    for quote in find_quotes(paragraphs):
        assert quote.text == paragraphs[quote.block][quote.start : quote.end]
        assert quote.text
        assert (quote.block, quote.start) >= reach
        reach = (quote.block, quote.end)
        assert quote.speaker == (" and ".join(quote.speakers) or None)
        assert (quote.speaker is None) == (quote.speaker_kind is None)
        assert quote.continues is False or quote.block > 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_no_text_raises(paragraphs: list[str]) -> None:
    find_quotes(paragraphs)


HOSTILE = [
    '"', "“", "”", "'", "‘", "'a ", '"a" ', "“a ", "“a” ", "a” ", "'s ", "“a,” she said ", "Linda Vorst “a” ", "«‹„",
    "they said “a” ", "(a, ", ", ", "“a?” ", "Kim and ", "the pair said “a b c d e.” ",
    "of Kim ", "A. ", " ", "known as ",
    "“Goat,” the statement said. ", "Linda Vorst. ", "x-", "“a” 'b' ", "said ", ". ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    def seconds(repeats: int) -> float:
        text = piece * repeats
        start = time.process_time()
        find_quotes([text])
        return time.process_time() - start

    small, large = seconds(400), seconds(3200)
    assert large < 30 * max(small, 0.004)
