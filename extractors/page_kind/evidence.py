"""Signs that a page is, or is not, of another kind than an article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, cast
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from extractors.address import is_deep, path_of
from extractors.body.result import Body
from extractors.byline import find_authors
from extractors.document import Document
from extractors.jsonld import types
from extractors.site import host_of, site_of

FEW = 60
"""Words of a text that is hardly one."""

_ITEMTYPES = etree.XPath("//*[@itemtype]/@itemtype", smart_strings=False)
_PRICE = re.compile(r"[$€£¥]\s?\d|\d\s?(?:€|zł|kr\b)")
_DATED = re.compile(r"/(?:19|20)?\d\d/(?:0?[1-9]|1[0-2])(?:/|-)")
_SLUG_WORD = re.compile(r"[^\W\d_]+")
_SILENT = frozenset({"script", "style", "noscript", "template"})


class Sign(NamedTuple):
    """Points for (above 0) or against (below) a page being of another kind, and which kind that is."""

    points: float
    kind: str = ""


@cache
def words() -> Mapping[str, Any]:
    """The tables of `words.toml`."""
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def og_type(document: Document) -> str:
    """The page's og:type, in lower case; empty where it has none."""
    return (document.first_meta("og:type") or "").strip().lower()


def _is_front_page(url: str | None) -> bool:
    """Whether an address has neither path nor query: what its JSON-LD calls an article is one of its teasers."""
    return host_of(url) is not None and not is_deep(url or "")


def from_types(document: Document) -> Iterator[Sign]:
    """What the markup calls the page."""
    said = {name.lower() for node in document.jsonld for name in types(node)}
    kinds = cast(list[str], _ITEMTYPES(document.tree))[:500]
    items = {kind.rstrip("/").rsplit("/", 1)[-1].lower() for kind in kinds}
    known, og = words()["types"], og_type(document)
    if document.news and not _is_front_page(document.url):
        yield Sign(-4.0 if not types(document.news) <= {"Article"} else -2.4)
    if (said | items).intersection(known["forum"]) and not document.news:
        yield Sign(4.5, "a forum thread")
    if not document.news:
        if said.intersection(known["product"]) or "product" in items:
            yield Sign(3.0, "a product page")
        if said.intersection(known["list"]):
            yield Sign(2.5, "a list")
        if said.intersection(known["other"]) and og != "article":
            yield Sign(1.0, "a page of another kind")
    if og.startswith(tuple(words()["og"]["product"])):
        yield Sign(4.0, "a product page")
    elif og.startswith(tuple(words()["og"]["profile"])):
        yield Sign(3.0, "a profile")
    elif og == "article":
        yield Sign(-1.5)
    if document.meta.get("article:published_time") or document.news.get("datePublished"):
        yield Sign(-0.75)
    if find_authors(document).value:
        yield Sign(-0.5)


def from_address(document: Document) -> Iterator[Sign]:
    """What the words of the address say."""
    if document.url is None:
        return
    if _is_front_page(document.url):
        yield Sign(3.75, "a front page")
        return
    path = path_of(document.url)
    segments = [segment for segment in unquote(path).lower().split("/") if segment][:20]
    if not segments:
        return
    known = words()["path"]
    if set(segments).intersection(known["list"]):
        yield Sign(1.5, "a list")
    if set(segments).intersection(known["shop"]):
        yield Sign(3.0, "a page of a shop")
    if set(segments).intersection(known["forum"]):
        yield Sign(3.0, "a forum page")
    if set(segments[:-1]).intersection(known["maybe"]):
        yield Sign(0.75, "a list")
    if segments[-1] in known["index"]:
        yield Sign(1.0, "a list")
    slug = len(_SLUG_WORD.findall(segments[-1].rsplit(".", 1)[0]))
    if slug >= 5:
        yield Sign(-1.0)
    if len(segments) == 1 and slug <= 2:
        yield Sign(1.0, "a section's front page")
    if _DATED.search(path + "/"):
        yield Sign(-1.5)


