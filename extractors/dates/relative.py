"""Dates that count from now: "2 weeks ago", "vor 2 Stunden", "Yesterday, 14:05"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from extractors.article import Precision
from extractors.dates.machine import read_clock
from extractors.dates.reading import Reading
from extractors.dates.words import Words, languages, one_of, words_of
from extractors.dates.zones import zone_named
from extractors.rules import SiteRules

_LENGTHS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_MONTHS = {"month": 1, "year": 12}


@dataclass(frozen=True, slots=True)
class _Grammar:
    words: Words
    ago: re.Pattern[str]
    near: re.Pattern[str]


@cache
def _grammar(code: str) -> _Grammar:
    words = words_of(code)
    number = rf"(\d{{1,3}}|{one_of(words.numbers)})\s?"
    unit = rf"({one_of(words.units)})"
    forms = "|".join(
        re.escape(form).replace(r"\{n\}\ ", number).replace(r"\{unit\}", unit).replace(r"\ ", r"\s")
        for form in words.ago
    )
    clock = rf"(?:,?\s(?:(?:{one_of(words.at)})\s)?(\d\d?)(?:[:.h]([0-5]\d))?\s?(?:([ap])\.?m\b\.?|uhr\b)?)?"
    near = rf"(?:({one_of(words.now)})|({one_of(words.today)})|({one_of(words.yesterday)}))(?!\w){clock}(?!\w)"
    return _Grammar(
        words,
        re.compile(rf"(?<!\w)(?:{forms})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?:^|[:|•·]\s?)(?:\w{{1,12}}\s)?{near}\W*$", re.IGNORECASE),
    )


def read_relative(text: str, code: str | None, base: datetime | None, rules: SiteRules) -> Reading | None:
    """Read a relative date in the page's language or English, in every known one where the language is not known.

    "2 weeks ago" stands anywhere in the string; "today" and "yesterday" only where they are all of it but a label.
    Days are counted in the outlet's zone, else in UTC. The day is None where there is no base.
    """
    for own in dict.fromkeys((code, "en")) if code else languages():
        if own and (found := _read(text, _grammar(own), base, zone_named(rules.timezone))):
            return found
    return None


def _read(text: str, grammar: _Grammar, base: datetime | None, zone: tzinfo | None) -> Reading | None:
    local = base.astimezone(zone) if base and zone else base
    if match := grammar.ago.search(text):
        words, parts = grammar.words, [part.lower() for part in match.groups() if part]
        number = words.numbers.get(parts[0]) or int(parts[0])
        return _back(local, number, words.units[parts[1]], match.span())
    if match := grammar.near.search(text):
        now, today, yesterday, hour, minute, half = match.groups()
        start = match.start(1 if now else 2 if today else 3)
        span = (start, start + len(text[start:].rstrip(" \t|•·,;:)")))
        if now:
            return _back(local, 0, "minute", span)
        day = local.date() - timedelta(days=bool(yesterday)) if local else None
        clock = read_clock(hour, minute, None, half) if hour and (minute or half) else None
        precision: Precision = "day" if clock is None else "minute" if minute else "hour"
        return Reading(day=day, clock=clock, precision=precision, start=span[0], end=span[1])
    return None


def _back(base: datetime | None, number: int, unit: str, span: tuple[int, int]) -> Reading:
    """So many units before the base; of hours and less cut to the unit."""
    precision: Precision = unit  # type: ignore[assignment]
    start, end = span
    if base is None:
        return Reading(day=None, precision=precision, start=start, end=end)
    if unit in _MONTHS:
        return Reading(
            day=months_before(base.date(), number * _MONTHS[unit]), precision=precision, start=start, end=end
        )
    moment = base - number * _LENGTHS[unit]
    if unit in ("day", "week"):
        return Reading(day=moment.date(), precision=precision, start=start, end=end)
    clock = time(moment.hour, moment.minute if unit != "hour" else 0, moment.second if unit == "second" else 0)
    return Reading(day=moment.date(), clock=clock, precision=precision, zone=moment.tzinfo, start=start, end=end)


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the month's last where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
