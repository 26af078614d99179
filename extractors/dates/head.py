"""Where the article's head is on the page, and the short lines in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, islice, takewhile

from lxml.html import HtmlElement

from extractors.dates.places import names_of, places, tokens
from extractors.document import Document
from extractors.whitespace import squash

LINE = 160
"""Characters of the longest line that may be a date line."""
TEXT = 200
"""Characters from which a paragraph is running text."""
SILENT = frozenset({"script", "style", "noscript", "template", "svg", "option", "h1", "title", "head", "button"})
"""Elements whose words are no date line."""
_OF_ARTICLE = frozenset({"entry", "post", "article", "story"})
"""Words of class names that a footer of the article has, and the page's has not."""
_CARD = 12
"""Levels above a date at which the link of its card is looked for."""
_CARD_SIZE, _TABLE_SIZE = 50, 100
"""Elements among which the heading of a card, or the layout that a table makes, shows."""
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LAID_OUT = frozenset({"h1", "h2", "div", "table", "fieldset", "form"})
"""Elements that a table of data does not hold, and one that lays out a page does."""
_ROOT = "__next"
"""The id under which Next.js puts the whole page."""
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Line:
    """The text of an element that holds one short line, and where its markup parts it."""

    text: str
    edges: frozenset[int]
    """Offsets at which a piece between tags begins or ends."""

    @classmethod
    def of(cls, element: HtmlElement) -> Line | None:
        """Read an element; None of one with running text. A line too long or without digits is empty."""
        pieces, length = [], 0
        for piece in pieces_of(element):
            if text := squash(piece):
                pieces.append(text)
                length += len(text) + 1
                if length > TEXT:
                    return None
        if length > LINE or not any(map(_DIGIT.search, pieces)):
            return cls("", frozenset())
        ends = list(accumulate((len(piece) + 1 for piece in pieces), initial=0))
        return cls(" ".join(pieces), frozenset(ends) | {end - 1 for end in ends})


def pieces_of(element: HtmlElement) -> Iterator[str]:
    """The strings between the tags of an element, without comments, scripts and styles."""
    for node in element.iter():
        if node.text and isinstance(node.tag, str) and node.tag not in SILENT:
            yield node.text
        if node.tail and node is not element:
            yield node.tail


class Head:
    """Where the article's headline stands, and what belongs to it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.headline = _headline(document)
        self._foreign: dict[HtmlElement, bool] = {}
        self._around = set() if self.headline is None else {self.headline, *self.headline.iterancestors()}
        self.position = 0 if self.headline is None else document.position(self.headline)

    def holds(self, element: HtmlElement) -> bool:
        """Whether an element is not part of a teaser, embed, comment or footer that the headline is not part of."""
        footed = False
        for number, place in enumerate((element, *islice(element.iterancestors(), 14))):
            if place in self._around or (number and place.tag in ("main", "body")) or place.get("id") == _ROOT:
                return not footed
            footed = footed or (place.tag == "footer" and _OF_ARTICLE.isdisjoint(names_of(place)))
            if place.tag == "article":
                footed = False
            if _is_elsewhere(place) or (number and self._is_foreign(place)):
                return False
        return not footed

    def _is_foreign(self, place: HtmlElement) -> bool:
        """Whether what an element is called, or that it is a card, says that the dates in it are not the article's."""
        known = self._foreign.get(place)
        if known is None:
            known = not places().elsewhere.isdisjoint(names_of(place)) or _is_card(place)
            self._foreign[place] = known
        return known

    def in_card(self, element: HtmlElement) -> bool:
        """Whether an element stands in a link that has a heading of its own: it leads to another page."""
        outer = islice(element.iterancestors(), _CARD)
        return any(_is_card(place) for place in takewhile(lambda place: place not in self._around, outer))

    def distance(self, element: HtmlElement) -> int:
        """Elements between the headline and this one; those before it count threefold."""
        steps = self.document.position(element) - self.position
        return steps if steps >= 0 else -3 * steps


def _is_card(place: HtmlElement) -> bool:
    return place.tag == "a" and any(inner.tag in _HEADINGS for inner in islice(place.iter(), _CARD_SIZE))


def _is_elsewhere(place: HtmlElement) -> bool:
    """Whether an element's tag says that a date in it is not the article's; a table may just lay out the page."""
    if place.tag == "table":
        return not any(inner.tag in _LAID_OUT for inner in islice(place.iterdescendants(), _TABLE_SIZE))
    return place.tag in places().elsewhere_tags


def _headline(document: Document) -> HtmlElement | None:
    """The heading that shares most words with the title that the page gives itself, an `h1` before others.

    One of several without words is a logo; one that shares no word with the title gives way to an `h2` that does.
    """
    shown = {*tokens(document.first_meta("og:title") or str(document.news.get("headline") or document.title or ""))}
    first = next(iter(document.main_headings), None)
    for tag in ("h1", "h2", "h3"):
        titles = document.main_headings if tag == "h1" else islice(document.tagged(tag), 8)
        named = [(title, words) for title in islice(titles, 8) if (words := {*tokens(title.text_content())})]
        if tag == "h1" and len(named) == 1:
            return named[0][0]
        best, words = max(named, key=lambda item: len(shown & item[1]), default=(None, set()))
        if len(shown & words) > (0 if tag == "h1" else len(shown) // 2):
            return best
        first = best if tag == "h1" and best is not None else first
    return first
