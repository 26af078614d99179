"""What names of elements, attributes and classes say about embeds, ready to look up."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from extractors.embeds.providers import MAX_CLASSES, Post, table


@dataclass(frozen=True, slots=True)
class Marks:
    """`markup.toml`."""

    not_looked_at: frozenset[str]
    bare: frozenset[str]
    players: frozenset[str]
    dull: frozenset[str]
    hints: tuple[str, ...]
    link_hints: tuple[str, ...]
    narration: re.Pattern[str]
    state_needles: tuple[str, ...]
    link_keys: frozenset[str]


@cache
def marks() -> Marks:
    """Load the lists once."""
    data = tomllib.loads(Path(__file__).with_name("markup.toml").read_text(encoding="utf-8"))
    return Marks(
        frozenset(data["not_looked_at"]),
        frozenset(data["bare"]),
        frozenset(data["players"]),
        frozenset(data["dull"]),
        tuple(data["hints"]),
        tuple(data["link_hints"]),
        re.compile("|".join(data["narration"]), re.IGNORECASE),
        tuple(data["state_needles"]),
        frozenset(data["link_keys"]),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """What the classes of an element say."""

    mark: Post | None = None
    """Whose markup it is the root of: provider and kind."""
    hinted: bool = False
    """It has to do with an embed."""
    link: bool = False
    """A link of that name stands for the embed itself."""
    built: tuple[str, ...] = ()
    """Templates of addresses, to be filled with the element's attributes."""


UNNAMED = Named()


def judge(names: str) -> Named:
    """Read the classes of an element."""
    known = marks()
    lowered = names.lower()
    words = lowered.split()[:MAX_CLASSES]
    hinted = False
    for hint in known.hints:
        if hint in lowered:
            hinted = True
            break
    if not hinted and table().class_names.isdisjoint(words):
        return UNNAMED
    link = hinted and any(hint in lowered for hint in known.link_hints)
    return Named(_mark(lowered, words), hinted, link, table().built_by_classes(words))


def _mark(lowered: str, words: list[str]) -> Post | None:
    """A provider's own class, or WordPress's name of the provider."""
    known = table()
    if not known.classes.keys().isdisjoint(words):
        return next(known.classes[name] for name in words if name in known.classes)
    if "wp-block-embed" in lowered and "wp-block-embed__" not in lowered:
        for name in words:
            word = name.removeprefix("is-provider-").removeprefix("wp-block-embed-")
            if word != name and word in known.words:
                return known.words[word]
    return None
