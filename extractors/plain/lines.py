"""What kind of line a unit of pasted text is: a sentence, a promo, a tail, a time."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.dates.words import one_of

SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_BREAK = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘„«(]?[A-ZÀ-Þ])")
_MAIL = re.compile(r"\S+@\S+\.\w{2,}")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s?(?:uhr|gmt|bst|et|pt))?", re.IGNORECASE)
_LONGEST_PROMO, _LONGEST_MAIL = 22, 14
"""Words."""
_ENOUGH = 4
"""Words of the shortest sentence that makes a text an article."""


@dataclass(frozen=True, slots=True)
class _Words:
    promos: re.Pattern[str]
    tails: frozenset[str]
    tail_starts: re.Pattern[str]
    tags: re.Pattern[str]
    providers: Mapping[str, str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    return _Words(
        promos=re.compile(rf"\W{{0,3}}(?:{one_of(data['promos'])})(?![^\W\d])", re.IGNORECASE),
        tails=frozenset(data["tails"]),
        tail_starts=re.compile(rf"(?:{one_of(data['tail_starts'])})\s[A-ZÀ-Þ]", re.IGNORECASE),
        tags=re.compile(rf"(?:{one_of(data['tags'])})\s?:\s?(.+)", re.IGNORECASE),
        providers=data["providers"],
    )


def is_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does and has the words of one."""
    return bool(SENTENCE_END.search(text)) and text.count(" ") >= _ENOUGH - 1


def sentences(text: str) -> int:
    """How many sentences a text seems to have."""
    return 1 + len(_BREAK.findall(text))


def is_promo(text: str) -> bool:
    """A line that leads elsewhere or speaks for the site; a whole sentence is one only where it is short."""
    words = text.count(" ") + 1
    if words <= _LONGEST_MAIL and _MAIL.search(text):
        return True
    found = _words().promos.match(text)
    if found is None or words > _LONGEST_PROMO:
        return False
    return not is_sentence(text) or text[found.end() : found.end() + 1] in (":", "|", "]") or found[0].isupper()


def is_tail(text: str) -> bool:
    """A line that heads what follows an article: related stories, comments, most read."""
    said = text.lower().strip(" :.…#*→»>[]-–—")
    return said in _words().tails or (
        not is_sentence(text) and text.count(" ") < 8 and bool(_words().tail_starts.match(text))
    )


def tags_of(text: str) -> tuple[str, ...]:
    """The topics of a line that lists them ("Tags: Ada Quill, Gull Rock"); empty of any other line."""
    found = _words().tags.fullmatch(text)
    if found is None or is_sentence(text):
        return ()
    return tuple(dict.fromkeys(filter(None, (tag.strip(" #") for tag in re.split(r"[,;|•]", found[1])))))


def is_clock(text: str) -> bool:
    """A line that is only a time of day."""
    return len(text) < 14 and bool(_CLOCK.fullmatch(text))


def provider_named(text: str) -> str | None:
    """The service that a text names, as `Embed.provider` calls it."""
    lower = text.lower()
    return next((provider for word, provider in _words().providers.items() if word in lower), None)