def from_page(document: Document, body: Body, words: int) -> Iterator[Sign]:
    """What stands on the page: carts, prices, teasers, dates of many entries; and a long text."""
    carts = sum(1 for element in document.tree.iter("button", "input", "a", "form") if _is_cart(element))
    if carts:
        yield Sign(2.5 if carts >= 5 else 1.0, "a page of a shop")
    if sum(1 for e in document.tree.iter("span", "div", "p", "b", "bdi", "strong") if _is_price(e.text)) >= 8:
        yield Sign(0.5, "a page of a shop")
    teasers = _teasers(document)
    if teasers >= 20:
        yield Sign(1.0, "a list")
    if sum(1 for _ in islice(document.tree.iter("time"), 10)) == 10:
        yield Sign(0.5, "a list")
    if sum(1 for _ in islice(document.tree.iter("article"), 8)) == 8:
        yield Sign(0.5, "a list")
    if sum(1 for _ in islice(document.tree.iter("a"), 400)) == 400:
        yield Sign(0.5, "a list")
    sure = body.confidence >= 0.6 and teasers < 20
    if sure and words >= 300 and sum(1 for block in body.blocks if len(block.text) >= 80) >= 5:
        yield Sign(-1.0)


def _is_cart(element: HtmlElement) -> bool:
    said = " ".join(filter(None, (element.text, *(element.get(name) for name in ("value", "class", "name", "action")))))
    folded = said.lower()
    return len(folded) < 300 and any(word in folded for word in words()["cart"]["words"])


def _is_price(text: str | None) -> bool:
    return bool(text) and len(text or "") < 40 and bool(_PRICE.search(text or ""))


def _teasers(document: Document) -> int:
    """Headings of four words and more that are links."""
    count = 0
    for heading in document.tree.iter("h2", "h3", "h4", "h5"):
        link = next(heading.iter("a"), None)
        if link is None:
            link = next((outer for outer in islice(heading.iterancestors(), 2) if outer.tag == "a"), None)
        if link is not None and len(" ".join(heading.itertext()).split()) >= 4:
            count += 1
    return count


def from_body(document: Document, body: Body, words: int) -> Iterator[Sign]:
    """How little of a text there is, how unsure the recipe is of it, and how much of it is links."""
    kind = "a list"
    if words < 120:
        yield Sign(2.5 if words < FEW else 1.0, "a page without a text")
    for below, points in ((0.35, 2.5), (0.6, 2.0), (0.8, 1.5), (0.9, 1.0), (0.96, 0.5)):
        if body.confidence < below:
            yield Sign(points, kind)
            break
    share = words / max(1, page_words(document))
    if share < 0.15:
        yield Sign(1.0 if share < 0.06 else 0.5, kind)
    if sum(1 for block in body.blocks if block.kind == "paragraph" and len(block.text) >= 80) <= 1:
        yield Sign(0.5, kind)
    characters = sum(len(block.text) for block in body.blocks)
    linked = sum(link.end - link.start for link in body.links) / max(1, characters)
    if linked > 0.3:
        yield Sign(4.5 if linked > 0.6 else 1.5, kind)
    if _linked_headings(body, site_of(document.url)) >= 5:
        yield Sign(1.0, kind)


def _linked_headings(body: Body, site: str | None) -> int:
    """Headings in the text that are links to pages of the same site."""
    covered = {link.block: link.end - link.start for link in body.links if site_of(link.url) == site}
    return sum(1 for number, size in covered.items() if _is_linked_heading(body, number, size))


def _is_linked_heading(body: Body, number: int, size: int) -> bool:
    block = body.blocks[number]
    return block.kind == "heading" and size >= 0.8 * len(block.text)


def page_words(document: Document) -> int:
    """Words on the whole page, scripts and styles left out."""
    texts = (part for e in document.elements if e.tag not in _SILENT for part in (e.text, e.tail) if part)
    return sum(len(part.split()) for part in texts)
