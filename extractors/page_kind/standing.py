"""Signs that stand on the page beside its text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, islice

from lxml.html import HtmlElement

from extractors.body.result import Body
from extractors.document import Document
from extractors.page_kind.sign import Sign, words

LONG = -1.0
"""Points for a long text."""

_MANY = 20  # linked headings of a page that is a list rather than one that has some beside its text
_SAYING = ("value", "class", "name", "action")
_CONTROLS = ("button", "input", "a", "form")
_HEADINGS = ("h2", "h3", "h4", "h5")
_CONTROL = 300  # characters of what a control says of itself at most
_LABELS = ("span", "div", "p", "b", "bdi", "strong", "button", "label", "option")
_LABEL = 40  # characters of a price or a control at most
_PER_PRICE = 30  # words of text to a price: fewer are a shelf, more an article that compares
_PAGE = re.compile(
    r"[?&](?:page|p|pg|paged|seite|pagina)=\d\d?(?!\d)|/(?:page|seite|pagina)/\d\d?(?!\d)", re.IGNORECASE
)
_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?(?:€|zł|kr\b)")


def from_page(document: Document, body: Body, length: int) -> Iterator[Sign]:
    """What stands on the page: carts, prices, controls, teasers, dates of many entries; and a text of so many words."""
    if carts := _carts(document):
        yield Sign(2.5 if carts >= 5 else 1.0, "a page of a shop")
    labels = [text for e in _any_of(document, _LABELS) if (text := e.text) and len(text) < _LABEL]
    prices = len(_lines_with(_PRICE, labels))
    if prices >= 8:
        yield Sign(1.5 if length < _PER_PRICE * prices else 0.5, "a page of a shop")
    sorts = _sorts()
    if any(text.strip().lower().startswith(sorts) for text in labels):
        yield Sign(1.5, "a list")
    if any(map(_results().match, labels)):
        yield Sign(1.0, "a list")
    if _has_pages(document):
        yield Sign(1.0, "a list")
    if document.once(_teasers) >= _MANY:
        yield Sign(1.0, "a list")
    if len(document.tagged("time")) >= 10:
        yield Sign(0.5, "a list")
    if len(document.tagged("article")) >= 8:
        yield Sign(0.5, "a list")
    if len(document.tagged("a")) >= 400:
        yield Sign(0.5, "a list")
    if is_long(document, body, length):
        yield Sign(LONG)


def _any_of(document: Document, tags: Iterable[str]) -> Iterator[HtmlElement]:
    """The elements with one of these tags, tag by tag: for what can be counted in any order."""
    return chain.from_iterable(map(document.tagged, tags))


def is_long(document: Document, body: Body, length: int) -> bool:
    """Whether a text of so many words has paragraphs, and the recipe is rather sure of it."""
    paragraphs = sum(1 for block in body.blocks if len(block.text) >= 80)
    return body.confidence >= 0.6 and length >= 300 and paragraphs >= 5 and document.once(_teasers) < _MANY


def _said_of(element: HtmlElement) -> str:
    """What a button or link says of itself, in lower case."""
    return " ".join(filter(None, (element.text, *map(element.get, _SAYING)))).lower()


def _lines_with(pattern: re.Pattern[str], lines: Iterable[str]) -> list[str]:
    """The lines that hold a pattern; all are searched at once, as few pages have any."""
    lines = list(lines)
    return [line for line in lines if pattern.search(line)] if pattern.search("\n".join(lines)) else []


def _carts(document: Document) -> int:
    """Controls that put something into a cart."""
    controls = [_said_of(element) for element in _any_of(document, _CONTROLS)]
    everything = "\n".join(controls)
    named = [word for word in words()["cart"]["words"] if word in everything]
    return sum(1 for said in controls if len(said) < _CONTROL and any(map(said.__contains__, named))) if named else 0


@cache
def _sorts() -> tuple[str, ...]:
    return tuple(words()["controls"]["sort"])


@cache
def _results() -> re.Pattern[str]:
    return re.compile(rf"\s*\d[\d.,]*\d\+?\s(?:{'|'.join(words()['controls']['results'])})\b", re.IGNORECASE)


def _has_pages(document: Document) -> bool:
    """Whether a link leads to another page of the same list: this page's own address with a number."""
    own = (document.url or "").partition("?")[0].rstrip("/")
    hrefs = (href for link in document.tagged("a") if (href := link.get("href"))) if own else ()
    for href in _lines_with(_PAGE, hrefs):
        if found := _PAGE.search(href):
            before = href[: found.start()] or ("/" if found.group().startswith("/") else own)
            if (document.absolute(before) or "").partition("?")[0].rstrip("/") == own:
                return True
    return False


def _teasers(document: Document) -> int:
    """Headings of four words and more that are links."""
    count = 0
    for heading in _any_of(document, _HEADINGS):
        link = next(heading.iter("a"), None)
        if link is None:
            link = next((outer for outer in islice(heading.iterancestors(), 2) if outer.tag == "a"), None)
        if link is not None and len(" ".join(heading.itertext()).split()) >= 4:
            count += 1
    return count
