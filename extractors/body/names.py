"""What the names of elements say: their tags, classes, ids, roles and item properties."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from lxml.html import HtmlElement

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSHOWN = re.compile(r"display\s*:\s*none")
LONGEST = 400
"""Characters of an attribute that are read; no honest class list is longer."""
KNOWN = 4096
"""Attributes whose words are kept, for the next element and the next page."""
_NAMING = frozenset(["class", "id", "aria-label", "data-testid", "role", "itemprop", "style", "hidden", "aria-hidden"])
LETTERS = 6
"""A word of so many letters or more may run on at its end."""


class Phrase(NamedTuple):
    """Words that name a kind of region; where `run_on` is set the last may go on ("related", "relatedposts")."""

    words: tuple[str, ...]
    run_on: bool
    kind: str


@dataclass(frozen=True, eq=False)
class Names:
    """The lists of `names.toml`, ready to look up."""

    skip: frozenset[str]
    lines: frozenset[str]
    bold: frozenset[str]
    regions: dict[str, tuple[Phrase, ...]]
    """By the first letters of a phrase's first word."""

    def read(self, element: HtmlElement) -> tuple[str, ...]:
        """Give the words of an element's names, each once.

        A tag is marked with `<`, a word of a class, id or label with `.`, a kind of region with `@`, a state with `#`.
        """
        return _tokens(self, element.tag, tuple([pair for pair in element.items() if pair[0] in _NAMING]))

    @lru_cache(maxsize=KNOWN)  # noqa: B019  (there is one such object)
    def words(self, text: str) -> tuple[str, ...]:
        """Give the marked words of one class, id or label, and the kinds of region that they name."""
        words = [word.lower() for word in _WORD.findall(text[:LONGEST])]
        tokens = ["." + word for word in words]
        for index, word in enumerate(words):
            if phrases := self.regions.get(word[:LETTERS]):
                tokens += _kinds(words, index, phrases)
        return tuple(tokens)


@lru_cache(maxsize=KNOWN)
def _tokens(lists: Names, tag: str, attributes: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    given = dict(attributes)
    tokens = ["<" + tag]
    label = given.get("aria-label") or given.get("data-testid")
    for names in (given.get("class"), given.get("id"), label):
        if names:
            tokens += lists.words(names)
    if role := given.get("role"):
        tokens.append("role=" + role[:30].lower())
    if itemprop := given.get("itemprop"):
        tokens.append("prop=" + itemprop[:30].lower())
    if (style := given.get("style")) and _UNSHOWN.search(style[:LONGEST]):
        tokens.append("#none")
    if "hidden" in given:
        tokens.append("#hidden")
    if given.get("aria-hidden") == "true":
        tokens.append("#aria")
    return tuple(dict.fromkeys(tokens))


def _kinds(words: list[str], index: int, phrases: tuple[Phrase, ...]) -> Iterator[str]:
    """The kinds of region that the words from this place on name."""
    for phrase in phrases:
        *firsts, last = phrase.words
        end = index + len(firsts)
        if end < len(words) and words[index:end] == firsts:
            met = words[end]
            if met == last or (phrase.run_on and met.startswith(last)):
                yield "@" + phrase.kind


@cache
def names() -> Names:
    """Load the lists, once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    regions: dict[str, tuple[Phrase, ...]] = {}
    for kind, entries in data["regions"].items():
        for entry in entries:
            words = tuple(entry.split())
            phrase = Phrase(words, len(words[-1]) >= LETTERS, kind)
            regions[words[0][:LETTERS]] = (*regions.get(words[0][:LETTERS], ()), phrase)
    return Names(frozenset(data["skip"]), frozenset(data["lines"]), frozenset(data["bold"]), regions)
