"""What looks like a date and is none: names, verbs, titles, counts, habits."""

from __future__ import annotations

import re
from functools import cache

from extractors.date_mentions.grammar import Grammar
from extractors.date_mentions.tense import sentence_before
from extractors.dates.words import one_of

_REACH = 24
_CAPITALISED = re.compile(r"\s[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ]")
_NEXT_WORD = re.compile(r"\s([\w’'-]+(?:\.(?=\s\d))?)")
_WORDS = re.compile(r"[\w’'-]+")
_NUMBERED = re.compile(r"-(?!(?:1[5-9]|20)\d\d(?!\d))\d{3}")
_LETTERED = re.compile(r"[A-Z]{2}-$")
"""Before and after a number that is a part of an identifier: "CVE-2025-9316"."""
_LATEST_OLD = 1900
"""Below it a number alone is a year only after "in" and the like."""
_OPENING = re.compile(r"(?:^|[.!?:;…—–-][”\"’»)]?\s|[“\"‘«„(])$")
_OF_SOMEBODY = re.compile(r"\w['’]s?\s$")
"""Before a month that is no name: "Norway's October exports"."""
_SMALL = 3
"""Letters of words that titles may leave uncapitalised."""
_QUOTATION = 600
"""Characters before a word in which the quotation that holds it began."""
_MARKS = re.compile(r"[“”\"‘’«»„]")
_TITLE = re.compile(r"[“\"‘«„']([^“”\"‘’«»„']{1,40})[”\"’»“']")


@cache
def _before(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whether a text ends in one of these words."""
    return re.compile(rf"(?:^|[^\w])(?:{one_of(words) or '(?!)'})[\s-]?$", re.IGNORECASE)


def is_no_date(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """Judge a match of the grammar's pattern by the words around it."""
    start, end = match.span()
    before = text[max(0, start - _REACH) : start]
    if match["y"]:
        return _counts(text, match, before, grammar) or _in_title(text, start, end)
    if match["w"]:
        return _is_name_of_day(text, match, before, grammar) or _in_title(text, start, end)
    if match["m4"]:
        return not _is_month(text, match, before, grammar) or _in_title(text, start, end)
    if match["phrase"]:
        if match["phrase"][0].isupper() and not _OPENING.search(before):
            return True
        return (
            _is_span(match, before, grammar) or _is_spoken_day(text, match, grammar) or _is_idle(text, match, grammar)
        )
    return False


def _counts(text: str, match: re.Match[str], before: str, grammar: Grammar) -> bool:
    """A number that counts something or names a thing, and a year of figures only inside marks ("1917")."""
    start, end = match.span()
    following = _NEXT_WORD.match(text, end)
    if following and following[1].lower() in grammar.more.counted:
        return True
    if _NUMBERED.match(text, end) or _LETTERED.search(before):
        return True
    if re.search(r"\d[-–—/]$", before) and not re.search(r"(?<!\d)\d{4}\s?[-–—/]$", before):
        return True
    if int(match["y"]) < _LATEST_OLD and not _before(grammar.more.month_cues).search(before):
        return True
    marked = start > 0 and bool(_MARKS.match(text[start - 1])) and bool(_MARKS.match(text[end : end + 1]))
    return marked or bool(_before(grammar.more.counting).search(before))


def _is_name_of_day(text: str, match: re.Match[str], before: str, grammar: Grammar) -> bool:
    """Titles ("Saturday Night Live", "Black Friday"), persons and shows ("Wednesday star"), habits ("every Sunday")."""
    if match["wmod"]:
        return False
    more = grammar.more
    if _before(more.every).search(before) or _before(tuple(more.titles_before)).search(before):
        return True
    following = _NEXT_WORD.match(text, match.end())
    word = following[1] if following else ""
    return word in more.names_after or (word[:1].isupper() and word.lower() in more.titles_after)


def _is_month(text: str, match: re.Match[str], before: str, grammar: Grammar) -> bool:
    """A month alone needs a word before it; one that is also a name needs a surer one, and no surname after it."""
    if match["mmod"] or match["rel"]:
        return True
    if _before(grammar.more.every).search(before):
        return False
    name = match["m4"].lower().rstrip(".")
    if name not in grammar.more.names:
        return bool(_OF_SOMEBODY.search(before) or _before(grammar.more.month_cues).search(before))
    if name == match["m4"] and grammar.more.capitalised:
        return False
    surname = _CAPITALISED.match(text, match.end()) if grammar.more.capitalised else None
    return bool(_before(grammar.more.strict_cues).search(before)) and not surname


def _is_span(match: re.Match[str], before: str, grammar: Grammar) -> bool:
    """Spans of time: "the last week", "her next year", "This week of meals"."""
    words = match["phrase"]
    following = _NEXT_WORD.match(match.string, match.end())
    if words[0].isupper() and following and following[1] in grammar.more.of:
        return True
    return bool(_before(grammar.more.spans).search(before)) and words.lower() not in _with_article(grammar)


def _with_article(grammar: Grammar) -> frozenset[str]:
    return frozenset(phrase for phrase in grammar.more.phrases if phrase.startswith(grammar.more.spans or ("\0",)))


def _is_spoken_day(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """Whether "today" and the like stand in a quotation: they count from the day when it was said."""
    meaning = grammar.more.phrases.get(match["phrase"].lower())
    if meaning is None or meaning[1] != "day":
        return False
    before = text[max(0, match.start() - _QUOTATION) : match.start()]
    opened = before.count("“") + before.count("„") + before.count("«") - before.count("”") - before.count("»")
    return opened > 0 or before.count('"') % 2 == 1


def _is_idle(text: str, match: re.Match[str], grammar: Grammar) -> bool:
    """Whether "today" means nowadays ("even today", "today's world") or whenever the reader likes ("Start today")."""
    more = grammar.more
    if match["phrase"].lower() not in more.idle:
        return False
    sentence = sentence_before(text, match.start())
    if _after(more.idle_after).match(text, match.end()):
        return True
    if text[match.end() : match.end() + 1] in ("'", "’"):
        return False
    if _before(more.idle_before).search(sentence):
        return True
    words = [word.lower() for word in _WORDS.findall(sentence)]
    return bool(words) and (words[0] in more.orders or not _words(more.reader).isdisjoint(words))


@cache
def _after(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whether a text goes on with one of these words, a possessive ending before it or none."""
    return re.compile(rf"(?:['’]s)?\s(?:{one_of(words) or '(?!)'})(?!\w)", re.IGNORECASE)


@cache
def _words(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def _in_title(text: str, start: int, end: int) -> bool:
    """Whether a match is part of a short title inside marks, all of whose longer words are capitalised."""
    for title in _TITLE.finditer(text, max(0, start - 42), min(len(text), end + 42)):
        if title.start(1) <= start and end <= title.end(1):
            words = re.findall(r"[^\W\d]+", title[1])
            return all(word[0].isupper() or len(word) <= _SMALL for word in words)
    return False
