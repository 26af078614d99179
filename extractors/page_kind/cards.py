"""Teasers: a text that is cut from like-shaped cards, each with the link to another page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.body.result import Body
from extractors.document import Document
from extractors.page_kind.sign import Sign
from extractors.page_kind.standing import LONG, is_long
from extractors.site import host_of

_LIKE = 4  # cards side by side at least
_DEPTH = 12  # elements from a block up to the card that it stands in, at most
_TEASER = 700  # characters of a card at most: a section of an article is longer
_LINKS = 50  # links of one card to look at
MOST = 3.5
"""Points that teasers give at most."""


class Cards(NamedTuple):
    """How many different pages of the same host the cards lead to, and which share of the text they hold."""

    number: int
    share: float


def from_cards(document: Document, body: Body, length: int) -> Iterator[Sign]:
    """How much of the text is teasers; a long text of them is no sign of an article."""
    found = find_cards(document, body)
    if found.number >= 8 and found.share >= 0.85:
        yield Sign(2.5, "a list")
        if is_long(document, body, length):
            yield Sign(-LONG, "a list")
    elif found.number >= 10 and found.share >= 0.7:
        yield Sign(1.0, "a list")


def find_cards(document: Document, body: Body) -> Cards:
    """Which part of the text stands in teasers.

    A card is the nearest element around a block that has like ones beside it, with text of their own. It is a teaser
    where it is short and has a link to another page of the same host outside its sentences: on its heading, its
    picture, a "more", or around the whole.
    """
    starts = [document.elements[position] for position in body.positions]
    held: dict[HtmlElement, list[int]] = {}
    for number, card in enumerate(_cards(starts)):
        if card is not None:
            held.setdefault(card, []).append(number)
    prose = _prose(starts, body)
    pages: set[str] = set()
    covered = 0
    for card, numbers in held.items():
        length = sum(len(body.blocks[number].text) for number in numbers)
        if length <= _TEASER and (page := _page(document, card, prose)):
            pages.add(page)
            covered += length
    return Cards(len(pages), covered / max(1, sum(len(block.text) for block in body.blocks)))


def _cards(starts: list[HtmlElement]) -> Iterator[HtmlElement | None]:
    """For each block's element the card that it stands in."""
    paths = [[start, *islice(start.iterancestors(), _DEPTH)] for start in starts]
    beside = Counter((parent, child.tag) for child, parent in {step for path in paths for step in pairwise(path)})
    for path in paths:
        yield next((child for child, parent in pairwise(path) if beside[parent, child.tag] >= _LIKE), None)


def _prose(starts: list[HtmlElement], body: Body) -> set[HtmlElement]:
    """The elements of blocks that are sentences, and no headings and no mere links."""
    linked = Counter[int]()
    for link in body.links:
        linked[link.block] += link.end - link.start
    return {
        start
        for number, (start, block) in enumerate(zip(starts, body.blocks, strict=True))
        if block.kind != "heading" and linked[number] < 0.8 * len(block.text)
    }


def _page(document: Document, card: HtmlElement, prose: set[HtmlElement]) -> str | None:
    """The page that a card leads to; None where it leads nowhere."""
    host, outer = host_of(document.url), card.getparent()
    around = [element for element in (card, outer) if element is not None and element.tag == "a"]
    inside = (link for link in islice(card.iter("a"), _LINKS) if not _in_prose(link, card, prose))
    for link in (*around, *inside):
        address = (document.absolute(link.get("href")) or "").partition("#")[0]
        if address and not _is_own(document.url, address) and host in (None, host_of(address)):
            return address
    return None


def _is_own(url: str | None, address: str) -> bool:
    """Whether an address is the page's own, also with a query that the page's has not: an entry of a live text."""
    own = (url or "").partition("#")[0]
    return address == own or (bool(own) and "?" not in own and address.partition("?")[0] == own)


def _in_prose(link: HtmlElement, card: HtmlElement, prose: set[HtmlElement]) -> bool:
    """Whether a link stands in a sentence of its card."""
    for element in islice(link.iterancestors(), _DEPTH):
        if element in prose:
            return element is not card or len(card) == 0 or _is_bare(card)
        if element is card:
            return False
    return False


def _is_bare(card: HtmlElement) -> bool:
    """Whether a card is a paragraph or an item of a list that has its text directly in it."""
    return bool((card.text or "").strip()) or card.tag == "p"
