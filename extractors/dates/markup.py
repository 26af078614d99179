"""The dates that the markup gives: JSON-LD, meta tags, microdata, and those of a site's own selectors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from extractors.dates.candidate import Candidate, Reader
from extractors.dates.labelled import Kind
from extractors.dates.places import places
from extractors.document import Document
from extractors.jsonld import is_article, types

_ALIKE = re.compile(r"publi(?:sh|cation).{0,8}(?:date|time)|(?:date|time).{0,8}publi(?:sh|cation)|pub.?date")
_PROPERTIES: Mapping[str, Kind] = {
    "datePublished": "published",
    "dateCreated": "published",
    "dateModified": "modified",
}


def from_rules(reader: Reader) -> Iterator[Candidate]:
    """Dates that the outlet's file points at."""
    rules = reader.document.rules
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("published", rules.published), ("modified", rules.modified))
    for kind, selectors in kinds:
        for element in reader.document.select(selectors):
            if found := _first(reader, kind, _values(element), "rules", kind):
                yield found


def from_jsonld(reader: Reader) -> Iterator[Candidate]:
    """Dates of this page's article node; where there is none, of the first other node that speaks of the page."""
    news = reader.document.news
    node = news or _page_node(reader.document)
    for name, kind in _PROPERTIES.items():
        if name in node and (found := reader.read(kind, node[name], "json-ld", f"json-ld:{name}")):
            yield found
    other = _page_node(reader.document) if news else {}
    for name, kind in _PROPERTIES.items():
        if name in other and (found := reader.read(kind, other[name], "json-ld", f"json-ld-page:{name}")):
            yield found


def _page_node(document: Document) -> Mapping[str, Any]:
    other = places().other_types
    return next(
        (
            node
            for node in document.jsonld
            if "datePublished" in node and other.isdisjoint(types(node)) and not is_article(node)
        ),
        {},
    )


def from_meta(reader: Reader) -> Iterator[Candidate]:
    """Dates of meta tags, the most trusted names first; each value once."""
    meta, known = reader.document.meta, places()
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("published", known.published), ("modified", known.modified))
    for kind, names in kinds:
        seen: set[str] = set()
        for name in names:
            if name in meta and (raw := meta[name][0]) not in seen:
                seen.add(raw)
                if found := reader.read(kind, raw, "meta", f"meta:{name}"):
                    yield found


def from_alike_meta(reader: Reader) -> Iterator[Candidate]:
    """Dates of meta tags whose names only resemble the known ones ("w-published-date")."""
    for name, contents in reader.document.meta.items():
        if _ALIKE.search(name) and (found := reader.read("published", contents[0], "meta", f"meta:{name}")):
            yield found


def from_microdata(reader: Reader) -> Iterator[Candidate]:
    """Dates of the article's microdata; `<meta itemprop>` is among the meta tags."""
    for name, kind in _PROPERTIES.items():
        for element in reader.document.microdata.get(name, ()):
            if element.tag != "meta" and (found := _first(reader, kind, _values(element), "microdata", name)):
                yield found


def _values(element: HtmlElement) -> Iterator[str]:
    """What an element may give a date in, the markup's own values first."""
    for key in ("datetime", "content", "title"):
        if value := element.get(key):
            yield value
    yield element.text_content()


def _first(reader: Reader, kind: Kind, values: Iterable[str], source: str, name: str) -> Candidate | None:
    read = (reader.read(kind, raw, source, f"{source}:{name}") for raw in values)
    return next((found for found in read if found), None)
