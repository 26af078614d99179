from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.article import Quote
from extractors.quotes import Context, attribute, find_quotes
from extractors.quotes.lexicon import LANGUAGES
from tests.growth import assert_linear

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


SPOKEN = st.lists(
    st.lists(
        st.sampled_from(
            [
                "– ", "— ", "—", " —", "- ", ", ", ". ", "! ", "«", "»", "“", "”", "Linda Vorst ", "geten ",
                "la cabra ",
                "säger ", "dijo ", "a-t-elle ", "déclaré ", "dit-il ", "ha ", "detto ", "l’attrice ", "añadió", "hat ",
                "gesagt ", "una fuente cercana a ", "hon ", "sångerskan ",
            ]
        ),
        max_size=20,
    ).map("".join),
    max_size=5,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PARAGRAPHS)
def test_what_holds_for_every_text(paragraphs: list[str]) -> None:
    holds(paragraphs, find_quotes(paragraphs))


@settings(max_examples=300, deadline=None)
@given(SPOKEN, st.sampled_from(LANGUAGES))
def test_what_holds_in_every_language(paragraphs: list[str], language: str) -> None:
    holds(paragraphs, attribute(paragraphs, Context(language=language)))


def holds(paragraphs: list[str], quotes: tuple[Quote, ...]) -> None:
    """Offsets give the text back, quotations stand in order and apart, speakers and kinds agree."""
    reach = (-1, 0)
    for quote in quotes:
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
    "and saying “a” ", "said he “a” ", "Kim Kaye — “a” — ", "labelled “a” by ",
    "“Goat,” the statement said. ", "Linda Vorst. ", "x-", "“a” 'b' ", "said ", ". ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_length_of_the_text(piece: str) -> None:
    assert_linear(lambda times: [piece * times], find_quotes, 150)


@pytest.mark.parametrize("seed", range(24))
def test_any_mixture_of_marks_ends_in_linear_time(seed: int) -> None:
    chosen = random.Random(seed)
    marks = [
        '"',
        "“",
        "”",
        "'",
        "‘",
        "’",
        "''",
        "„",
        "«",
        "»",
        "‹",
        "›",
        "「",
        "」",
        "–",
        "—",
        " ",
        ", ",
        ". ",
        "a",
        "b ",
    ]
    piece = "".join(chosen.choices(marks, k=8))
    language = chosen.choice(LANGUAGES)
    dash = "– " * (seed % 2)
    context = Context(language=language)
    assert_linear(lambda times: [dash + piece * times], lambda texts: attribute(texts, context), 200)


@pytest.mark.parametrize(
    ("language", "piece"),
    [
        ("sv", "– a, säger x. "), ("sv", "– a, "), ("es", "—a —dijo x—. "), ("es", "—a —"), ("fr", ", dit x, "),
        ("fr", "« a, dit x, b » "), ("it", "«a», ha aggiunto. "), ("fr", "a-t-elle "), ("de", "„a“, hat x "),
    ],
)  # fmt: skip
def test_time_grows_with_the_length_of_the_text_in_other_languages(language: str, piece: str) -> None:
    dash, context = "– " if language == "sv" else "— ", Context(language=language)
    assert_linear(lambda times: [dash + piece * times], lambda texts: attribute(texts, context), 400)
