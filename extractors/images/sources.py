"""Where a picture lies: the best candidate of its `srcset`, its `<picture>`, its lazy attributes and its `src`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from extractors.document import Document
from extractors.images.words import words

MAX_CANDIDATES = 60
MAX_SET = 20_000
_CANDIDATE = re.compile(r"[\s,]*([^\s,][^\s]*)(?:\s+([\d.]{1,8})([wxh])(?:\s+[\d.]{1,8}h)?)?\s*(?:,|$)")
_NO_PICTURE = re.compile(
    r"(?:/(?:blank|spacer|transparent|placeholder|fallback|lazyload|1x1|grey|gray)[\w-]*\.(?:gif|png|svg|jpe?g)|\.svg(?:$|\?))"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    url: str
    size: float
    unit: str
    """`w` of a width, `x` or empty of a density."""
    own: bool
    """Of the element itself, not of a `<source>` beside it."""


def best_address(document: Document, element: HtmlElement) -> str | None:
    """Give the absolute address of the largest candidate of an `<img>`, `<amp-img>` or lazy box, if any.

    The candidate of the greatest declared width wins; without widths the densest of its own, then the lazy attributes
    and `src`, then the densest of the `<picture>` around it.
    """
    for url in _best_first(element):
        address = url if url.startswith(("https://", "http://")) else document.absolute(url)
        if address is not None:
            return address
    return None


def _best_first(element: HtmlElement) -> Iterator[str]:
    candidates = [candidate for text, own in _sets(element) for candidate in _candidates(text, own)]
    widest = max((item for item in candidates if item.unit == "w"), key=lambda item: item.size, default=None)
    if widest is not None:
        yield widest.url
    dense = sorted((item for item in candidates if item.unit != "w"), key=lambda item: -item.size)
    yield from (item.url for item in dense if item.own)
    for name in _own_names(element):
        value = element.get(name) or ""
        if _is_picture(value):
            yield value
            break
    yield from (item.url for item in dense if not item.own)


def _candidates(text: str, own: bool) -> list[_Candidate]:
    """The candidates of one `srcset`."""
    found = _CANDIDATE.findall(text[:MAX_SET])[:MAX_CANDIDATES]
    return [_Candidate(url, _number(size), unit, own) for url, size, unit in found if not url.startswith("data:")]


def _own_names(element: HtmlElement) -> list[str]:
    """The attributes of an element that may hold its picture's address, the best first."""
    present = set(element.keys())
    return [name for name in (*words().lazy, "src") if name in present]


def _number(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _is_picture(value: str) -> bool:
    value = value.strip()
    if not value or value.startswith(("data:", "{", "[", "about:", "#")) or " " in value:
        return False
    return _NO_PICTURE.search(value.lower()) is None


def _sets(element: HtmlElement) -> Iterator[tuple[str, bool]]:
    """The `srcset`s of the element (True), then those of the sources of the `<picture>` around it (False)."""
    names = words().sets
    for name in names:
        value = element.get(name)
        if value:
            yield value, True
    above = element.getparent()
    for _ in range(4):
        if above is None or above.tag not in ("picture", "source", "noscript"):
            return
        if above.tag == "picture":
            for source in islice(above.iter("source"), MAX_CANDIDATES):
                yield from ((value, False) for name in names if (value := source.get(name)))
            return
        above = above.getparent()
