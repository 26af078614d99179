"""What a written date says, before it is put into UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from extractors.article import Precision
from extractors.dates.zones import zone_named
from extractors.rules import SiteRules

_TIMED = ("second", "minute", "hour")
_EMPTY = frozenset({date(1970, 1, 1), date(1969, 12, 31), date(1900, 1, 1)})
"""Days that programs write for "none": the zero of Unix time and of spreadsheets."""
YEARS = range(1900, 2200)
"""Years in which an article can have been published or fetched."""
_TOLERANCE = timedelta(days=1)
"""How far a date without a zone may lie past the time of fetching: the whole width of the zones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A date found in a string, and where it stands there."""

    day: date | None
    """None where it is relative and there is nothing to count from."""
    clock: time | None = None
    precision: Precision = "day"
    zone: tzinfo | None = None
    start: int = 0
    end: int = 0

    @property
    def has_time(self) -> bool:
        """Whether a time of day is said."""
        return self.clock is not None and self.precision in _TIMED


def usable(base: datetime | None) -> datetime | None:
    """A time to count from; None of one at the ends of the calendar, where there is nothing to count to."""
    return base if base is not None and base.year in YEARS else None


def settle(reading: Reading, base: datetime | None, rules: SiteRules) -> datetime | date | None:
    """Put a reading into its final form: aware and in UTC, naive, or a day; None of a day that cannot be.

    A time that would lie after `base` though its zone is given has a wrong zone: it is kept without one. A date that
    lies after `base` even so is none.
    """
    if reading.day is None or reading.day in _EMPTY or reading.day.year not in YEARS:
        return None
    base = usable(base)
    if not reading.has_time or reading.clock is None:
        return reading.day if base is None or reading.day <= (base.astimezone(UTC) + _TOLERANCE).date() else None
    local = datetime.combine(reading.day, reading.clock)
    zone = _trusted(reading.zone, rules)
    try:
        moment = local.replace(tzinfo=zone).astimezone(UTC) if zone else None
    except (OverflowError, ValueError):
        return None
    if moment and (base is None or moment <= base):
        return moment
    return local if base is None or local <= base.astimezone(UTC).replace(tzinfo=None) + _TOLERANCE else None


def _trusted(zone: tzinfo | None, rules: SiteRules) -> tzinfo | None:
    """The zone of a time, after what the outlet's file knows of its habits."""
    own = zone_named(rules.timezone)
    if zone is None:
        return own
    return own if rules.utc_means_local and zone is UTC and own else zone
