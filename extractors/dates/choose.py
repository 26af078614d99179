"""Which of several dates is believed, and what the others give away about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from extractors.dates.candidate import Candidate

_ZONES = timedelta(hours=14, minutes=1)
"""How far two readings of one moment may lie apart where a zone is wrong or missing."""
_DAY = timedelta(days=1)
MARKUP = ("json-ld", "json-ld-page", "meta", "microdata")
"""Families of places that only programs read."""
_PRINTED = ("time", "text")


def choose_published(
    found: Sequence[Candidate], address: date | None, modified: Sequence[Candidate] = ()
) -> Candidate | None:
    """The publication date: the most trusted place, unless the others show that it errs or says less than they do.

    `modified` are the dates of changes: a printed day that is one of them tells nothing of publication.
    """
    if not found:
        return None
    first = found[0]
    original = next((item for item in found if item.origin == "text:original"), None)
    if original and original.day and first.day and original.day < first.day:
        return original
    if better := _outvoted(first, found[1:], address) or _printed_otherwise(first, found[1:], address, modified):
        return _sharper(better, [item for item in found if item.family != first.family])
    return _sharper(first, found)


def choose_modified(
    found: Sequence[Candidate], published: Candidate | None, false_clocks: frozenset[str]
) -> Candidate | None:
    """The date of the last change: the most trusted place whose clock is not known to be false.

    One that repeats the publication, or lies before it, gives way to another place that names a later change.
    """
    believed = [item for item in found if item.family not in false_clocks]
    if not believed:
        return None
    first = believed[0]
    if published is not None:
        if not _after(first, published, timedelta()):
            first = next((item for item in believed if _after(item, published, timedelta())), first)
        if _before_by_days(first, published):
            return None
    return _sharper(first, believed)


def false_clocks(chosen: Candidate | None, found: Iterable[Candidate]) -> frozenset[str]:
    """The parts of the page whose time of publication is not the one that was chosen, on the same day."""
    if chosen is None or chosen.wall is None:
        return frozenset()
    return frozenset(
        item.family
        for item in found
        if item.family != chosen.family and item.moment and _shifted(chosen, item) and not _agree(chosen, item)
    )


def _outvoted(first: Candidate, others: Sequence[Candidate], address: date | None) -> Candidate | None:
    """Another candidate that two independent places hold against the first, or the address and one place."""
    for item in others:
        if item.family == first.family:
            continue
        if first.wall and item.wall and _shifted(first, item) and not _same_moment(first, item):
            if _same_wall(first, item):
                if _says_more_of_zone(item, first):
                    return item
            elif any(_agree(item, other) for other in others if other.family not in (item.family, first.family)):
                return item
        if address and _days(first.day, address) > 1 and _days(item.day, address) <= 1:
            return item
    return None


def _printed_otherwise(
    first: Candidate, others: Sequence[Candidate], address: date | None, modified: Sequence[Candidate]
) -> Candidate | None:
    """The date printed at the headline, where it is days from the one that the markup gives and no other prints.

    No page prints a day of publication that had not come: an earlier one shows that the markup gives a later edition.
    A later one is believed only where the page calls it one of publication and changed again after it: the day of the
    last change is often printed as if it were the first.
    """
    if first.family not in MARKUP or (address and _days(first.day, address) <= 1):
        return None
    printed = [item for item in others if item.family in _PRINTED and item.day]
    if not printed or any(_days(first.day, item.day) <= 1 for item in printed):
        return None
    nearest = printed[0]
    if nearest.either_way or nearest.stamp.precision in ("week", "month", "year") or not first.day or not nearest.day:
        return None
    if nearest.day < first.day:
        return nearest
    told = any(item.told and item.day == nearest.day for item in printed)
    changes = [item.day for item in modified if item.day]
    return nearest if told and changes and min(changes) - nearest.day > _DAY else None


def _sharper(chosen: Candidate, found: Sequence[Candidate]) -> Candidate:
    """The same date as another place gives it more exactly: with its time, its seconds or its zone."""
    for item in found:
        if _completes(item, chosen):
            chosen = item
    return chosen


def _completes(item: Candidate, chosen: Candidate) -> bool:
    if chosen.wall is None:
        return item.wall is not None and _same_day(chosen, item)
    if chosen.moment is None:
        return item.moment is not None and _shifted(chosen, item)
    if _offset(chosen) == timedelta() and _offset(item) and _same_moment(chosen, item):
        return item.stamp.precision == chosen.stamp.precision
    return chosen.stamp.precision == "minute" and item.stamp.precision == "second" and _same_moment(chosen, item)


def _same_day(day: Candidate, timed: Candidate) -> bool:
    """Whether a time may fall on a day, wherever that day was written."""
    return day.stamp.precision == "day" and _days(day.day, timed.day) <= (1 if timed.moment else 0)


def _days(one: date | None, other: date | None) -> int:
    return abs((one - other).days) if one and other else 9_999


def _shifted(one: Candidate, other: Candidate) -> bool:
    """Whether two times may be one moment on two clocks: apart by quarters of an hour, fourteen hours at most."""
    if one.wall is None or other.wall is None:
        return False
    apart = abs(one.wall - other.wall)
    return apart <= _ZONES and (apart.total_seconds() + 60) % 900 <= 120


def _same_wall(one: Candidate, other: Candidate) -> bool:
    return one.wall is not None and other.wall is not None and abs(one.wall - other.wall) < timedelta(minutes=1)


def _same_moment(one: Candidate, other: Candidate) -> bool:
    if one.moment and other.moment:
        return abs(one.moment - other.moment) < timedelta(minutes=1)
    return one.moment is None and other.moment is None and _same_wall(one, other)


def _agree(one: Candidate, other: Candidate) -> bool:
    """Whether two places say the same: one moment, or one wall clock where a zone is missing."""
    return _same_moment(one, other) or ((one.moment is None or other.moment is None) and _same_wall(one, other))


def _says_more_of_zone(one: Candidate, other: Candidate) -> bool:
    """Whether one names an offset where the other, on the same wall clock, says UTC or nothing."""
    return _offset(one) not in (None, timedelta()) and _offset(other) in (None, timedelta())


def _offset(item: Candidate) -> timedelta | None:
    if item.reading.zone is None or item.wall is None:
        return None
    return item.reading.zone.utcoffset(item.wall)


def _comparable(item: Candidate) -> datetime | None:
    if item.moment:
        return item.moment
    day = item.wall or (datetime(item.day.year, item.day.month, item.day.day) if item.day else None)
    return day.replace(tzinfo=UTC) if day else None


def _after(item: Candidate, published: Candidate, by: timedelta) -> bool:
    """Whether a change lies after the publication, as far as both say."""
    if item.wall is None or published.wall is None:
        return bool(item.day and published.day and item.day > published.day)
    one, other = _comparable(item), _comparable(published)
    return bool(one and other and one - other > by)


def _before_by_days(item: Candidate, published: Candidate) -> bool:
    one, other = _comparable(item), _comparable(published)
    return bool(one and other and other - one > _DAY)
