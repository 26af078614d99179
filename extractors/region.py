"""Which stretch of the page is the article, and which boxes inside it are not of it."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from lxml.html import HtmlElement

from extractors.body.result import Body
from extractors.document import Document

_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
MAX_NAME = 300
MAX_CLIMB = 300
TAIL = 25
"""How many elements past the text's own box may still be the article's: a last post or picture after the text."""
_HOLDERS = frozenset({"article", "main"})


@dataclass(frozen=True, slots=True)
class _Names:
    tags: frozenset[str]
    foreign: frozenset[str]
    phrases: tuple[tuple[str, str], ...]
    """Of those of several words: the first word, and all with a space around."""
    embeds: frozenset[str]
    figures: frozenset[str]


@cache
def _names() -> _Names:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Names(
        frozenset(data["tags"]),
        frozenset(word for word in data["words"] if " " not in word),
        tuple((phrase.split()[0], f" {phrase} ") for phrase in data["words"] if " " in phrase),
        frozenset(data["embeds"]),
        frozenset(data["figures"]),
    )


def name_words(*names: str | None) -> str:
    """Give the words of classes and ids in lower case, each between single spaces: `" wp caption text "`."""
    found = _WORD.findall(" ".join(name[:MAX_NAME] for name in names if name))
    return f" {' '.join(found).lower()} " if found else " "


class Region:
    """The article's stretch of one page, for those who look for what stands between its paragraphs."""

    def __init__(self, document: Document, body: Body) -> None:
        self.document = document
        self.body = body
        self._foreign: dict[HtmlElement, bool] = {}
        self._ends: dict[HtmlElement, int] = {}

    @cached_property
    def spine(self) -> frozenset[HtmlElement]:
        """The elements that hold text of the body, and all elements above them."""
        spine: set[HtmlElement] = set()
        elements = self.document.elements
        for position in self.body.positions:
            element: HtmlElement | None = elements[position]
            while element is not None and element not in spine:
                spine.add(element)
                element = element.getparent()
        return frozenset(spine)

    @cached_property
    def first(self) -> int:
        """Document position of the first block; that of the end of the page where there is none."""
        return self.body.positions[0] if self.body.positions else len(self.document.elements)

    @cached_property
    def last(self) -> int:
        """Document position of the last block."""
        return self.body.positions[-1] if self.body.positions else -1

    @cached_property
    def headline(self) -> int:
        """Document position of the last `<h1>` above the text, else that of the first container."""
        elements = self.document.elements
        start = min((self.document.position(element) for element in self.body.containers), default=self.first)
        heading = next((at for at in range(self.first - 1, -1, -1) if elements[at].tag == "h1"), self.first)
        return min(heading, start)

    @cached_property
    def top(self) -> int:
        """Document position of the `<article>` or `<main>` around the text, else `headline`."""
        if not self.body.positions:
            return self.headline
        element: HtmlElement | None = self.document.elements[self.first]
        top = self.headline
        while element is not None:
            if element.tag in _HOLDERS:
                top = min(top, self.document.position(element))
            element = element.getparent()
        return top

    @cached_property
    def end(self) -> int:
        """Document position past the article: a little past the box of its later half, never past the containers."""
        if not self.body.positions:
            return self.headline
        outer = max((self.end_of(element) for element in self.body.containers), default=self.last + 1)
        middle = self.body.positions[len(self.body.positions) // 2]
        box = self.document.elements[self.last]
        while self.document.position(box) > middle and (above := box.getparent()) is not None:
            box = above
        return max(self.last + 1, min(outer, self.end_of(box) + TAIL))

    def end_of(self, element: HtmlElement) -> int:
        """Document position past an element and everything in it."""
        climbed: list[HtmlElement] = []
        current: HtmlElement | None = element
        end = len(self.document.elements)
        while current is not None and current is not self.document.tree:
            if current in self._ends:
                end = self._ends[current]
                break
            climbed.append(current)
            following = current.getnext()
            while following is not None and not isinstance(following.tag, str):
                following = following.getnext()
            if following is not None:
                end = self.document.position(following)
                break
            current = current.getparent()
        self._ends.update(dict.fromkeys(climbed, end))
        return end

    def holds_text(self, start: int, end: int) -> bool:
        """Tell whether a block of the body starts in this stretch of document positions."""
        index = bisect_left(self.body.positions, start)
        return index < len(self.body.positions) and self.body.positions[index] < end

    def is_foreign(self, element: HtmlElement) -> bool:
        """Tell whether an element stands in a box that is not of the article (related stories, share bar, author, ad).

        The element itself is not judged, nor what holds text of the body.
        """
        path: list[HtmlElement] = []
        above = element.getparent()
        answer = False
        while above is not None and above not in self.spine and len(path) < MAX_CLIMB:
            known = self._foreign.get(above)
            if known is None and _is_foreign_box(above):
                known = True
            path.append(above)
            if known is not None:
                answer = known
                break
            above = above.getparent()
        self._foreign.update(dict.fromkeys(path, answer))
        return answer


def _is_foreign_box(element: HtmlElement) -> bool:
    names = _names()
    if element.tag in names.tags:
        words = name_words(element.get("class"), element.get("id")).split()
        return element.tag != "aside" or names.figures.isdisjoint(words)
    return _names_foreign(element.get("class"), element.get("id"))


@lru_cache(maxsize=4096)
def _names_foreign(classes: str | None, identifier: str | None) -> bool:
    names = _names()
    text = name_words(classes, identifier)
    words = frozenset(text.split())
    if not names.embeds.isdisjoint(words):
        return False
    if not names.foreign.isdisjoint(words):
        return True
    return any(first in words and phrase in text for first, phrase in names.phrases)
