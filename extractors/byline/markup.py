"""The authors that the page's markup names."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from extractors.article import Author
from extractors.byline.people import Person, says_by
from extractors.byline.places import stands_outside
from extractors.byline.reading import MOST, Reader
from extractors.jsonld import Node, types, unescape
from extractors.microdata import value_of
from extractors.whitespace import squash

_META = (
    "author",
    "byl",
    "byline",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "parsely-author",
    "article:author_name",
)
_ORGANISATION_TYPES = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "Brand"})


def marked_authors(reader: Reader) -> Iterator[tuple[str, tuple[Author, ...]]]:
    """Give each kind of markup that names authors, with them; the most trustworthy first."""
    document = reader.document
    nodes = document.news.get("author") or document.news.get("creator")
    sources = (
        ("json-ld", _from_json(nodes, reader)),
        ("microdata", (author for element in _own_elements(reader) for author in _from_element(element, reader))),
        ("meta", (author for value in _values(reader) for author in reader.text(value))),
    )
    for source, authors in sources:
        if line := reader.tidy(authors):
            yield source, line


def _values(reader: Reader) -> Iterator[str]:
    meta = reader.document.meta
    return (value for name in _META for value in meta.get(name, ()) if "://" not in value)


def _from_json(value: Any, reader: Reader) -> Iterator[Author]:
    """Authors of a JSON-LD value: nodes, references to nodes, names, lists of them."""
    for item in value[:MOST] if isinstance(value, list) else [value]:
        node = reader.document.linked(item)
        if isinstance(node, str):
            yield from reader.text(unescape(node))
        elif isinstance(node, dict):
            yield from _from_node(node, reader)


def _from_node(node: Node, reader: Reader) -> Iterator[Author]:
    """The authors of one node; an organisation's name is taken whole."""
    url, given = node.get("url"), node.get("name")
    for name in given[:MOST] if isinstance(given, list) else [given]:
        if not isinstance(name, str):
            continue
        people = reader.people(unescape(name))
        if types(node) & _ORGANISATION_TYPES and not says_by(name):
            people = [Person(squash(unescape(name)), "organisation")]
        page = reader.page(url) if len(people) == 1 and isinstance(url, str) else None
        yield from (Author(name=person.name, url=page, kind=person.kind) for person in people)


def _own_elements(reader: Reader) -> list[HtmlElement]:
    """The elements that microdata calls the author, without those of comments and teasers."""
    document = reader.document
    page = {document.tree, *document.tree.iterchildren("body")}
    return [e for e in document.microdata.get("author", ()) if not stands_outside(e, document, page)]


def _from_element(element: HtmlElement, reader: Reader) -> Iterator[Author]:
    if element.get("content") is not None:
        yield from reader.text(value_of(element))
    elif element.get("itemscope") is None:
        yield from reader.element(element)
    else:
        named = (inner for inner in element.iter("*") if "name" in (inner.get("itemprop") or "").split())
        link = next(element.iter("a"), None)
        page = reader.page(link.get("href")) if link is not None else None
        for name in islice(named, 1):
            for person in reader.people(value_of(name)):
                yield Author(name=person.name, url=page, kind=person.kind)
