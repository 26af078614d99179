from __future__ import annotations

from dataclasses import replace

import pytest

from extractors import Quote, extract_text
from extractors.people import Named, find_people, fold

TEXT = """Otto Lind and Maud Perrin part

Otto Lind has left Maud Perrin after nine years. Lind told fans of it at a fair in Dublin on Monday.

“We had a good run,” said Lind. “I wish Maud well.”

Their neighbour Ruth Abel was not surprised. The Paper Boat Company sold them the house. Perrin was seen with Jo Marsh.
"""


def cast(text: str = TEXT, **changes: object) -> dict[str, Named]:
    return {person.name: person for person in find_people(replace(extract_text(text), **changes)).people}  # type: ignore[arg-type]


def test_people_are_counted_under_their_fullest_names() -> None:
    found = cast()
    assert set(found) == {"Otto Lind", "Maud Perrin"}
    assert (found["Otto Lind"].quotes, found["Otto Lind"].in_headline) == (2, True)
    assert found["Otto Lind"].mentions == 4
    assert found["Maud Perrin"].mentions == 4
    assert not found["Maud Perrin"].tagged


def test_somebody_named_once_in_passing_is_not_listed_but_for_a_tag() -> None:
    assert "Ruth Abel" not in cast()
    assert cast(tags=("Ruth Abel", "Houses"))["Ruth Abel"] == Named(name="Ruth Abel", mentions=1, tagged=True)


def test_a_firm_and_a_title_are_no_people() -> None:
    others = {other.name for other in find_people(extract_text(TEXT)).others}
    assert "Paper Boat Company" in others
    titled = "‘Glass Canyon’ returns\n\nThe serial Glass Canyon is back. Glass Canyon will run for ten weeks from June."
    assert cast(titled) == {}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zoë Brandl", "ZOE BRANDL"),
        ("Sir Elton Marsh", "Elton Marsh"),
        ("Robert Downs Jr.", "Robert Downs"),
        ("Conan O’Dell", "Conan O'Dell"),
        ("Jean-Luc Mare", "Jean Luc Mare"),
    ],
)
def test_two_writings_of_a_name_fold_into_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Michael B. Lorne", "Michael Lorne"),
        ("Lady Marsh", "Elton Marsh"),
        ("Prince Leo", "Leo Marsh"),
        ("Sir Leo", "Leo"),
    ],
)
def test_names_of_different_people_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_word_that_opens_a_sentence_is_nobody() -> None:
    quote = Quote(text="We had a good run,", speaker="Remember", speakers=("Remember",), speaker_kind="person", block=1)
    text = TEXT.replace("“I wish Maud well.”", "Remember that I wish Maud well; they remember it.")
    assert "Remember" not in cast(text, quotes=(quote,))


def test_an_empty_article_has_nobody_in_it() -> None:
    empty = replace(extract_text(TEXT), headline=None, dek=None, body=(), quotes=(), tags=())
    assert find_people(empty).people == ()


def test_a_speaker_whose_name_has_initials_is_spelt_as_everywhere() -> None:
    name = "Otto L. Marsh"
    quote = Quote(
        text="Well", speaker=name, speakers=(name,), speaker_kind="person", mention="Marsh", block=1, start=0, end=4
    )
    assert name in cast(quotes=(quote,))
