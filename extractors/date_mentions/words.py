"""How a language speaks of dates inside a text, from `words/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class MentionWords:
    """The tables of one language, all in lower case; `words/en.toml` says what each is for."""

    capitalised: bool
    names: tuple[str, ...]
    month_cues: tuple[str, ...]
    strict_cues: tuple[str, ...]
    last: tuple[str, ...]
    this: tuple[str, ...]
    next: tuple[str, ...]
    joins: tuple[str, ...]
    of: tuple[str, ...]
    the: tuple[str, ...]
    shades: tuple[str, ...]
    every: tuple[str, ...]
    spans: tuple[str, ...]
    counted: tuple[str, ...]
    counting: tuple[str, ...]
    titles_after: tuple[str, ...]
    titles_before: tuple[str, ...]
    names_after: tuple[str, ...]
    idle: tuple[str, ...]
    idle_before: tuple[str, ...]
    idle_after: tuple[str, ...]
    reader: tuple[str, ...]
    orders: tuple[str, ...]
    phrases: Mapping[str, tuple[int, str]]
    """From "last week" to (-1, "week")."""
    future: tuple[str, ...]
    past: tuple[str, ...]
    past_endings: tuple[str, ...]
    open: tuple[str, ...]
    present: tuple[str, ...]


@cache
def mention_words(code: str) -> MentionWords:
    """Read the words of a language that `extractors.dates.words` knows."""
    data = tomllib.loads((Path(__file__).with_name("words") / f"{code}.toml").read_text("utf-8"))
    tense = data.pop("tense")
    meanings = {words: meaning.split() for words, meaning in data.pop("phrases").items()}
    tables: dict[str, Any] = data | tense
    return MentionWords(
        phrases={words: (int(number), unit) for words, (number, unit) in meanings.items()},
        capitalised=bool(tables.pop("capitalised")),
        **{name: tuple(value) for name, value in tables.items()},
    )
