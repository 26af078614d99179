"""Printed dates in languages that there are no words for here, by dateparser."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from extractors.dates.reading import Reading

_LONGEST = 60
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d\d?[:.]\d\d(?!\d)(?!\.\d)")
_LABEL = re.compile(r"^[^\d:]{1,40}:\s+")


def read_foreign(text: str, language: str, base: datetime | None) -> Reading | None:
    """Read a short printed date; None where dateparser does not know the language or finds no day.

    The clock of the machine plays no part: without a base only a date with its year is read.
    """
    words = _LABEL.sub("", text)
    if len(words) > _LONGEST or not any(map(str.isdigit, words)) or not (base or _YEAR.search(words)):
        return None
    import dateparser

    now = (base or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None)
    settings = {"RELATIVE_BASE": now, "TIMEZONE": "UTC", "PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
    try:
        found = dateparser.parse(words, languages=[language], settings=settings)
    except (ValueError, TypeError, OverflowError, LookupError, RecursionError, re.error):
        return None
    if found is None:
        return None
    start, end = len(text) - len(words), len(text)
    if not _CLOCK.search(words):
        return Reading(day=found.date(), start=start, end=end)
    clock = found.time().replace(microsecond=0)
    return Reading(day=found.date(), clock=clock, precision="minute", zone=found.tzinfo, start=start, end=end)
