from __future__ import annotations

import pytest
from babel.dates import get_day_names, get_month_names

from extractors.dates.words import known, languages, months_of, words_of


@pytest.mark.parametrize("code", ["da", "de", "en", "es", "fr", "it", "nl", "no", "pt", "sv"])
def test_months_and_weekdays_are_those_of_cldr(code: str) -> None:
    locale = "nb" if code == "no" else code
    words = words_of(code)
    assert {
        name.lower(): number for number, name in get_month_names("wide", locale=locale).items()
    }.items() <= words.months.items()
    assert {
        name.lower(): number for number, name in get_day_names("wide", locale=locale).items()
    }.items() <= words.weekdays.items()


def test_every_language_has_every_word() -> None:
    assert len(languages()) == 10
    for code in languages():
        words = words_of(code)
        assert set(words.months.values()) == set(range(1, 13))
        assert set(words.weekdays.values()) == set(range(7))
        assert set(words.units.values()) == {"second", "minute", "hour", "day", "week", "month", "year"}
        assert all("{n}" in form and "{unit}" in form for form in words.ago)


def test_language_tags_are_taken_in_any_form() -> None:
    assert [known(tag) for tag in ("en-GB", "pt_BR", "nb", "NO", "xx", None)] == ["en", "pt", "no", "no", None, None]


def test_full_names_of_months_agree_between_languages() -> None:
    for code in languages():
        names = {name: month for name, month in words_of(code).months.items() if len(name) > 4}
        assert names.items() <= months_of("en").items()
