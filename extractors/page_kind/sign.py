"""What a piece of evidence is, and the words that it goes by."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FEW = 60
"""Words of a text that is hardly one."""


class Sign(NamedTuple):
    """Points for (above 0) or against (below) a page being of another kind, and which kind that is."""

    points: float
    kind: str = ""


@cache
def words() -> Mapping[str, Any]:
    """The tables of `words.toml`."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
