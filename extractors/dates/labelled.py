"""Dates of a line that is no sentence, each with what its label says it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Literal

from extractors.dates.foreign import read_foreign
from extractors.dates.machine import read_machine
from extractors.dates.places import places, tokens
from extractors.dates.reading import Reading, usable
from extractors.dates.relative import read_relative
from extractors.dates.words import known
from extractors.dates.written import Order, written_dates
from extractors.rules import SiteRules

Kind = Literal["published", "modified"]

_LABEL = 4
"""Words of the longest label ("This page last updated"): what is longer is a sentence."""
_MOST = 4
"""Dates of one line that are read."""
_SEPARATED = re.compile(r"(?:^|[|•·・⋅,:;–—/(\-]|[\u2190-\u2bff\U0001f300-\U0001faff]\ufe0f?)\s?$")
_LED = re.compile(r"(?<!\w)(?:on|at|am|le|el|il|em|op|den|vom|the)\s$", re.IGNORECASE)
_BY = re.compile(r"(?:\w{4,12}\s)?(?:by|von|par|por|di|door|av|af)\s", re.IGNORECASE)
"""How a byline begins: "By", "Posted by"."""
_ENDED = re.compile(r"^ ?(?:$|[|•·・⋅,:;–—/()\-.]|\d+ min)")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the dates of a page are to be read."""

    language: str | None
    order: Order | None
    base: datetime | None
    rules: SiteRules


def labelled_dates(
    line: str, habits: Habits, edges: Collection[int] = (), names: Sequence[str] = ()
) -> Iterator[tuple[Kind, Reading, bool]]:
    """Give the dates of a line that have a label, a byline or a separator before them and nothing much after them.

    With each comes whether its label or a class says that it is of publication. `edges` are offsets at which markup
    parts the line, `names` the words of its classes.
    """
    dated, past = not places().date_words.isdisjoint(names), 0
    for reading in readings_of(line, habits):
        before, after = line[past : reading.start], line[reading.end :]
        label = tokens(before)
        labelled = speaks(label[-2:]) and (dated or len(label) <= _LABEL)
        if not (labelled or _is_parted(before, past, edges, dated)):
            continue
        if not (labelled or dated or reading.end in edges or _ENDED.match(after)):
            continue
        past = reading.end
        words = label or names
        yield kind_of(words), reading, tells_publication([*label, *names])


def _is_parted(before: str, past: int, edges: Collection[int], dated: bool) -> bool:
    """Whether what stands before a date sets it off: markup, a separator, or "By Ada Quill on"."""
    led = _LED.search(before)
    own = before[: led.start()] if led else before
    if past + len(own) in edges or _SEPARATED.search(own):
        return True
    by = _BY.match(own) if led else None
    return led is not None and (dated or (by is not None and own[by.end() : by.end() + 1].isupper()))


def kind_of(label: Sequence[str]) -> Kind:
    """Tell what a label's words make of a date: a change where they speak of nothing but change."""
    words = places()
    said = [word for word in label if word in words.modified_words or word in words.published_words]
    return "modified" if said and all(word in words.modified_words for word in said) else "published"


def tells_publication(words: Sequence[str]) -> bool:
    """Whether the words say of a date that it is of publication, and none says that it is of a change."""
    known = places()
    return any(word in known.published_words for word in words) and known.modified_words.isdisjoint(words)


def speaks(words: Sequence[str]) -> bool:
    """Whether one of the words says of a date that it is one of publication or of change."""
    known = places()
    return any(word in known.modified_words or word in known.published_words for word in words)


def readings_of(line: str, habits: Habits) -> list[Reading]:
    """The days and times of a line; months and years alone are no date line."""
    code, base = known(habits.language), usable(habits.base)
    order = habits.order or ("mdy" if code in (None, "en") else "dmy")
    written = islice(written_dates(line, code, base, order), _MOST)
    found = [item for item in written if item.precision not in ("month", "year")]
    if found:
        return found
    other = read_machine(line) or read_relative(line, code, base, habits.rules)
    if other is None and code is None and habits.language:
        other = read_foreign(line, habits.language, base)
    return [other] if other else []
