"""Signs that a page is, or is not, of another kind than an article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from extractors.address import is_deep, path_of
from extractors.body.result import Body
from extractors.byline import find_authors
from extractors.document import Document
from extractors.jsonld import types
from extractors.page_kind.sign import FEW, Sign, words
from extractors.site import host_of, site_of

_DATED = re.compile(r"/(?:19|20)?\d\d/(?:0?[1-9]|1[0-2])(?:/|-)")
_SLUG_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = 8  # words of a headline that says something rather than names a section
_PARAGRAPH = 400  # characters of a paragraph that is a text by itself
_MOST_ITEMS = 500  # of microdata whose types are looked at
_SILENT = frozenset({"script", "style", "noscript", "template"})


def og_type(document: Document) -> str:
    """The page's og:type, in lower case; empty where it has none."""
    return (document.first_meta("og:type") or "").strip().lower()


def _is_front_page(url: str | None) -> bool:
    """Whether an address has neither path nor query: what its JSON-LD calls an article is one of its teasers."""
    return host_of(url) is not None and not is_deep(url or "")


def from_types(document: Document) -> Iterator[Sign]:
    """What the markup calls the page."""
    said = {name.lower() for node in document.jsonld for name in types(node)}
    known, og = words()["types"], og_type(document)
    if document.news and not _is_front_page(document.url):
        yield Sign(-4.0 if not types(document.news) <= {"Article"} else -2.4)
    if not document.news:
        items = _item_types(document)
        if (said | items).intersection(known["forum"]):
            yield Sign(4.5, "a forum thread")
        if said.intersection(known["product"]) or "product" in items:
            yield Sign(3.0, "a product page")
        if said.intersection(known["list"]):
            yield Sign(3.0, "a list")
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
    yield from _from_system(document)


def _item_types(document: Document) -> set[str]:
    """The types of the page's microdata, in lower case, without their prefix."""
    kinds = islice((kind for element in document.elements if (kind := element.get("itemtype"))), _MOST_ITEMS)
    return {kind.rstrip("/").rsplit("/", 1)[-1].lower() for kind in kinds}


def _from_system(document: Document) -> Iterator[Sign]:
    """What the publishing system calls the page, in the class of its body or root."""
    outer = (document.tree, *document.tagged("body")[:1])
    called = {name for element in outer for name in (element.get("class") or "").lower().split()[:200]}
    known = words()["system"]
    if called.intersection(known["article"]):
        yield Sign(-1.5)
    elif called.intersection(known["list"]):
        yield Sign(1.5, "a list")
    elif called.intersection(known["product"]):
        yield Sign(1.5, "a product page")


def from_headline(headline: str | None) -> Iterator[Sign]:
    """Whether the headline is long enough to say something: a list has a name."""
    if _is_sentence(headline):
        yield Sign(-0.5)


def _is_sentence(headline: str | None) -> bool:
    return len((headline or "").split()) >= _SENTENCE


def from_address(document: Document, headline: str | None) -> Iterator[Sign]:
    """What the words of the address say; a section is told from an article also by its short name."""
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
    if set(segments[-2:]).intersection(known["list"]):
        yield Sign(1.5, "a list")
    elif set(segments).intersection(known["list"]):
        yield Sign(0.75, "a list")
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
    if len(segments) == 1 and slug <= 2 and not _is_sentence(headline):
        yield Sign(1.0, "a section's front page")
    if _DATED.search(path + "/"):
        yield Sign(-1.5)


def from_body(document: Document, body: Body, words: int) -> Iterator[Sign]:
    """How little of a text there is, how unsure the recipe is of it, and how much of it is links."""
    kind = "a list"
    if words < 120:
        yield Sign(2.5 if words < FEW else 1.0, "a page without a text")
    for below, points in ((0.4, 2.5), (0.6, 2.0), (0.82, 1.5), (0.92, 1.0), (0.97, 0.5)):
        if body.confidence < below:
            yield Sign(points, kind)
            break
    share = words / max(1, document.once(page_words))
    if share < 0.15:
        yield Sign(1.0 if share < 0.06 else 0.5, kind)
    paragraphs = [len(block.text) for block in body.blocks if block.kind == "paragraph" and len(block.text) >= 80]
    if len(paragraphs) <= 1 and sum(paragraphs) < _PARAGRAPH:
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
    texts = [part for e in document.elements if e.tag not in _SILENT for part in (e.text, e.tail) if part]
    return len(" ".join(texts).split())
