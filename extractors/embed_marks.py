"""Which elements are somebody else's post, player or document: never text of the article."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
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
    if element.tag in _marks()[0]:
        return True
    names = element.get("class")
    return names is not None and is_embed_class(names)


def embed_tags() -> frozenset[str]:
    """Elements that are embeds by their tag."""
    return _marks()[0]


@lru_cache(maxsize=4096)
def is_embed_class(names: str) -> bool:
    """Tell whether a class attribute marks the root of an embed."""
    return not _marks()[1].isdisjoint(names.lower().split())
