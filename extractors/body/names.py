"""What the names of elements say: their tags, classes, ids, roles and item properties."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSHOWN = re.compile(r"display\s*:\s*none")
LONGEST = 400
"""Characters of an attribute that are read; no honest class list is longer."""
LETTERS = 6
"""A word of so many letters or more may run on at its end."""


class Phrase(NamedTuple):
    """Words that name a kind of region; where `run_on` is set the last may go on ("related", "relatedposts")."""

    words: tuple[str, ...]
    run_on: bool
    kind: str


@dataclass(frozen=True)
class Names:
    """The lists of `names.toml`, ready to look up."""

    skip: frozenset[str]
    lines: frozenset[str]
    bold: frozenset[str]
    regions: dict[str, tuple[Phrase, ...]]
    """By the first letters of a phrase's first word."""

    def read(self, key: tuple[str | None, ...]) -> tuple[str, ...]:
        """Give the words of an element's names, each once, in sorted order.

        `key` is tag, class, id, label, role, itemprop, style, hidden and aria-hidden. A tag is marked with `<`, a word
        of a class, id or label with `.`, a kind of region with `@`, a state with `#`.
        """
        tag, classes, ident, label, role, itemprop, style, hidden, aria = key
        tokens = {"<" + (tag or "")}
        for names in (classes, ident, label):
            if names:
                words = list(map(str.lower, _WORD.findall(names[:LONGEST])))
                tokens.update(["." + word for word in words])
                for index, word in enumerate(words):
                    if phrases := self.regions.get(word[:LETTERS]):
                        tokens.update(_kinds(words, index, phrases))
        if role:
            tokens.add("role=" + role[:30].lower())
        if itemprop:
            tokens.add("prop=" + itemprop[:30].lower())
        if style and _UNSHOWN.search(style[:LONGEST]):
            tokens.add("#none")
        if hidden is not None:
            tokens.add("#hidden")
        if aria == "true":
            tokens.add("#aria")
        return tuple(sorted(tokens))


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
