"""A text in lower case has every letter at its place."""

import pytest

from extractors.capitals import lower


@pytest.mark.parametrize("text", ["The STAR", "İstanbul'da İLK gün", "STRASSE ß", "ΟΔΟΣ", "İ", ""])
def test_it_is_as_long_as_it_was(text: str) -> None:
    assert len(lower(text)) == len(text)


def test_capitals_are_gone_and_what_stands_behind_the_exception_is_at_its_place() -> None:
    assert lower("İstanbul NOVEMBER 3").index("november") == "İstanbul NOVEMBER 3".index("NOVEMBER")
