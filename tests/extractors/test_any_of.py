"""The quick look for words never misses one that stands in a text."""

import pytest

from extractors.any_of import AnyOf
from tests.growth import assert_linear


@pytest.mark.parametrize(
    "text", ["Told Blick.", "«Blick», she said", "told Blick’s desk", "Blick\u2014or", "(Blick)", "Blick"]
)
def test_a_word_is_found_whatever_stands_around_it(text: str) -> None:
    assert AnyOf(["Blick"]).may_stand_in(text)


@pytest.mark.parametrize("text", ["", "told Blickfang", "a blick", "BLICK"])
def test_a_word_is_not_found_in_a_longer_one_or_in_other_capitals(text: str) -> None:
    assert not AnyOf(["Blick"]).may_stand_in(text)


def test_capitals_do_not_count_where_they_may_be_any() -> None:
    looks = AnyOf(["this year"], in_any_capitals=True)
    assert looks.may_stand_in("THIS YEAR")
    assert not looks.may_stand_in("THIS WEEK")


def test_words_with_other_letters_are_found_by_what_is_ascii_of_them() -> None:
    looks = AnyOf(["März", "há"])
    assert looks.may_stand_in("am 3. März")
    assert looks.may_stand_in("há dois dias")
    assert not looks.may_stand_in("am 3. Mai")


def test_a_word_without_ascii_may_stand_anywhere() -> None:
    assert AnyOf(["дня"]).may_stand_in("three days")


def test_long_texts_are_looked_at_to_the_end_in_linear_time() -> None:
    looks = AnyOf(["Blick"])
    assert looks.may_stand_in("so it goes " * 20_000 + "told Blick")
    assert looks.may_stand_in("x" * 200_000 + " Blick")
    assert not looks.may_stand_in("so it goes " * 20_000)
    assert_linear(lambda size: "so it goes " * size, looks.may_stand_in, 20_000)
