"""Dates as machines write them: ISO 8601 and what passes for it, Unix time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from extractors.article import Precision
from extractors.dates.reading import Reading
from extractors.dates.zones import read_zone

_ZONE = r"(?:\s?(Z|z|(?:UTC|GMT)?\s?[+\-−]\d{1,2}:?(?:\d\d)?|[A-Z]{2,5}))?(?![\w:])"
_CLOCK = rf"(\d\d?):(\d\d)(?::(\d\d)(?:[.,:]\d{{1,9}})?)?\s?([AaPp][Mm])?{_ZONE}"
_ISO = re.compile(
    rf"(\d(?<![\w.-].)\d{{3}})([-/. ])(\d\d?)\2(\d\d?)(?!\d)(?:(?:T|t|[,\s]{{1,3}}(?:at |um )?)\s?{_CLOCK})?"
)
_COMPACT = re.compile(rf"(\d{{4}})()(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(?:\.\d{{1,9}})?(){_ZONE})?")
_PART = re.compile(r"(\d{4})(?:-(\d\d))?")
_UNIX = re.compile(r"(\d{10})(\d{3})?(?:\.\d+)?")


def read_machine(text: str) -> Reading | None:
    """Read an ISO-like date anywhere in a string, or a string that is nothing but compact digits; None of others.

    Midnight to the second is what programs write for a day: its precision is day.
    """
    if match := _ISO.search(text):
        return _reading(match)
    if match := _COMPACT.fullmatch(text):
        return _reading(match)
    if match := _UNIX.fullmatch(text):
        moment = datetime.fromtimestamp(int(match.group(1)), UTC)
        return Reading(day=moment.date(), clock=moment.time(), precision="second", zone=UTC, end=len(text))
    if match := _PART.fullmatch(text):
        return _of_part(match)
    return None


def _reading(match: re.Match[str]) -> Reading | None:
    year, _, month, day, hour, minute, second, half, zone = match.groups()
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    start, end = match.span()
    clock = read_clock(hour, minute, second, half) if hour else None
    if clock is None or (clock == time() and not half):
        return Reading(day=found, start=start, end=end)
    precision: Precision = "second" if second else "minute"
    return Reading(day=found, clock=clock, precision=precision, zone=read_zone(zone), start=start, end=end)


def _of_part(match: re.Match[str]) -> Reading | None:
    year, month = match.groups()
    try:
        first = date(int(year), int(month or 1), 1)
    except ValueError:
        return None
    return Reading(day=first, precision="month" if month else "year", end=match.end())


def read_clock(hour: str, minute: str | None, second: str | None, half: str | None) -> time | None:
    """A time of day from its parts; `half` starts with a or p on a twelve-hour clock. None of 25:00 and 13 pm."""
    number = int(hour)
    if half:
        if not 1 <= number <= 12:
            return None
        number = number % 12 + (12 if half[0] in "pP" else 0)
    if number == 24 and not int(minute or 0):
        return None
    try:
        return time(number, int(minute or 0), min(int(second or 0), 59))
    except ValueError:
        return None
