"""Dates as people write them: "November 22, 2026 4:32 PM EST", "22. November 2026", "11:48, Thu, Jul 18, 2024"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal

from extractors.article import Precision
from extractors.capitals import lower
from extractors.dates.machine import read_clock
from extractors.dates.reading import Reading
from extractors.dates.words import languages, months_of, one_of, words_of
from extractors.dates.zones import read_zone

Order = Literal["dmy", "mdy"]
"""What `3/4/2026` means: the third of April, or the fourth of March."""

_YEAR = r"(?:19|20)\d\d(?!\d)"
_ZONE = r"(?:\s?\(?((?:UTC|GMT)\s?[+\-−]\d{1,2}(?::?\d\d)?|[+\-−]\d\d:?\d\d|(?-i:[A-Z]{2,5}|Z))\)?(?!\w))?"
_TIME = (
    r"(?<![\d.:+])(?<!\dT)(?:(\d\d?)(?:[:h]|\s[:h]\s)([0-5]\d)(?::([0-5]\d)(?:\.\d+)?)?(?!\d)(?:\s?([ap])\.?\s?m\b\.?)?"
    r"|(\d\d?)(?:\.([0-5]\d))?(?:\s?([ap])\.?\s?m\b\.?|\s?(?:uhr|h)\b))(?:\s?(?:uhr|hrs)\b)?" + _ZONE
)
_GAP = r"[\s,|·•–—@/()\-]{0,6}"
_BEFORE_WINDOW = 48
_AFTER_WINDOW = 64


@dataclass(frozen=True, slots=True)
class _Grammar:
    date: re.Pattern[str]
    """Of a text in lower case."""
    time_after: re.Pattern[str]
    time_before: re.Pattern[str]


@cache
def _grammar(code: str | None) -> _Grammar:
    month = rf"(?:{one_of(months_of(code))})\.?(?!\w)"
    day = r"[0-3]?\d"
    of = r"(?:\s(?:de|of|d')\s?|[\s\-/.]{1,2}|(?<=\d))"
    dates = (
        rf"(?<![\w.,:/])(?P<d1>{day})(?:st|nd|rd|th|er|\.|º|ª|°)?{of}(?P<m1>{month})"
        rf"(?:(?:,?\s|[\-/.,])\s?(?:(?:de|del|of)\s)?(?P<y1>{_YEAR}))?",
        rf"(?<!\w)(?P<m2>{month})[\s\-/]?\s?(?P<d2>{day})(?:st|nd|rd|th)?(?![\d:])"
        rf"(?:(?:\s?[,.]\s?|\s|[\-/])(?P<y2>{_YEAR})(?!:))?",
        rf"(?<!\w)(?P<m3>{month}),?\s(?:de\s)?(?P<y3>{_YEAR})",
        rf"(?<![\w./\-])(?P<n1>\d\d?)(?P<dot>[./\-])\s?(?P<n2>\d\d?)(?P=dot)\s?(?P<y4>{_YEAR}|\d\d(?!\d))(?![./\-]\d)",
        rf"(?<!\d)(?P<y6>{_YEAR})[\s\-/.](?P<m6>{month})[\s\-/](?P<d6>\d\d?)(?!\d)",
        r"(?P<y5>\d{4})\s?年\s?(?P<m5>\d\d?)\s?月\s?(?P<d5>\d\d?)\s?日",
    )
    at = one_of(word for other in languages() for word in words_of(other).at)
    weekday = one_of(name for other in filter(None, {"en", code}) for name in words_of(other).weekdays)
    return _Grammar(
        re.compile("|".join(dates)),
        re.compile(rf"{_GAP}(?:(?:{at})[\s:]{{1,2}})?{_TIME}(?:\s(?P<year>{_YEAR}))?", re.IGNORECASE),
        re.compile(rf"{_TIME}{_GAP}(?:on\s|am\s|le\s|den\s)?(?:(?:{weekday})\.?,?\s?)?$", re.IGNORECASE),
    )


def written_dates(text: str, code: str | None, base: datetime | None, order: Order) -> Iterator[Reading]:
    """Every written date of a string, in order, with the time of day that stands beside it.

    A date without its year is the last such day up to `base`; without a base it is none.
    """
    grammar = _grammar(code)
    past = 0
    for match in grammar.date.finditer(lower(text)):
        start, end = match.span()
        if start < past:
            continue
        late = grammar.time_after.match(text, end, end + _AFTER_WINDOW)
        early, window = None, max(past, start - _BEFORE_WINDOW)
        if late is None or _clock(late) is None:
            late, early = None, grammar.time_before.search(text[window:start])
        day = _day(match, code, base, order, late["year"] if late else None)
        if day is None:
            continue
        if late:
            end = late.end()
        elif early:
            start = window + early.start()
        past = end
        yield _with_clock(replace(day, start=start, end=end), late or early)


def _day(
    match: re.Match[str], code: str | None, base: datetime | None, order: Order, late_year: str | None
) -> Reading | None:
    """The day, or the month, that a match of the date pattern names."""
    part = match.groupdict()
    month = months_of(code).get((part["m1"] or part["m2"] or part["m3"] or part["m6"] or "").rstrip("."))
    precision: Precision = "month" if part["m3"] else "day"
    if part["n1"]:
        first, second, year = int(part["n1"]), int(part["n2"]), _full_year(part["y4"])
        month_first = (order == "mdy" and part["dot"] != "." and first <= 12) or second > 12
        number, month = (second, first) if month_first else (first, second)
    elif part["m5"]:
        number, month, year = int(part["d5"]), int(part["m5"]), int(part["y5"])
    else:
        number = int(part["d1"] or part["d2"] or part["d6"] or 1)
        year = int(part["y1"] or part["y2"] or part["y3"] or part["y6"] or late_year or 0)
    if not month:
        return None
    found = _date(year, month, number) if year else _last(month, number, base)
    return Reading(day=found, precision=precision) if found else None


def _full_year(text: str) -> int:
    """The year that two digits stand for: up to 68 this century, as in POSIX strptime."""
    year = int(text)
    return year if year > 99 else year + (2000 if year < 69 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(month: int, day: int, base: datetime | None) -> date | None:
    """The last such day up to a day after `base`."""
    if base is None:
        return None
    limit = base.date() + timedelta(days=1)
    tries = (_date(limit.year - back, month, day) for back in range(5))
    return next((found for found in tries if found and found <= limit), None)


def _clock(match: re.Match[str]) -> time | None:
    """The time of day of a match of the time pattern."""
    hour, minute, second, half, bare, bare_minute, bare_half = match.groups()[:7]
    return read_clock(hour or bare, minute or bare_minute, second, half or bare_half)


def _with_clock(day: Reading, match: re.Match[str] | None) -> Reading:
    clock = _clock(match) if match else None
    if match is None or clock is None or day.precision != "day":
        return day
    precision: Precision = "second" if match[3] else "minute" if match[2] or match[6] else "hour"
    return replace(day, clock=clock, precision=precision, zone=read_zone(match[8]))
