"""What happens: a dozen kinds of event, each told in several wordings that share nothing but who, where and what."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

_WRITTEN = tomllib.loads(Path(__file__).with_name("plots.toml").read_text(encoding="utf-8"))


class Plot(NamedTuple):
    """A kind of event."""

    thing: str
    """What the film, house, song or child that it is about is called, around an invented name."""
    headlines: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    """Each fact in several wordings; the first fact is the news."""


PLOTS = tuple(
    Plot(plot["thing"], tuple(plot["headlines"]), tuple(tuple(wordings) for wordings in plot["facts"]))
    for plot in _WRITTEN["plot"]
)
SURVEYS: tuple[str, ...] = tuple(_WRITTEN["surveys"])
STOCK: tuple[str, ...] = tuple(_WRITTEN["stock"])
