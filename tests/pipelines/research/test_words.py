from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.research.words import Piece, words_between
from tests.growth import assert_linear

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["the", "a", "Gull", ".", "“", "”", "it’s", "\n\n", " "]), max_size=40).map(" ".join),
    st.lists(st.sampled_from(["a", "b", " ", ".", "\n\n"]), max_size=40).map("".join),
)  # fmt: skip


def drawn(before: str, after: str) -> str:
    marks = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(marks[piece.change].format(piece.text) for piece in words_between(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Gulls steal chips", "Gulls steal chips", "Gulls steal chips"),
        ("Gulls stole it.", "Gulls stole it again.", "Gulls stole it[+ again+]."),
        ("“I never said so,” he said.", "“I said so,” he said.", "“I [-never -]said so,” he said."),
        ("He has £4m", "He has £5m", "He has £[-4m-][+5m+]"),
        ("It’s over", "It is over", "[-It’s-][+It is+] over"),
        ("a b", "a\n\nb", "a[- -][+\n\n+]b"),
        ("", "New", "[+New+]"),
        ("Old", "", "[-Old-]"),
        ("", "", ""),
        (
            "Two chefs left the Rock in June.", "Every waiter joined the Pier last week.",
            "[-Two chefs left the Rock in June-][+Every waiter joined the Pier last week+].",
        ),
    ],
)  # fmt: skip
def test_words_that_came_and_went(before: str, after: str, shown: str) -> None:
    assert drawn(before, after) == shown


@given(before=TEXTS, after=TEXTS)
def test_the_pieces_give_both_texts_back(before: str, after: str) -> None:
    pieces = words_between(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after
    for one, other in pairwise(pieces):
        assert (one.change, other.change) in {
            ("same", "removed"), ("same", "added"), ("removed", "same"), ("added", "same"), ("removed", "added"),
        }  # fmt: skip
    assert all(piece.text for piece in pieces)


@given(text=TEXTS)
def test_what_is_the_same_is_one_piece(text: str) -> None:
    assert words_between(text, text) == ((Piece("same", text),) if text else ())


def _edited(length: int) -> tuple[str, str]:
    dice = random.Random(7)
    words = dice.choices([f"word{rank}" for rank in range(1, 5000)], [1 / rank for rank in range(1, 5000)], k=length)
    return " ".join(words), " ".join(word if dice.random() < 0.95 else "gull" for word in words)


def test_a_long_text_is_compared_in_linear_time() -> None:
    pieces = words_between(*_edited(10_000))
    assert sum(len(piece.text.split()) for piece in pieces if piece.change == "same") > 9000
    assert_linear(_edited, lambda texts: words_between(*texts), 1250)
