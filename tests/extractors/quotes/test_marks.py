from __future__ import annotations

import pytest

from extractors.quotes.marks import find_spans


def spans(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_spans(text)]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('"', '"'), ("“", "”"), ("“", '"'), ('"', "”"), ("”", "“"), ("”", "”"), ("“", "“"), ("''", "''"), ("``", "''"),
        ("„", "“"), ("„", "”"), ("„", '"'), ("«", "»"), ("»", "«"), ("‹", "›"), ("「", "」"), ("‘", "’"), ("'", "'"),
    ],
)  # fmt: skip
def test_every_pair_of_marks_is_found(opening: str, closing: str) -> None:
    assert spans(f"Mina Vorst said {opening}the goat stays,{closing} and left.") == ["the goat stays,"]


def test_french_marks_with_spaces_inside_are_trimmed() -> None:
    assert spans("« Je suis ravie », dit-elle.") == ["Je suis ravie"]


def test_marks_of_both_kinds_may_open_and_close_the_same_quotation() -> None:
    text = '"You are a fraud,” she said. “The whole pier knows it."'
    assert spans(text) == ["You are a fraud,", "The whole pier knows it."]


def test_quotation_inside_a_quotation_is_no_entry() -> None:
    assert spans("“He shouted ‘run’ and then “hide” and was gone,” she said.") == [
        "He shouted ‘run’ and then “hide” and was gone,"
    ]
    assert spans("‘He shouted “run” at us,’ she said.") == ["He shouted “run” at us,"]


def test_one_never_closed_runs_to_the_end_of_its_paragraph() -> None:
    (span,) = find_spans("She wrote: “I am leaving the island and the goat with it.")
    assert not span.closed
    assert span.end == span.outer_end == len("She wrote: “I am leaving the island and the goat with it.")


def test_two_openers_in_a_row_are_a_pair() -> None:
    assert spans('She said "nobody asked me "and left.') == ["nobody asked me"]


def test_closer_without_opener_is_passed_over() -> None:
    assert spans("He left.” Nobody noticed.") == []


def test_apostrophes_are_no_marks() -> None:
    assert spans("It's the stars' goat, and they're the '90s kids who don't care 'bout it, 'tis said.") == []
    assert spans("Rock ’n’ roll in the ’80s was the dancers’ dream.") == []


def test_plural_possessive_does_not_end_a_quotation_in_single_marks() -> None:
    assert spans("'The dancers' goat is mine,' he said.") == ["The dancers' goat is mine,"]


def test_contraction_at_the_start_of_a_word_does_not_end_it_either() -> None:
    assert spans("She wrote: 'I love 'em all, every one of them.'") == ["I love 'em all, every one of them."]


def test_long_quotation_in_single_marks_may_run_on_unclosed() -> None:
    (span,) = find_spans("He said: 'We have been on the road for eleven years and nobody has ever fed the goat.")
    assert not span.closed


def test_inches_and_attributes_of_markup_are_no_marks() -> None:
    assert spans("The 6'2\" tall singer left.") == []
    assert spans('<post author="mina">Hello there') == []


def test_empty_marks_are_no_span() -> None:
    assert spans('He said "" and then “ ” again.') == []
