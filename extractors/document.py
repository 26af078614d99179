"""The page, decoded and parsed once, read by every extractor and changed by none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar, cast
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.accept import refuse_attribute_bombs, refuse_other_files, refuse_what_is_no_html
from extractors.address import url_key
from extractors.decode import decode
from extractors.jsonld import Node, read_jsonld
from extractors.microdata import Microdata, read_microdata
from extractors.news import own_article
from extractors.parse import parse
from extractors.rules import SiteRules, selector
from extractors.whitespace import squash

T = TypeVar("T")

_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9.-]+/[\w/.,~%+-]*+(?:\?[\w/=&.%+-]++)?", re.ASCII)
"""Addresses that joining leaves as they are."""
_NAMING = frozenset({"class", "id", "itemprop", "rel", "data-testid"})


class Document:
    """One page: its tree, meta tags, JSON-LD and addresses. Nobody who holds it may change the tree.

    Raises:
        ExtractionError: the page is empty, no HTML, or made to bring the parser down.
    """

    def __init__(
        self,
        html: bytes | str,
        *,
        url: str | None = None,
        fetched_at: datetime | None = None,
        rules: SiteRules | None = None,
        charset: str | None = None,
    ) -> None:
        self.url = url
        self.fetched_at = fetched_at
        self.rules = rules or SiteRules()
        if isinstance(html, bytes):
            refuse_other_files(html)
        data, self.charset = decode(html, charset)
        refuse_what_is_no_html(data)
        refuse_attribute_bombs(data)
        self._called: dict[HtmlElement, str] = {}
        self._answers: dict[Callable[[Document], Any], Any] = {}
        self.tree, self.note = parse(data)
        """The root; and what the parser lost or had mended, empty where it read the page whole."""

    @cached_property
    def elements(self) -> list[HtmlElement]:
        """Every element of the tree in document order; comments are not in the tree."""
        return list(self.tree.iter("*"))

    @cached_property
    def _positions(self) -> dict[HtmlElement, int]:
        return dict(zip(self.elements, range(len(self.elements)), strict=True))

    def position(self, element: HtmlElement) -> int:
        """Ordinal of an element in document order."""
        return self._positions[element]

    @cached_property
    def _by_tag(self) -> Mapping[str, list[HtmlElement]]:
        found: dict[str, list[HtmlElement]] = {}
        for element in self.elements:
            found.setdefault(element.tag, []).append(element)
        return found

    def tagged(self, *tags: str) -> list[HtmlElement]:
        """Every element with one of these tags, in document order."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        return sorted(chain.from_iterable(self._by_tag.get(tag, ()) for tag in tags), key=self._positions.__getitem__)

    @property
    def links(self) -> list[HtmlElement]:
        """Every `<link>`."""
        return self.tagged("link")

    @property
    def scripts(self) -> list[HtmlElement]:
        """Every `<script>`."""
        return self.tagged("script")

    @property
    def main_headings(self) -> list[HtmlElement]:
        """Every `<h1>`."""
        return self.tagged("h1")

    @cached_property
    def title(self) -> str | None:
        """The text of `<title>`, white space collapsed; the titles of inline drawings do not count."""
        for element in self.tagged("title"):
            parent = element.getparent()
            if parent is not None and parent.tag in ("head", "html", "body") and (text := squash(element.text)):
                return text
        return None

    @cached_property
    def meta(self) -> Mapping[str, tuple[str, ...]]:
        """Contents of the meta tags by lower-cased `name`, `property`, `itemprop` or `http-equiv`, in order."""
        gathered: dict[str, list[str]] = {}
        for element in self.tagged("meta"):
            content = (element.get("content") or element.get("value") or "").strip()
            if not content:
                continue
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if key := element.get(attribute):
                    gathered.setdefault(key.strip().lower(), []).append(content)
        return {key: tuple(values) for key, values in gathered.items()}

    def first_meta(self, *names: str) -> str | None:
        """Give the first content of the first of these meta names that the page has."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @cached_property
    def jsonld(self) -> tuple[Node, ...]:
        """Every JSON-LD node of the page, `@graph` and nested main entities flattened, in order; entities resolved.

        Some servers write Remix's `script:ld+json` as the name of a meta tag.
        """
        scripts = [
            script.text for script in self.scripts if script.text and "ld+json" in (script.get("type") or "").lower()
        ]
        return read_jsonld([*scripts, *self.meta.get("script:ld+json", ())])

    @cached_property
    def news(self) -> Mapping[str, Any]:
        """The JSON-LD node of this page's own article; empty where there is none."""
        canonical = next((link.get("href") for link in self.links if link.get("rel") == "canonical"), None)
        addresses = (self.url, self.absolute(canonical), self.absolute(self.first_meta("og:url")))
        heading = squash(self.main_headings[0].text_content()) if self.main_headings else None
        titles = (self.first_meta("og:title"), heading, self.title)
        return own_article(
            self.jsonld, {url_key(address) for address in addresses if address}, [title for title in titles if title]
        )

    @cached_property
    def _by_id(self) -> Mapping[str, Node]:
        return {node["@id"]: node for node in self.jsonld if isinstance(node.get("@id"), str) and len(node) > 1}

    def linked(self, value: Any) -> Any:
        """Give the JSON-LD node that a bare `{"@id": …}` points to; any other value unchanged."""
        if isinstance(value, dict) and len(value) == 1 and isinstance(value.get("@id"), str):
            return self._by_id.get(value["@id"], value)
        return value

    @cached_property
    def microdata(self) -> Microdata:
        """Elements that give the properties of the page's own article, by property name."""
        return read_microdata([element for element in self.elements if element.get("itemprop") is not None])

    def name(self, element: HtmlElement) -> str:
        """What an element is called, in lower case: `class`, `id`, `itemprop`, `rel`, `data-testid`; often empty."""
        known = self._called.get(element)
        if known is None:
            known = " ".join([value for name, value in element.items() if name in _NAMING]).lower()
            self._called[element] = known
        return known

    @cached_property
    def names(self) -> Mapping[HtmlElement, str]:
        """`name` of every element that has one, in document order. Where a few elements will do, ask for theirs."""
        return {element: name for element in self.elements if (name := self.name(element))}

    def once(self, question: Callable[[Document], T]) -> T:
        """Give what a pure function says of this page, asking it only once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return cast(T, self._answers[question])

    @cached_property
    def base_url(self) -> str | None:
        """What relative addresses are resolved against."""
        base = next((href for element in self.tagged("base") if (href := element.get("href"))), None)
        try:
            return urljoin(self.url or "", base.strip()) if base else self.url
        except ValueError:
            return self.url

    def absolute(self, href: str | None) -> str | None:
        """Resolve an address found on the page; None where it is none that can be fetched."""
        if not href or not (href := href.strip()):
            return None
        if _PLAIN_ADDRESS.fullmatch(href):
            return href
        try:
            joined = urljoin(self.base_url or "", href)
            return joined if urlsplit(joined).scheme in ("http", "https") else None
        except ValueError:
            return None

    def select(self, selectors: tuple[str, ...]) -> Iterator[HtmlElement]:
        """Elements that a site's CSS selectors match, selector by selector."""
        for text in selectors:
            yield from cast(list[HtmlElement], selector(text)(self.tree))
