from __future__ import annotations

import pytest

from tests.extractors.quotes.helpers import texts


@pytest.mark.parametrize(
    "text",
    [
        "Linda Vorst stars in the film “Goat of the Year”.",
        "Linda Vorst sang her hit “Rain on Me Again” at the gala.",
        "Linda Vorst told fans that “Goat of the Year” opens in May.",
        "Robert “Bobby” Brill arrived late.",
        "The goat, nicknamed “Sir Bites”, is known to all.",
        "The goat belongs to Marcia “Cia” Price, who said that it bites.",
        'The goat of Linda "Big Boots" Vorst bites.',
        "Linda Vorst, known to the village as “Lindy”, said nothing.",
        "The so-called “goat diet” is no more.",
        "The 43-year-old ‘Nachtwache’-star married on Sunday.",
        "Linda Vorst talked about it in an interview with “Extra”.",
        "The “goat” reference was lost on Linda Vorst.",
        "Linda Vorst runs a notorious “goat hotel” business.",
        "Linda Vorst pays with “goat” money.",
        "The clip, titled “Arrogant,” shows Linda Vorst.",
        "Linda Vorst pays what has become known as the “goat tax” on Mondays.",
        "“(APPLAUSE.)”",
        "“Goat Road,” Vorst says, was hard. “Goat Road” opens in May.",
    ],
)
def test_titles_nicknames_and_words_as_words_are_no_quotations(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("They even said he was “loyal”.", "loyal"),
        ("Linda Vorst called it “a gift”.", "a gift"),
        ("It was a party that Linda Vorst called “dismal”, and it was over.", "dismal"),
        ("Linda Vorst was seen as a “spoiled brat” by all.", "spoiled brat"),
        ("Linda Vorst vowed “not to live in fear”.", "not to live in fear"),
    ],
)
def test_fragments_with_a_source_are_quotations(text: str, quoted: str) -> None:
    assert texts(text) == [quoted]


def test_short_line_in_single_marks_is_a_heading_where_the_article_speaks_in_double_ones() -> None:
    text = ("“The goat bites,” Linda Vorst said.", "‘A long night’", "It was a long night, and nobody slept.")
    assert texts(*text) == ["The goat bites,"]


def test_line_in_single_marks_is_a_quotation_where_all_are() -> None:
    text = ("‘The goat bites,’ Linda Vorst said.", "‘It was a long night.’")
    assert texts(*text) == ["The goat bites,", "It was a long night."]
