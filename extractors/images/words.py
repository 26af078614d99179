"""The word lists about pictures, ready to look up."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Words:
    """`words.toml`; words and patterns are looked for in what `name_words` gives."""

    decoration: frozenset[str]
    files: frozenset[str]
    counters: tuple[str, ...]
    video: frozenset[str]
    caption: re.Pattern[str]
    credit: re.Pattern[str]
    stems: tuple[str, ...]
    """What a class must hold to be looked at for `caption` and `credit`."""
    hidden: re.Pattern[str]
    naming: tuple[str, ...]
    """Attributes that name what an element is."""
    sets: tuple[str, ...]
    lazy: tuple[str, ...]
    data: Mapping[str, tuple[str, ...]]
    """Keys of url, caption, credit and alt in a script's data."""


@cache
def words() -> Words:
    """Load the lists once."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return Words(
        frozenset(data["decoration"]),
        frozenset(data["files"]),
        tuple(data["counters"]),
        frozenset(data["video"]),
        _whole(data["caption"]),
        _whole(data["credit"]),
        tuple(data["stems"]),
        _whole(data["hidden"]),
        tuple(data["naming"]),
        tuple(data["sets"]),
        tuple(data["lazy"]),
        {name: tuple(keys) for name, keys in data["data"].items()},
    )


def _whole(names: list[str]) -> re.Pattern[str]:
    return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?= )")
