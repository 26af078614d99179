"""The topics and people that the page lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from extractors.document import Document
from extractors.found import Found
from extractors.jsonld import unescape
from extractors.site_names import SiteNames, letters
from extractors.visible import visible_text
from extractors.whitespace import squash

_LONGEST = 80  # characters of a tag
_MOST, _MOST_LINKS = 100, 5000  # tags, and links of the page, that are looked at
_LIST = re.compile(
    r"(?:^|[-_ ])(?:(?:article|post|entry|story|news|content)[-_]*)?(?:tags?|topics|keywords)"
    r"(?:[-_]*(?:list|links|cloud))?(?:$| )"
)
_INTERNAL = re.compile(r"^[@/]|_|://|^\d+$")  # marks of a publishing system and no words for readers


def find_tags(document: Document) -> Found[tuple[str, ...]]:
    """Find the tags: `article:tag`, the keywords of the article's JSON-LD, else the printed list; each once."""
    sources = (
        ("meta", _parted(document.meta.get("article:tag", ()))),
        ("json-ld", _keywords(document.news.get("keywords"))),
        ("page", _printed(document)),
    )
    names = document.once(SiteNames)
    for source, values in sources:
        tags = _once(value for value in values if value not in names)
        if tags:
            return Found(tags, source)
    return Found(())


def _parted(values: Iterable[str]) -> Iterator[str]:
    """One tag for each value, or several where the page writes them into one."""
    values = list(values)
    for value in values:
        yield from value.split(",") if len(values) == 1 else [value]


def _keywords(value: Any) -> Iterator[str]:
    """Keywords as JSON-LD writes them: a list, one string with commas, or nodes with a name."""
    if isinstance(value, str):
        yield from value.split(",")
    elif isinstance(value, list):
        for item in value[:_MOST]:
            name = item.get("name") if isinstance(item, dict) else item
            if isinstance(name, str):
                yield from name.split(",") if len(value) == 1 else [name]


def _printed(document: Document) -> Iterator[str]:
    """The words of the links that `rel` calls tags, else of those in the first list that is named so."""
    found = False
    for link in islice(document.tagged("a"), _MOST_LINKS):
        if not (named := link.get("rel")):
            continue
        rel = named.lower().split()
        if "tag" in rel and "category" not in rel and not _stands_elsewhere(link):
            found = True
            yield visible_text(link)
    lists = () if found else document.tagged("ul", "div", "p", "span")
    for element in lists:
        name = document.name(element)
        if (
            ("tag" in name or "topic" in name or "keyword" in name)
            and _LIST.search(name)
            and not _stands_elsewhere(element)
        ):
            yield from (visible_text(link) for link in islice(element.iter("a"), _MOST))
            return


def _stands_elsewhere(element: HtmlElement) -> bool:
    """Whether navigation, a sidebar or the foot of the page, not that of the article, holds the element."""
    outer_tags = [outer.tag for outer in element.iterancestors()]
    if "nav" in outer_tags or "aside" in outer_tags:
        return True
    return "footer" in outer_tags and "article" not in outer_tags


def _once(values: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in islice(values, _MOST):
        tag = squash(unescape(value)).lstrip("#").strip()
        if tag and len(tag) <= _LONGEST and not _INTERNAL.search(tag):
            found.setdefault(letters(tag) or tag, tag)
    return tuple(found.values())
