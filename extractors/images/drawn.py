"""Pictures of a text that stands only in a script's data: parts between its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from extractors.article import Image
from extractors.body.result import Body
from extractors.captions import clean_credit, split_credit
from extractors.document import Document
from extractors.images.words import words
from extractors.whitespace import squash

MAX_DRAWN = 1000
_INNER = ("image", "photo", "img", "data", "attributes", "attrs")


def drawn_images(document: Document, body: Body) -> Iterator[Image]:
    """Give the pictures that the data holds among the parts of the text, in order; those without an address are none.

    Which keys hold the address, the caption, the credit and the alternative text stands in `words.toml`.
    """
    keys = words().data
    for drawn in body.drawn[:MAX_DRAWN]:
        part = {key.lower(): value for level in _levels(drawn.part) for key, value in level.items()}
        url = document.absolute(_first(part, keys["url"]))
        if url is None:
            continue
        caption, credit = split_credit(_first(part, keys["caption"]))
        yield Image(
            url=url,
            caption=caption,
            credit=clean_credit(_first(part, keys["credit"])) or credit,
            alt=_first(part, keys["alt"]) or None,
            after_block=drawn.after_block,
        )


def _levels(part: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The objects inside a part that may hold what is the part's own, and the part itself last, so that it wins."""
    for key in _INNER:
        if isinstance(inner := part.get(key), dict):
            yield inner
    yield part


def _first(part: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    """The first of these values that is a text without markup."""
    values = (squash(value) for key in keys if isinstance(value := part.get(key), str))
    return next((value for value in values if value and "<" not in value), "")
