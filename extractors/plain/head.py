"""The head of a pasted article: headline, standfirst, byline and dates, above the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.article import Author, Stamp
from extractors.byline.people import read_byline, says_by
from extractors.captions import split_credit
from extractors.dates.labelled import Habits, Kind, labelled_dates
from extractors.dates.reading import usable
from extractors.dates.relative import read_relative
from extractors.dates.stamp import to_stamp
from extractors.dates.words import known
from extractors.plain.lines import is_promo, is_sentence, sentences
from extractors.plain.posts import is_address, read_post
from extractors.plain.units import Unit, plain_words

_REACH = 14
"""Units in which a head may stand."""
_LONGEST_LINE, _LONGEST_HEADLINE, _LONGEST_DEK = 160, 300, 300
"""Characters."""
_LABELS = 6
"""Words beside the dates of a date line: labels, a name, "4 min read"."""
_KICKER = 3
"""Words of a label above a headline ("EXCLUSIVE")."""
_SITE = re.compile(r"\s+[|»]\s+[^|»]{2,40}$")
_GLUE = re.compile(r"(?<=[^\W\d])(?=\d{1,2}\s\w+)")
_HEAD_KINDS = ("same", "line")
_EDGES = " |•·,–—-:"
_WORD = re.compile(r"\w+")
_NAME = re.compile(r"[A-ZÀ-Þ][\w’'.-]+(?:\s(?:[a-z]{2,3}\s)?[A-ZÀ-Þ][\w’'.-]+){1,3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What stands above the text, and what is left."""

    headline: str | None = None
    dek: str | None = None
    authors: tuple[Author, ...] = ()
    published: Stamp | None = None
    modified: Stamp | None = None
    rest: tuple[Unit, ...] = ()
    """The text, after captions and posts that stood in the head."""


def read_head(units: Sequence[Unit], habits: Habits) -> Head:
    """Read headline, standfirst, byline and dates from the first units.

    The one text between the headline and a byline, date or second printing of the headline is the standfirst. Where the
    headline is printed twice, so is a short sentence after it that the first paragraph takes up again.
    """
    start = _headline_at(units, habits)
    if start is None:
        return Head(rest=tuple(units))
    window = list(units[start + 1 : start + 1 + _REACH])
    title = plain_words(units[start].text)
    headline, glued = _without_glued_date(title, window, habits)
    if glued is None:
        title = _SITE.sub("", title)
        headline, glued = _without_glued_date(title, window, habits)
    kinds = _kinds(window, {_letters(title), _letters(headline)}, habits)
    past = max((index + 1 for index, kind in enumerate(kinds) if kind in _HEAD_KINDS), default=0)
    above = list(zip(window[:past], kinds[:past], strict=True))
    rest = [unit for unit, kind in above if kind == "piece"] + list(units[start + 1 + past :])
    dek = next((plain_words(unit.text) for unit, kind in above if kind == "text"), None)
    if dek is None and "same" in kinds and _is_taken_up(rest, headline):
        dek, rest = rest[0].text, rest[1:]
    lines = [plain_words(unit.text) for unit, kind in above if kind == "line"]
    stamps = [stamp for line in lines for stamp in _stamps(line, habits)]
    return Head(
        headline=headline,
        dek=dek,
        authors=_authors(lines, habits),
        published=next((stamp for kind, stamp in stamps if kind == "published"), None) or glued,
        modified=next((stamp for kind, stamp in stamps if kind == "modified"), None),
        rest=tuple(rest),
    )


def _headline_at(units: Sequence[Unit], habits: Habits) -> int | None:
    """The first unit that may be a headline; promos, dates, addresses and a label above it are passed over."""
    for index, unit in enumerate(units[:_REACH]):
        text = plain_words(unit.text)
        if unit.kind not in ("text", "heading") or is_promo(text) or is_address(text) or _is_line(text, habits):
            continue
        following = units[index + 1] if index + 1 < len(units) else None
        if following and text.count(" ") < _KICKER and _outgrows(following, text):
            continue
        return index if len(text) <= _LONGEST_HEADLINE and sentences(text) <= 3 else None
    return None


