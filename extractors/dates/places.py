"""The names by which pages mark their dates, from `markup.toml`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from lxml.html import HtmlElement

_TOKEN = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Places:
    """The tables of `markup.toml`."""

    published: tuple[str, ...]
    modified: tuple[str, ...]
    other_types: frozenset[str]
    elsewhere: frozenset[str]
    elsewhere_tags: frozenset[str]
    published_words: frozenset[str]
    modified_words: frozenset[str]
    date_words: frozenset[str]


@cache
def places() -> Places:
    """Load the tables once."""
    data = tomllib.loads(Path(__file__).with_name("markup.toml").read_text("utf-8"))
    sets = ("other_types", "elsewhere", "elsewhere_tags", "published_words", "modified_words", "date_words")
    return Places(
        published=tuple(data["published"]),
        modified=tuple(data["modified"]),
        **{name: frozenset(data[name]) for name in sets},
    )


def tokens(text: str | None) -> list[str]:
    """Words of a label or of an element's names, in lower case: "lastUpdated" gives "last" and "updated"."""
    return list(_tokens(text[:_LONGEST])) if text else []


@lru_cache(maxsize=1 << 12)
def _tokens(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _TOKEN.findall(text))


def names_of(element: HtmlElement) -> list[str]:
    """Words of an element's class, id, itemprop and test id."""
    return tokens(" ".join(value for key in ("class", "id", "itemprop", "data-testid") if (value := element.get(key))))
