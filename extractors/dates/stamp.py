"""One written date as a `Stamp`."""

from __future__ import annotations

from datetime import datetime

from extractors.article import Stamp
from extractors.dates.machine import read_machine
from extractors.dates.reading import Reading, settle, usable
from extractors.dates.relative import read_relative
from extractors.dates.words import known
from extractors.dates.written import Order, written_dates
from extractors.rules import SiteRules
from extractors.whitespace import squash

_LONGEST = 300
"""Characters of a string that are looked at: a date that begins later belongs to a text, not to a label."""
_PLAIN = SiteRules()


def read_stamp(
    raw: str,
    source: str,
    *,
    language: str | None = None,
    base: datetime | None = None,
    rules: SiteRules = _PLAIN,
    order: Order | None = None,
) -> Stamp | None:
    """Read the first date of a string: ISO 8601 and its kin, a written date with or without a time, a relative one.

    Args:
        raw: markup's own value, or the printed words with what stands around them ("Published: 22 November 2026").
        source: `Stamp.source`.
        language: of the page; names of months are known in ten languages whatever it is.
        base: aware; what "2 hours ago" counts from, and no date may lie after it.
        rules: the outlet's zone, and whether it calls its local time UTC.
        order: of `3/4/2026`; by the language where not given.

    Returns:
        The stamp, its `raw` cut to the words of the date; with the value None where a relative date has no base.
        None where there is no date, or only an impossible or a future one.
    """
    text = squash(raw[:_LONGEST])
    reading = interpret(text, language=language, base=base, rules=rules, order=order)
    return to_stamp(reading, text, source, base, rules) if reading else None


def interpret(
    text: str, *, language: str | None, base: datetime | None, rules: SiteRules, order: Order | None
) -> Reading | None:
    """Give what the first date of a string says, not yet in UTC."""
    if found := read_machine(text):
        return found
    code, base = known(language), usable(base)
    order = order or ("mdy" if code in (None, "en") else "dmy")
    written = next(written_dates(text, code, base, order), None)
    return written or read_relative(text, code, base, rules)


def to_stamp(
    reading: Reading, text: str, source: str, base: datetime | None, rules: SiteRules = _PLAIN
) -> Stamp | None:
    """Settle a reading of a text; None where its day is impossible or lies ahead."""
    value = settle(reading, base, rules)
    if value is None and reading.day is not None:
        return None
    return Stamp(value=value, precision=reading.precision, raw=text[reading.start : reading.end], source=source)