def _outgrows(following: Unit, label: str) -> bool:
    """Whether the unit after a label is what looks like the headline."""
    text = following.text
    return (
        following.kind in ("text", "heading")
        and not is_sentence(text)
        and len(label) * 2 < len(text) < _LONGEST_HEADLINE // 2
    )


def _kinds(window: Sequence[Unit], titles: set[str], habits: Habits) -> list[str]:
    """What each unit after the headline is, up to where the text has certainly begun: at its second paragraph."""
    kinds: list[str] = []
    for index, unit in enumerate(window):
        text = plain_words(unit.text)
        if _letters(text) in titles:
            kinds.append("same")
        elif _is_line(text, habits) or (_NAME.fullmatch(text) and _stands_by_a_line(window, index, habits)):
            kinds.append("line")
        elif is_promo(text):
            kinds.append("promo")
        elif read_post(window, index) or split_credit(text)[1]:
            kinds.append("piece")
        elif unit.kind == "text" and "text" not in kinds and len(text) <= _LONGEST_DEK and sentences(text) <= 2:
            kinds.append("text")
        else:
            break
    return kinds


def _is_line(text: str, habits: Habits) -> bool:
    """Whether a line is a byline or gives dates."""
    if len(text) > _LONGEST_LINE or is_sentence(text):
        return False
    if says_by(text) and read_byline(text):
        return True
    dates = [reading for _, reading, _ in labelled_dates(text, habits)]
    others = len(_WORD.findall(text)) - sum(len(_WORD.findall(text[date.start : date.end])) for date in dates)
    return bool(dates) and others <= _LABELS


def _stands_by_a_line(window: Sequence[Unit], index: int, habits: Habits) -> bool:
    """Whether the unit before or after this one is a byline or date."""
    beside = (*window[max(0, index - 1) : index], *window[index + 1 : index + 2])
    return any(_is_line(plain_words(unit.text), habits) for unit in beside)


def _is_taken_up(rest: Sequence[Unit], headline: str) -> bool:
    """Whether the first is a short sentence after which the second begins the story with the headline's words."""
    if len(rest) < 2 or rest[0].kind != "text" or rest[1].kind != "text":
        return False
    first, second = rest[0].text, rest[1].text
    if len(first) > _LONGEST_DEK or sentences(first) > 1 or not is_sentence(second):
        return False
    words = set(_WORD.findall(headline.lower()))
    shared = [len(words & set(_WORD.findall(text.lower()))) for text in (first, second)]
    return shared[1] > shared[0]


def _letters(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _without_glued_date(title: str, window: Sequence[Unit], habits: Habits) -> tuple[str, Stamp | None]:
    """Part a headline from a relative date that its page printed beside it.

    "10 years ago" may be the headline's own; it goes only where the headline is printed again without it.
    """
    text = _GLUE.sub(" ", title)
    reading = read_relative(text, known(habits.language), usable(habits.base), habits.rules)
    if reading is None or reading.end < len(text.rstrip(" .")) or reading.start == 0:
        return title, None
    bare = text[: reading.start].rstrip(_EDGES)
    again = any(_letters(unit.text) == _letters(bare) for unit in window[:4])
    if not again and (reading.precision in ("month", "year") or bare.count(" ") < _KICKER):
        return title, None
    return bare, to_stamp(reading, text, "text", habits.base, habits.rules)


def _stamps(line: str, habits: Habits) -> Iterator[tuple[Kind, Stamp]]:
    for kind, reading, _ in labelled_dates(line, habits):
        if stamp := to_stamp(reading, line, "text", habits.base, habits.rules):
            yield kind, stamp


def _authors(lines: Sequence[str], habits: Habits) -> tuple[Author, ...]:
    """The names of the first line that has any, once its dates are taken out."""
    for line in lines:
        bare = line
        for _, reading, _ in labelled_dates(line, habits):
            bare = bare.replace(line[reading.start : reading.end], " | ")
        if people := read_byline(bare):
            return tuple(Author(name=person.name, kind=person.kind) for person in people)
    return ()
