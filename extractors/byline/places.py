"""Where on the page a byline stands, and where other people's names do."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.byline.people import words
from extractors.byline.reading import leads_to_author
from extractors.document import Document

_OUTSIDE = frozenset({"nav", "figure", "figcaption", "form", "blockquote"})
_BESIDE = frozenset({"aside", "footer"})  # of the page they hold others' names, of the article often the byline
_KNOWN = 4096
"""Different names of elements whose meaning is kept: a page repeats a few hundred."""


class _Names(NamedTuple):
    yes: re.Pattern[str]
    no: re.Pattern[str]
    boxes: re.Pattern[str]
    elsewhere: re.Pattern[str]


@cache
def _names() -> _Names:
    def either(name: str) -> re.Pattern[str]:
        return re.compile("|".join(re.escape(word) for word in words()[name]))

    return _Names(either("classes"), either("not_classes"), either("boxes"), either("elsewhere"))


def is_named(element: HtmlElement, document: Document) -> bool:
    """Whether class, id, itemprop or rel call an element a byline, and not a box about the author."""
    called = document.name(element)
    return bool(called) and _is_byline(called)


def is_author_box(element: HtmlElement, document: Document) -> bool:
    """Whether they call it a byline or a part of a box about the author."""
    called = document.name(element)
    return bool(called) and bool(_telling(called))


@lru_cache(_KNOWN)
def _is_byline(called: str) -> bool:
    return any(not _names().boxes.search(token) for token in _telling(called))


@lru_cache(_KNOWN)
def _telling(called: str) -> tuple[str, ...]:
    """The names among those of an element that are a byline's."""
    names = _names()
    if not names.yes.search(called):
        return ()
    return tuple(token for token in called.split() if names.yes.search(token) and not names.no.search(token))


@lru_cache(_KNOWN)
def _is_elsewhere(called: str) -> bool:
    return _names().elsewhere.search(called) is not None


def stands_outside(element: HtmlElement, document: Document, around: set[HtmlElement]) -> bool:
    """Whether a box of its own holds the element, below what also holds the headline (`around`)."""
    author_link = element.tag == "a" and leads_to_author(element)
    for outer in element.iterancestors():
        if outer in around:
            return False
        if outer.tag in _OUTSIDE or (outer.tag in _BESIDE and not author_link):
            return True
        if (called := document.name(outer)) and _is_elsewhere(called):
            return True
    return False
