"""What the pattern found, taken apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.date_mentions.grammar import Grammar

Modifier = Literal["last", "this", "next"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One mention, unresolved: which parts of a date it names, and where it stands."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    modifier: Modifier | None = None
    away: tuple[int, str] | None = None
    """So many units from the publication."""
    years_away: int | None = None
    """Of a month: so many years from that of the publication ("June last year")."""

    @property
    def is_bare_day(self) -> bool:
        """A weekday without date or "last", or "today" and the like."""
        return (self.weekday is not None and not self.day and not self.modifier) or (
            self.away is not None and self.away[1] == "day" and abs(self.away[0]) <= 1
        )


def parts_of(match: re.Match[str], grammar: Grammar) -> Iterator[Part]:
    """Take a match apart; a range of days in one month is two."""
    start, end = match.span()
    if match["m1"] or match["m2"]:
        yield from _days(match, grammar)
    elif match["m3"]:
        yield Part(start=start, end=end, month=_month(match["m3"], grammar), year=int(match["y3"]))
    elif match["w"]:
        modifier = match["wmod"] or match["wmod2"]
        weekday = grammar.words.weekdays[match["w"].lower()]
        yield Part(start=start, end=end, weekday=weekday, modifier=_modifier(modifier, grammar))
    elif match["m4"]:
        years = grammar.more.phrases[match["rel"].lower()][0] if match["rel"] else None
        month = _month(match["m4"], grammar)
        yield Part(start=start, end=end, month=month, modifier=_modifier(match["mmod"], grammar), years_away=years)
    elif match["phrase"]:
        yield Part(start=start, end=end, away=_phrase(match["phrase"].lower(), grammar))
    elif match["ago"] and (away := _ago(match["ago"], grammar)):
        yield Part(start=start, end=end, away=away)
    elif match["iso"] or match["num"]:
        yield from _figures(match, grammar)
    elif match["y"]:
        yield Part(start=start, end=end, year=int(match["y"]))


def _month(name: str, grammar: Grammar) -> int:
    return grammar.words.months[name.lower().rstrip(".")]


def _modifier(words: str | None, grammar: Grammar) -> Modifier | None:
    said = (words or "").lower()
    if said in grammar.more.last:
        return "last"
    if said in grammar.more.next:
        return "next"
    return "this" if said in grammar.more.this else None


def _days(match: re.Match[str], grammar: Grammar) -> Iterator[Part]:
    kind = "1" if match["m1"] else "2"
    month, year = _month(match["m" + kind], grammar), match["y" + kind]
    weekday = grammar.words.weekdays[match["wd"].lower().rstrip(".")] if match["wd"] else None
    start, end, number = match.start(), match.end(), int(year) if year else None
    if not match["e" + kind]:
        yield Part(start=start, end=end, month=month, day=int(match["d" + kind]), year=number, weekday=weekday)
        return
    cut = match.end("d" + kind)
    yield Part(start=start, end=cut, month=month, day=int(match["d" + kind]), year=number, weekday=weekday)
    yield Part(start=match.start("e" + kind), end=end, month=month, day=int(match["e" + kind]), year=number)


def _phrase(words: str, grammar: Grammar) -> tuple[int, str] | None:
    phrases = grammar.more.phrases
    while words and words not in phrases:
        words = words.partition(" ")[2]
    return phrases.get(words)


def _ago(words: str, grammar: Grammar) -> tuple[int, str] | None:
    match = grammar.ago.search(words)
    said = [group.lower() for group in match.groups() if group] if match else []
    if len(said) != 2 or said[1] not in grammar.words.units:
        return None
    unit = grammar.words.units[said[1]]
    number = grammar.words.numbers.get(said[0]) or (int(said[0]) if said[0].isdecimal() else None)
    return (-number, unit) if number and unit in ("day", "week", "month", "year") else None


def _figures(match: re.Match[str], grammar: Grammar) -> Iterator[Part]:
    first, second, third = (int(figure) for figure in re.findall(r"\d+", match.group()))
    start, end = match.span()
    if match["iso"]:
        yield Part(start=start, end=end, year=first, month=second, day=third)
    elif second > 12 or ("/" in match.group() and grammar.month_first and first <= 12):
        yield Part(start=start, end=end, month=first, day=second, year=third)
    else:
        yield Part(start=start, end=end, day=first, month=second, year=third)
