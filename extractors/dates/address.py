"""The day that an address carries: `/2026/11/22/`, `/2026-11-22-title`, `/20261122/`."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

from extractors.dates.reading import Reading
from extractors.dates.words import words_of

_DIGITS = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<between>[/\-_.]?)(?P<month>0[1-9]|1[0-2]|(?<=\D)[1-9])"
    r"(?P=between)(?P<day>[0-2]\d|3[01]|(?<=\D)[1-9])(?!\d)"
)
_NAMED = re.compile(r"/(?P<year>(?:19|20)\d\d)/(?P<month>[a-z]{3,9})/(?P<day>\d\d?)(?!\d)", re.IGNORECASE)


def date_of_address(url: str | None) -> Reading | None:
    """Read the day in the path of an address; months and years alone are too often something else."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    for match in filter(None, (_DIGITS.search(path), _NAMED.search(path))):
        month = match["month"].lower()
        number = int(month) if month.isdigit() else words_of("en").months.get(month, 0)
        try:
            found = date(int(match["year"]), number, int(match["day"]))
        except ValueError:
            continue
        return Reading(day=found, start=match.start(), end=match.end())
    return None
