"""Which elements are somebody else's post, player or document: never text of the article."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from lxml.html import HtmlElement


@cache
def _marks() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(data["tags"]), frozenset(data["classes"])


def is_embed(element: HtmlElement) -> bool:
    """Tell whether this element itself, by its name or one of its classes, is the root of an embed.

    Neither its ancestors nor its descendants are looked at, so a walk may ask it of every element.
    """
    tags, classes = _marks()
    if element.tag in tags:
        return True
    names = element.get("class")
    return bool(names) and not classes.isdisjoint(names.lower().split())
