"""Microdata (https://html.spec.whatwg.org/multipage/microdata.html): the properties of the page's own article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml.html import HtmlElement

from extractors.jsonld import ARTICLE_TYPES

_ADDRESSES = {
    "a": "href",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
}
_ASIDE = frozenset({"aside", "nav", "footer", "li"})
_MOST_ITEMS = 20  # articles looked at for the page's own: it stands before its teasers

Microdata = Mapping[str, tuple[HtmlElement, ...]]
"""Elements by the name of the property they give, in document order."""


def read_microdata(marked: Iterable[HtmlElement]) -> Microdata:
    """Give the article's own properties from the elements that carry `itemprop`, in document order.

    Of several articles the one that holds the first `<h1>`, else the first outside lists and asides, is the page's own.
    Properties outside any item are the page's too: many templates forget `itemscope`. Those of a nested item (the name
    of the author, the logo of the publisher) are left to whoever reads the property that holds the item.
    """
    gathered: dict[HtmlElement | None, dict[str, list[HtmlElement]]] = {}
    item_of = _Items()
    for element in marked:
        item = item_of(element)
        if item is None or _is_article(item):
            properties = gathered.setdefault(item, {})
            for name in (element.get("itemprop") or "").split():
                properties.setdefault(name, []).append(element)
    own = _own([item for item in gathered if item is not None])
    merged = dict(gathered.get(None, {})) | (gathered[own] if own is not None else {})
    return {name: tuple(elements) for name, elements in merged.items()}


def value_of(element: HtmlElement) -> str:
    """The value of a property, as its element gives it: `content`, an address, `datetime`, else its text."""
    value = element.get("content") or element.get("datetime") or element.get(_ADDRESSES.get(element.tag, "content"))
    return value.strip() if value else " ".join(element.text_content().split())


class _Items:
    """The item that a property belongs to: its nearest ancestor with `itemscope`. Each ancestor is asked once."""

    def __init__(self) -> None:
        self._known: dict[HtmlElement, HtmlElement | None] = {}

    def __call__(self, element: HtmlElement) -> HtmlElement | None:
        climbed: list[HtmlElement] = []
        outer, item = element.getparent(), None
        while outer is not None:
            if outer in self._known:
                item = self._known[outer]
                break
            climbed.append(outer)
            if outer.get("itemscope") is not None:
                item = outer
                break
            outer = outer.getparent()
        self._known.update(dict.fromkeys(climbed, item))
        return item


def _is_article(item: HtmlElement) -> bool:
    kinds = (item.get("itemtype") or "").split()
    return any(kind.rstrip("/").rsplit("/", 1)[-1] in ARTICLE_TYPES for kind in kinds)


def _own(items: list[HtmlElement]) -> HtmlElement | None:
    items = items[:_MOST_ITEMS]
    with_headline = (item for item in items if next(item.iter("h1"), None) is not None)
    standing_alone = (item for item in items if not any(outer.tag in _ASIDE for outer in item.iterancestors()))
    return next(with_headline, next(standing_alone, None))
