"""Names of outlets in their usual forms: the one list that citations and speakers share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("outlets.txt")
_LETTERS = re.compile(r"[^a-z0-9]")


@cache
def outlet_names() -> Mapping[str, str]:
    """Give for each way of writing an outlet's name, capitals as they stand, its usual form."""
    names: dict[str, str] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        usual, *others = (part.strip() for part in line.split("|"))
        for name in (usual, *others):
            names.setdefault(name, usual)
    return names


@cache
def lowered() -> Mapping[str, str]:
    """Give for each way of writing an outlet's name, in lower case, that way in its own capitals."""
    return {name.lower(): name for name in outlet_names()}


def is_outlet(name: str) -> bool:
    """Tell whether this is the name of a known outlet, in whatever capitals."""
    return name.lower().replace("’", "'") in lowered()


@cache
def _forms_of(usual: str) -> frozenset[str]:
    forms = {name for name, known in outlet_names().items() if known == usual} | {usual}
    squeezed = {_LETTERS.sub("", form.lower()) for form in forms}
    return frozenset(squeezed | {form.removeprefix("the") for form in squeezed})


def is_own(usual: str, site: str | None) -> bool:
    """Tell whether an outlet is the one at this registrable domain: the first label spells one of its names."""
    return site is not None and _LETTERS.sub("", site.partition(".")[0]) in _forms_of(usual)
