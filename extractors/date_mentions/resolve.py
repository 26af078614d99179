"""What day, week, month or year the words of a date mean, counted from the publication."""

from __future__ import annotations

from datetime import date, timedelta

from extractors.article import Precision
from extractors.date_mentions.tense import Tense
from extractors.dates.relative import months_before

Meaning = tuple[str | None, Precision]
"""The ISO value cut to its precision, and the precision."""


def day_value(day: date | None) -> Meaning:
    """A day."""
    return (day.isoformat() if day else None, "day")


def week_value(day: date | None) -> Meaning:
    """The week of a day, by its Monday."""
    return ((day - timedelta(days=day.weekday())).isoformat() if day else None, "week")


def month_value(year: int | None, month: int) -> Meaning:
    """A month."""
    return (f"{year:04}-{month:02}" if year else None, "month")


def year_value(year: int | None) -> Meaning:
    """A year."""
    return (f"{year:04}" if year else None, "year")


def make_day(year: int, month: int, day: int) -> date | None:
    """A day; None of one that the calendar does not have."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_year(month: int, day: int, weekday: int | None, published: date | None, tense: Tense | None) -> date | None:
    """The day that "September 7" means: by its weekday where one is named, else by tense, else the nearest one."""
    if published is None:
        return None
    near = [found for year in range(published.year - 6, published.year + 3) if (found := make_day(year, month, day))]
    if weekday is not None:
        near = [found for found in near if found.weekday() == weekday] or near
    past = [found for found in near if found <= published + timedelta(days=1)]
    ahead = [found for found in near if found >= published]
    if tense == "past" and past:
        return past[-1]
    if tense == "future" and ahead:
        return ahead[0]
    return min(near, key=lambda found: abs((found - published).days), default=None)


def day_of_week(weekday: int, published: date | None, tense: Tense | None, modifier: str | None) -> date | None:
    """The day that "Thursday" means: the last one up to the publication, unless it is said to lie ahead."""
    if published is None:
        return None
    back = (published.weekday() - weekday) % 7
    if modifier == "next" or (tense == "future" and modifier != "last"):
        return published + timedelta(days=7 if modifier == "next" and back == 0 else -back % 7)
    if modifier == "this" and tense is None:
        return published + timedelta(days=-back % 7)
    return published - timedelta(days=back or (7 if modifier == "last" else 0))


def year_of_month(month: int, published: date | None, tense: Tense | None, modifier: str | None) -> int | None:
    """The year of "June": the most recent one up to the publication, unless it is said to lie ahead.

    "Last September" is that of the calendar year before, whatever the month of publication.
    """
    if published is None:
        return None
    if modifier == "last":
        return published.year - 1
    if modifier == "this":
        return published.year
    if modifier == "next":
        return published.year + (month <= published.month)
    if tense == "future":
        return published.year + (month < published.month)
    return published.year - (month > published.month)


def away(number: int, unit: str, published: date | None) -> Meaning | None:
    """So many units from the publication ("two weeks ago" is -2): as exact as the unit; None of hours and less."""
    if unit == "day":
        return day_value(published and published + timedelta(days=number))
    if unit == "week":
        return week_value(published and published + timedelta(weeks=number))
    if unit == "month":
        day = published and months_before(published, -number)
        return month_value(day.year if day else None, day.month if day else 0)
    if unit == "year":
        return year_value(published.year + number if published else None)
    return None
