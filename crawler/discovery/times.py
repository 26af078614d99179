"""Times of feeds, sitemaps and addresses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from extractors.dates.address import date_of_address


def moment(text: str) -> float | None:
    """Read a time as W3C-DTF or RFC 5322 has it, in seconds since 1970; None for anything else.

    A time without a zone counts as UTC, a day as its beginning.
    """
    text = text.strip()
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        try:
            found = parsedate_to_datetime(text)
        except ValueError:
            return None
    try:
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
    except (OverflowError, ValueError):
        return None


def day_in(url: str) -> float | None:
    """Give the end of the day that an address carries (`/2026/11/22/`), in seconds since 1970; None of most."""
    found = date_of_address(url)
    if found is None or found.day is None:
        return None
    return (datetime(found.day.year, found.day.month, found.day.day, tzinfo=UTC) + timedelta(days=1)).timestamp()
