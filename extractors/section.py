"""The section, as the page names it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.address import url_key
from extractors.document import Document
from extractors.found import Found
from extractors.headline import find_headline
from extractors.jsonld import types, unescape
from extractors.microdata import value_of
from extractors.site_names import SiteNames, letters
from extractors.visible import visible_text
from extractors.whitespace import squash

_HOME = frozenset(
    {
        "home",
        "homepage",
        "start",
        "startseite",
        "accueil",
        "inicio",
        "início",
        "hjem",
        "hem",
        "forside",
        "frontpage",
        "etusivu",
    }
)
_LONGEST = 60  # characters of a section's name
_MOST = 12  # steps of a trail


def find_section(document: Document) -> Found[str | None]:
    """Find the section: `article:section`, `articleSection`, else the last step of the trail before the article."""
    marked = document.microdata.get("articleSection", ())
    sources = (
        ("meta", document.meta.get("article:section", ())),
        ("json-ld", _strings(document.news.get("articleSection"))),
        ("microdata", (value_of(element) for element in marked)),
        ("breadcrumb", _from_list(document)),
        ("breadcrumb", _from_links(document)),
    )
    names = document.once(SiteNames)
    for source, values in sources:
        for value in values:
            section = squash(unescape(value))
            section = section.split(",")[0] if section.count(",") > 1 else section
            if section and len(section) <= _LONGEST and not section.isdigit() and section not in names:
                return Found(section, source)
    return Found(None)


def _strings(value: Any) -> Iterator[str]:
    for item in value[:_MOST] if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item


def _from_list(document: Document) -> Iterator[str]:
    """The steps of a JSON-LD `BreadcrumbList`, the nearest to the article first, without it and the front page."""
    for node in document.jsonld:
        if "BreadcrumbList" in types(node) and isinstance(steps := node.get("itemListElement"), list):
            for step in reversed([step for step in steps[:_MOST] if isinstance(step, dict)]):
                item = step.get("item")
                inner = item if isinstance(item, dict) else {"@id": item}
                name, address = step.get("name") or inner.get("name"), inner.get("@id") or inner.get("url")
                if isinstance(name, str) and not _is_end(name, address, document):
                    yield name
            return


def _from_links(document: Document) -> Iterator[str]:
    """The links of a printed trail, the nearest to the article first."""
    for element in document.tagged("nav", "ol", "ul", "div"):
        if "breadcrumb" in document.name(element):
            links = [link for _, link in zip(range(_MOST), element.iter("a"), strict=False)]
            for link in reversed(links):
                if (name := visible_text(link)) and not _is_end(name, link.get("href"), document):
                    yield name
            return


def _is_end(name: str, address: Any, document: Document) -> bool:
    """Whether a step is the front page or the article itself."""
    if squash(name).casefold() in _HOME or letters(name) == letters(find_headline(document).value or ""):
        return True
    url = document.absolute(address) if isinstance(address, str) else None
    return bool(url and document.url and url_key(url) == url_key(document.url))
