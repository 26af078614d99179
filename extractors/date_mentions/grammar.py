"""One pattern a language that finds what may be a date in a text."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from extractors.any_of import AnyOf
from extractors.date_mentions.words import MentionWords, mention_words
from extractors.dates.words import Words, one_of, words_of

_YEAR = r"(?:1[5-9]|20)\d\d(?![\w%]|[.,]\d|['’]s\b|\s?[%°]|[-–/]\d\d?(?!\d))"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?!\d|:\d|[.,]\d|\s?%)"
_NEVER = "(?!)"
_FIGURES = re.compile(r"(?:1[5-9]|20)\d\d")


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is needed to find the mentions of one language."""

    words: Words
    more: MentionWords
    month_first: bool
    """Whether `3/4/2026` is the fourth of March."""
    telling: AnyOf
    """What every mention without a year in figures has: a name, a phrase, the words of an "ago"."""
    starts: re.Pattern[str]
    """The character before a place where a mention may begin, and its first word: quick to rule out the rest."""
    find: re.Pattern[str]
    """Its groups: `wd` the weekday before a date; `m1 d1 e1 y1`, `d2 e2 m2 y2`, `m3 y3` month, day, last day of a range
    and year; `wmod w` a weekday alone with "last" or "next"; `mmod m4 rel` a month alone and "last year" after it;
    `phrase`; `ago`; `iso`; `num`; `y` a year alone."""
    ago: re.Pattern[str]
    """Number and unit of what `find` calls `ago`."""

    def may_find(self, text: str) -> bool:
        """Tell quickly whether there may be a mention in a text; False is sure."""
        return self.telling.may_stand_in(text) or _FIGURES.search(text) is not None

    def search(self, text: str) -> Iterator[re.Match[str]]:
        """What may be a mention, in order, none inside another."""
        position = 0
        for place in self.starts.finditer(" " + text):  # so that a character stands before every word
            if place.start() >= position and (found := self.find.match(text, place.start())):
                yield found
                position = found.end()


@cache
def grammar_of(code: str) -> Grammar:
    """Compile the grammar of a language that there are words for."""
    words, more = words_of(code), mention_words(code)
    months = _names(words.months, more, longest_short=4)
    numbers = rf"(?:\d{{1,3}}|{one_of(words.numbers)})"
    units = one_of(unit for unit in words.units if len(unit) > 1)
    shades = rf"(?:(?:{one_of(more.shades)})\s)?" if more.shades else ""
    parts = (
        _dated(months, words, more),
        *_alone(months, words, more),
        rf"(?P<phrase>(?i:{shades}(?:{one_of(more.phrases)})))(?!\w)",
        rf"(?P<ago>(?i:{_ago(words, numbers, f'(?:{units})')}))(?!\w)",
        r"(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?![\d-])",
        r"(?P<num>\d\d?(?P<dot>[./])\d\d?(?P=dot)(?:19|20)\d\d)(?!\d|[./]\d)",
        rf"(?P<y>{_YEAR})",
    )
    find = re.compile(rf"(?<![\w.,:/$£€#@&'’])(?:{'|'.join(parts)})")
    return Grammar(
        words,
        more,
        code == "en",
        _telling(words, more),
        _starts(words, more),
        find,
        re.compile(_ago(words, r"(\w+)", rf"({one_of(words.units)})"), re.IGNORECASE),
    )


