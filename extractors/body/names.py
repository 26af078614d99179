"""What the names of elements say: their tags, classes, ids, roles and item properties."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_UNSHOWN = re.compile(r"display\s*:\s*none")
LONGEST = 400
"""Characters of an attribute that are read; no honest class list is longer."""
LEAST_TO_RUN_ON = 6


@dataclass(frozen=True)
class Names:
    """The lists of `names.toml`, ready to look up."""

    skip: frozenset[str]
    lines: frozenset[str]
    bold: frozenset[str]
    regions: re.Pattern[str]
    """Finds the words of `[regions]`; the name of the group that matched is the kind of region."""

    def read(self, key: tuple[str | None, ...]) -> tuple[str, ...]:
        """Give the words of an element's names, each once, in sorted order.

        `key` is tag, class, id, label, role, itemprop, style, hidden and aria-hidden. A tag is marked with `<`, a word
        of a class, id or label with `.`, a kind of region with `@`, a state with `#`.
        """
        tag, classes, ident, label, role, itemprop, style, hidden, aria = key
        tokens = {"<" + (tag or "")}
        for names in (classes, ident, label):
            if names:
                words = [word.lower() for word in _WORD.findall(names[:LONGEST])]
                tokens.update(["." + word for word in words])
                tokens.update([f"@{match.lastgroup}" for match in self.regions.finditer(" " + " ".join(words))])
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


def _word(word: str) -> str:
    last = word.rsplit(" ", 1)[-1]
    return re.escape(word) + ("" if len(last) >= LEAST_TO_RUN_ON else "(?![a-z])")


@cache
def names() -> Names:
    """Load the lists, once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    kinds = (f"(?P<{kind}>{'|'.join(map(_word, words))})" for kind, words in data["regions"].items())
    regions = re.compile(f" (?:{'|'.join(kinds)})")
    return Names(frozenset(data["skip"]), frozenset(data["lines"]), frozenset(data["bold"]), regions)
