"""Whether a date in a text lies behind or ahead of its publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from extractors.date_mentions.words import MentionWords, mention_words
from extractors.dates.words import one_of

Tense = Literal["past", "future"]

_SENTENCE = re.compile(r"[.!?…][\"”’»)]*\s+(?=[\"“‘«(]?[A-ZÀ-Þ])")
_INITIAL = re.compile(r"\b[A-Z][a-z]{0,3}$")
_NEAR = 20
"""Characters before the date within which "until" and the like are its own."""
_REACH = 160
"""Characters of the sentence that are looked at on each side."""


@dataclass(frozen=True, slots=True)
class _Cues:
    find: re.Pattern[str]
    present: re.Pattern[str]


@cache
def _cues(code: str) -> _Cues:
    words: MentionWords = mention_words(code)
    ending = rf"[^\W\dA-ZÀ-Þ]\w+(?:{one_of(words.past_endings)})" if words.past_endings else "(?!)"
    find = (
        rf"(?<![\w-])(?:(?P<future>{one_of(words.future)})|(?P<open>{one_of(words.open)})|(?P<past>{one_of(words.past)})"
        rf"|(?<!be )(?P<done>{ending})|(?P<going>(?:is|are|be)\s\w+ing))(?!\w)"
    )
    return _Cues(re.compile(find), re.compile(rf"(?:{one_of(words.present)})(?!\w)"))


def tense_at(text: str, start: int, end: int, code: str) -> Tense | None:
    """Judge by the nearest verb or phrase before the date in its sentence, else by the first after it; None without."""
    cues = _cues(code)
    before = sentence_before(text, start)
    earlier = found = None
    for match in cues.find.finditer(before):
        if not match["open"] or match.end() > len(before) - _NEAR:
            earlier, found = found, match
    if found is None:
        after = _SENTENCE.split(text[end : end + _REACH], maxsplit=1)[0]
        found = next((match for match in cues.find.finditer(after) if not (match["open"] or match["going"])), None)
    if found is None:
        return None
    if found["open"]:
        planned = earlier is not None and bool(earlier["future"] or earlier["going"])
        return "future" if planned or cues.present.search(before) else "past"
    return "past" if found["past"] or found["done"] else "future"


def sentence_before(text: str, start: int) -> str:
    """What stands before a place in its own sentence."""
    before = text[max(0, start - _REACH) : start]
    return before[_last_break(before) or 0 :]


def is_one_sentence(text: str) -> bool:
    """Tell whether no sentence ends within a text."""
    return _last_break(text) is None


def _last_break(before: str) -> int | None:
    """Where the last sentence begins; a full stop after an initial or a short capitalised word ends none."""
    breaks = [match.end() for match in _SENTENCE.finditer(before) if not _INITIAL.search(before[: match.start()])]
    return breaks[-1] if breaks else None
