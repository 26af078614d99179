"""The words of an element as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from extractors.whitespace import squash

_NEVER = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "select", "textarea", "iframe", "object"}
)
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
    "var", "wbr",
})  # fmt: skip
"""Elements that stand inside a line."""

_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FOR_SCREEN_READERS = re.compile(
    r"\b(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|offscreen|assistive-text|a11y-hidden)\b",
    re.IGNORECASE,
)
_MOST_CHARACTERS, _MOST_NODES = 4000, 1000
_LONGEST_PIECE = 50_000


def is_hidden(element: HtmlElement) -> bool:
    """Whether the element's own markup hides it from a reader; its ancestors are not asked."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style, names = element.get("style"), element.get("class")
    return bool((style and _NO_DISPLAY.search(style)) or (names and _is_for_screen_readers(names)))


@lru_cache(maxsize=4096)
def _is_for_screen_readers(names: str) -> bool:
    return _FOR_SCREEN_READERS.search(names) is not None


def _keep_all(_: HtmlElement) -> bool:
    return False


def visible_text(element: HtmlElement, leave_out: Callable[[HtmlElement], bool] = _keep_all) -> str:
    """The element's words on one line, without scripts, buttons and hidden parts; a space where a block or break is.

    `leave_out` names further parts that do not count. No more than the first few thousand characters are read: an
    element of a line or two is meant.
    """
    if not len(element):
        return squash((element.text or "")[:_LONGEST_PIECE])
    return squash("".join(_pieces(element, " ", leave_out)))


def visible_lines(element: HtmlElement) -> list[str]:
    """The element's words, one string for each line that blocks and breaks make of them; empty ones left out."""
    lines = "".join(_pieces(element, "\0", _keep_all)).split("\0")
    return [line for raw in lines if (line := squash(raw))]


def _pieces(element: HtmlElement, parting: str, leave_out: Callable[[HtmlElement], bool]) -> Iterator[str]:
    waiting: list[HtmlElement | str] = [element]
    length = nodes = 0
    while waiting and length < _MOST_CHARACTERS and nodes < _MOST_NODES:
        item = waiting.pop()
        if isinstance(item, str):
            yield item[:_LONGEST_PIECE]
            length += len(item)
            continue
        nodes += 1
        edge = "" if item.tag in INLINE else parting
        tail = "" if item is element else item.tail or ""
        waiting.append(edge + tail)
        if item is element or not (item.tag in _NEVER or is_hidden(item) or leave_out(item)):
            waiting.extend(list(islice(item, _MOST_NODES))[::-1])
            waiting.append(edge + (item.text or ""))