def _starts(words: Words, more: MentionWords) -> re.Pattern[str]:
    """The places where a mention may begin: names of days and months, first words of phrases, figures."""
    name = r"[A-ZÀ-Þ]" if more.capitalised else r"\w"
    units = one_of(unit for unit in words.units if len(unit) > 1)
    follows: dict[str, set[str]] = {}
    for form in _written({*words.months, *words.weekdays}, more):
        follows[form] = {""}
    prefixes = [form.partition("{n}")[0].strip() for form in words.ago if not form.startswith("{n}")]
    openers = [(phrase, "") for phrase in (*more.phrases, *more.shades, *prefixes)]
    openers += [(modifier, name) for modifier in (*more.last, *more.this, *more.next)]
    openers += [(number, f"(?i:{units})") for number in words.numbers]
    for opener, following in openers:
        first, _, rest = opener.partition(" ")
        after = [rf"(?i:{re.escape(rest)})"] if rest else []
        after += [following] if following else []
        for form in {first, first[:1].upper() + first[1:]}:
            follows.setdefault(form, set()).add("".join(rf"\s{words}" for words in after))
    by_letter: dict[str, list[str]] = {}
    for form, looks in sorted(follows.items(), key=lambda item: -len(item[0])):
        ahead = "" if "" in looks else f"(?={'|'.join(sorted(looks))})"
        by_letter.setdefault(form[0], []).append(rf"{re.escape(form[1:])}\b{ahead}")
    grouped = "|".join(f"{re.escape(letter)}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
    return re.compile(rf"\W(?:\d|{grouped})")


def _telling(words: Words, more: MentionWords) -> AnyOf:
    ago = (form.replace("{n}", "").replace("{unit}", "") for form in words.ago)
    return AnyOf((*words.months, *words.weekdays, *more.phrases, *ago), in_any_capitals=True)


def _ago(words: Words, number: str, unit: str) -> str:
    forms = (re.escape(form).replace(r"\{n\}", number).replace(r"\{unit\}", unit) for form in words.ago)
    return "|".join(form.replace(r"\ ", r"\s") for form in forms)


def _names(names: Mapping[str, int], more: MentionWords, longest_short: int) -> str:
    """Names as they stand in running text; only short forms may carry a full stop."""

    def written(chosen: Collection[str]) -> str:
        return one_of(_written(chosen, more)) or _NEVER

    short = {name for name in names if len(name) <= longest_short and _is_cut(name, names)}
    return rf"(?:(?:{written(set(names) - short)})(?!\w)|(?:{written(short)})(?!\w)\.?)"


def _written(names: Collection[str], more: MentionWords) -> set[str]:
    return {form for name in names for form in ((name.title(),) if more.capitalised else (name, name.title()))}


def _is_cut(name: str, names: Mapping[str, int]) -> bool:
    """Whether a longer name of the same month or weekday exists."""
    return any(other != name and len(other) > len(name) and names[other] == names[name] for other in names)


def _dated(months: str, words: Words, more: MentionWords) -> str:
    """Dates with a day or a year, the weekday before them, and brackets around them after a weekday."""
    weekdays = _names(words.weekdays, more, longest_short=5)
    join = rf"(?:\s?[-–—/]\s?|\s(?:{one_of(more.joins)})\s)"
    of = rf"\s(?:(?:{one_of(more.of)})\s)?" if more.of else r"\s"
    the = rf"(?:(?:{one_of(more.the)})\s)?" if more.the else ""
    first_year, second_year = (rf"(?:(?:,\s|{of})(?P<y{kind}>{_YEAR}))?" for kind in (1, 2))
    ordinal = r"(?:st|nd|rd|th)?(?!\w)"
    first = rf"(?P<m1>{months})\s?{the}(?P<d1>{_DAY}){ordinal}(?:{join}(?P<e1>{_DAY}){ordinal})?{first_year}"
    dotted = r"(?:st|nd|rd|th|er|\.|º|ª)?"
    second = rf"(?P<d2>{_DAY}){dotted}(?:{join}(?P<e2>{_DAY}){dotted})?{of}(?P<m2>{months}){second_year}"
    before = rf"(?:(?P<wd>{weekdays}),?\s?(?P<open>[(\[])?(?<=[\s(\[]){the})?"
    return rf"{before}(?:{first}|{second})(?(open)[)\]]?)|(?P<m3>{months}),?{of}(?P<y3>{_YEAR})"


def _alone(months: str, words: Words, more: MentionWords) -> tuple[str, str]:
    """Weekdays and months that stand without a date, with what says which one is meant."""
    modifier = rf"(?i:{one_of((*more.last, *more.this, *more.next))})"
    full = {name: day for name, day in words.weekdays.items() if len(name) > 4}
    years = one_of(words for words, (_, unit) in more.phrases.items() if unit == "year")
    return (
        rf"(?:(?P<wmod>{modifier})\s)?(?P<w>{_names(full, more, 0)})(?![-])(?:\s(?P<wmod2>{modifier})(?!\w))?",
        rf"(?:(?P<mmod>{modifier})\s)?(?P<m4>{months})(?![-]\w)(?:\s(?:of\s)?(?P<rel>{years})(?!\w))?",
    )
