"""The dates that a text names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise

from extractors.article import DateMention, Stamp
from extractors.date_mentions.grammar import Grammar, grammar_of
from extractors.date_mentions.guards import is_no_date
from extractors.date_mentions.part import Part, parts_of
from extractors.date_mentions.resolve import (
    Meaning,
    away,
    day_of_week,
    day_of_year,
    day_value,
    make_day,
    month_value,
    year_of_month,
    year_value,
)
from extractors.date_mentions.tense import is_one_sentence, tense_at
from extractors.dates.reading import YEARS
from extractors.dates.words import known, one_of

_WRITTEN_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=T|\s|$)")
_WEEK = timedelta(days=7)
_WEEKDAY = 15
"""Characters of a block that is nothing but a weekday."""
_PLAN = 3
"""Such blocks that make a plan."""


@dataclass(slots=True)
class _Said:
    """What the mentions before in a block say about a day without year and tense."""

    year_ahead: int | None = None
    """A year that is written and lies ahead: "2027 dates: June 9 …"."""
    day_ahead: DateMention | None = None
    """The mention right before, where it is a day that lies ahead: in the same sentence the next one does too."""

    def note(self, mention: DateMention, published: date | None) -> None:
        """Take in one more mention."""
        self.day_ahead = None
        if published is None or mention.value is None:
            return
        if mention.precision == "day" and mention.value > published.isoformat():
            self.day_ahead = mention
        if mention.value[:4] in mention.text and int(mention.value[:4]) > published.year:
            self.year_ahead = int(mention.value[:4])


def find_date_mentions(
    blocks: Sequence[str], published: Stamp | None, language: str | None, modified: Stamp | None = None
) -> tuple[DateMention, ...]:
    """Find every date that names a day, week, month or year, absolute or relative, and resolve it.

    Args:
        blocks: texts of the body's blocks, in order.
        published: what relative and partial dates are counted from.
        language: of the text; English grammar where it is not known or there are no words for it.
        modified: counted from where the publication is not known; without either, such dates stay unresolved. A weekday
            that passed between the publication and a change within the week is that one: the sentence was added.

    Returns:
        The mentions in the text's order; their offsets are those of `blocks` as given.
    """
    code = known(language) or "en"
    grammar, changed = grammar_of(code), _local_day(modified)
    day = _local_day(published) or changed
    latest = changed if day and changed and timedelta() < changed - day < _WEEK else day
    planned = _is_plan(blocks, grammar)
    gathered: list[DateMention] = []
    for number, text in enumerate(blocks):
        if not grammar.may_find(text):
            continue
        said = _Said()
        for part in _parts(text, grammar):
            if planned and part.is_bare_day:
                continue
            value, precision = _meaning(part, text, day, latest, code, said)
            words = text[part.start : part.end]
            gathered.append(
                DateMention(text=words, value=value, precision=precision, block=number, start=part.start, end=part.end)
            )
            said.note(gathered[-1], day)
    return tuple(gathered)


def _is_plan(blocks: Sequence[str], grammar: Grammar) -> bool:
    """Whether blocks that are nothing but weekdays part the text: a plan for any week, whose weekdays are no dates."""
    short = (text.strip(" :").lower() for text in blocks if len(text) <= _WEEKDAY)
    return sum(text in grammar.words.weekdays for text in short) >= _PLAN


def _local_day(published: Stamp | None) -> date | None:
    """The day of publication where it was published: as written, where it was written with its own offset."""
    if published is None or published.value is None:
        return None
    written = _WRITTEN_DAY.match(published.raw)
    try:
        day = date.fromisoformat(written.group()) if written else None
    except ValueError:
        day = None
    value = published.value
    day = day or (value.date() if isinstance(value, datetime) else value)
    return day if day.year in YEARS else None


def _parts(text: str, grammar: Grammar) -> list[Part]:
    """The mentions of a block; the first of two ends of a range has the year of the second."""
    parts = [
        part
        for match in grammar.search(text)
        if not is_no_date(text, match, grammar)
        for part in parts_of(match, grammar)
    ]
    join = _join(grammar.more.joins)
    for index, (first, second) in reversed(list(enumerate(pairwise(parts)))):
        if (
            first.year is None
            and first.month
            and second.year
            and second.month
            and join.fullmatch(text, first.end, second.start)
        ):
            later = (first.month, first.day or 0) > (second.month, second.day or 0)
            parts[index] = replace(first, year=second.year - later)
    return parts


@cache
def _join(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\s?(?:,?\s?(?:{one_of(words)})|[-–—,])\s?(?:on\s)?", re.IGNORECASE)


def _meaning(part: Part, text: str, published: date | None, latest: date | None, code: str, said: _Said) -> Meaning:
    """Resolve one mention; `latest` is the last day that a weekday may lie behind, `said` what the block has said."""
    if part.away:
        return away(part.away[0], part.away[1], published) or (None, "day")
    if part.month is None and part.weekday is None:
        return year_value(part.year)
    if part.month and part.day:
        return day_value(_named_day(part, text, published, code, said))
    if part.weekday is not None:
        tense = None if published is None else tense_at(text, part.start, part.end, code)
        behind = tense != "future" and part.modifier is None
        return day_value(day_of_week(part.weekday, latest if behind else published, tense, part.modifier))
    return month_value(_year_of(part, text, published, code), part.month or 0)


def _named_day(part: Part, text: str, published: date | None, code: str, said: _Said) -> date | None:
    month, day = part.month or 0, part.day or 0
    if part.year:
        return make_day(part.year, month, day)
    if published is None:
        return None
    tense = tense_at(text, part.start, part.end, code)
    if tense is None and said.year_ahead:
        return make_day(said.year_ahead, month, day)
    if tense is None and said.day_ahead and is_one_sentence(text[said.day_ahead.end : part.start]):
        tense = "future"
    return day_of_year(month, day, part.weekday, published, tense)


def _year_of(part: Part, text: str, published: date | None, code: str) -> int | None:
    if part.year:
        return part.year
    if part.years_away is not None:
        return published.year + part.years_away if published else None
    tense = None if published is None or part.modifier else tense_at(text, part.start, part.end, code)
    return year_of_month(part.month or 0, published, tense, part.modifier)
