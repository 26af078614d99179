"""Moments as the database writes them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from extractors import Stamp
from extractors.serial import iso


class Moment(NamedTuple):
    """A page's stamp as columns."""

    value: str | None
    """`YYYY-MM-DDTHH:MM:SSZ` where the zone is known, else `YYYY-MM-DD`."""
    precision: str | None
    """At most day where the zone is not known."""
    local: str | None
    """As the page writes it."""


def moment_of(stamp: Stamp | None) -> Moment:
    """Put a stamp into columns; a time without a zone counts as its day."""
    if stamp is None:
        return Moment(None, None, None)
    if stamp.value is None:
        return Moment(None, None, stamp.raw)
    if isinstance(stamp.value, datetime) and stamp.value.tzinfo is None:
        return Moment(stamp.value.date().isoformat(), "day", stamp.raw)
    return Moment(iso(stamp.value), stamp.precision, stamp.raw)


# Seconds of one unit; of month and year the longest.
_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 604800, "month": 2678400, "year": 31622400}


def same_moment(one: Stamp | None, other: Stamp | None) -> bool:
    """Whether two stamps can mean one moment: "5 hours ago" and, read the next day, "1 day ago"."""
    if one is None or other is None or one.value is None or other.value is None:
        return (one and one.value) == (other and other.value)
    mine, its = moment_of(one), moment_of(other)
    unit = max(_UNITS[mine.precision or "day"], _UNITS[its.precision or "day"])
    apart = abs(_start(mine) - _start(its))
    limit = timedelta(seconds=unit)
    return apart < limit or (apart == limit and mine.precision != its.precision)


def finer(one: Stamp | None, other: Stamp | None) -> Stamp | None:
    """Of two stamps that mean one moment the more precise; the first where they are equally precise."""
    if one is None or one.value is None or other is None or other.value is None:
        return one or other
    mine, its = moment_of(one).precision, moment_of(other).precision
    return other if _UNITS[its or "day"] < _UNITS[mine or "day"] else one


def _start(moment: Moment) -> datetime:
    found = datetime.fromisoformat(moment.value or "")
    return found if found.tzinfo else found.replace(tzinfo=UTC)
