"""The byline as the page prints it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from lxml.html import HtmlElement

from extractors.article import Author
from extractors.byline import people
from extractors.byline.places import is_author_box, is_named, stands_outside
from extractors.byline.reading import LONGEST, Reader, leads_to_author
from extractors.document import Document
from extractors.headline import find_headline, headline_element
from extractors.visible import is_hidden, visible_text
from extractors.whitespace import squash

_BEFORE, _AFTER = 40, 260  # elements before and after the headline's within which a byline stands
_CLOSE = 60  # and within which a name needs no other sign than a date or a role beside it
_LABEL = 16  # characters of "Written by" and its like
_NAME = 40  # characters of a name that stands for itself
_BESIDE = 120  # characters of a name with its date and role
_NO_LINE = frozenset(
    {"html", "body", "main", "article", "img", "meta", "link", "script", "input", "svg", "time", "title"}
)
_NO_NAME = _NO_LINE | {"a", "h2", "h3", "h4", "h5", "h6", "li", "strong", "b"}
_PARAGRAPH, _WELL_UNDER_WAY = 80, 3  # characters from which a `<p>` is one of the text's; how many are a beginning
_YEAR = re.compile(r"\b20[0-3]\d\b|\b\d{1,2}\s*min")
_BARE_BY = re.compile(r"(?i:by|von|par|por|di|da|door|av|af|i)\b|$")
_FIRST_WORD = re.compile(r"\w+")

Authors = tuple[Author, ...]


def printed_authors(reader: Reader) -> Authors:
    """Give the authors of the first byline beside the headline."""
    document = reader.document
    heading = headline_element(document, find_headline(document).value)
    if heading is None:
        return ()
    position, around = document.position(heading), {heading, *heading.iterancestors()}
    after, before = position + 1, max(0, position - _BEFORE)
    near = chain(_up_to_text(document.elements[after : after + _AFTER]), document.elements[before:position])
    return _first(near, is_named, _says_by, reader, around) or _bare_name(heading, reader, around)


def _up_to_text(elements: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements before the text is well under way."""
    paragraphs = 0
    for element in elements:
        yield element
        paragraphs += element.tag == "p" and len(element.text or "") >= _PARAGRAPH
        if paragraphs == _WELL_UNDER_WAY:
            return


def authors_further_down(reader: Reader) -> Authors:
    """Give the authors of the first byline after the headline: at the end of the text, in a box about the author."""
    document = reader.document
    heading = headline_element(document, find_headline(document).value)
    start = document.position(heading) if heading is not None else 0
    around = {document.tree, *document.tree.iterchildren("body")}
    if heading is not None:
        around.update(heading.iterancestors())
    return _first(document.elements[start:], is_author_box, _says_written_by, reader, around)


def _first(
    elements: Iterable[HtmlElement],
    is_named: Callable[[HtmlElement, Document], bool],
    says_by: Callable[[HtmlElement], bool],
    reader: Reader,
    around: set[HtmlElement],
) -> Authors:
    for element in elements:
        if element in around or element.tag in _NO_LINE:
            continue
        if is_named(element, reader.document) or (element.tag == "a" and leads_to_author(element)):
            line = element
        elif says_by(element):
            line = _whole_line(element)
        else:
            continue
        if not is_hidden(element) and not stands_outside(element, reader.document, around):
            authors = reader.tidy(reader.element(line))
            if any(author.kind == "organisation" or _is_full(author.name) for author in authors):
                return authors
    return ()


def _says_by(element: HtmlElement) -> bool:
    """Whether an element's own words begin with "By", or those behind the first element that it holds."""
    own = element.text
    if (not own or own.isspace()) and len(element):
        own = element[0].tail
    return bool(own) and not own.isspace() and len(own) <= LONGEST and people.says_by(squash(own) + " ")


def _says_written_by(element: HtmlElement) -> bool:
    """Whether an element's own words begin with "Written by": a bare "by" in the text may be anybody's."""
    return _says_by(element) and not _BARE_BY.match(squash(element.text))


def _whole_line(element: HtmlElement) -> HtmlElement:
    """The element, or what holds it where it is only the word "By" and the name stands beside it."""
    for _ in range(2):
        parent = element.getparent()
        if parent is None or len(visible_text(element)) > _LABEL:
            break
        element = parent
    return element


def _is_full(name: str) -> bool:
    """Whether a name has two parts and capitals, as one that only print vouches for must."""
    return " " in name and not name.islower()


def _bare_name(heading: HtmlElement, reader: Reader, around: set[HtmlElement]) -> Authors:
    """A name that stands for itself below the headline, with a date or the person's role beside it.

    Somebody whom the headline names is the story and not its author.
    """
    document = reader.document
    start = document.position(heading) + 1
    story = set(_FIRST_WORD.findall(visible_text(heading).casefold()))
    for element in document.elements[start : start + _CLOSE]:
        own = squash(element.text)
        if element.tag == "p" and len(own) >= _PARAGRAPH:
            break
        if not own or len(own) > _NAME or element.tag in _NO_NAME or element in around:
            continue
        if not _is_full(own) or not story.isdisjoint(_FIRST_WORD.findall(own.casefold())):
            continue
        authors = reader.text(own)
        if [author.name for author in authors] != [own] or authors[0].kind != "person":
            continue
        parent = element.getparent()
        beside = visible_text(parent).replace(own, " ", 1) if parent is not None else ""
        vouched = len(beside) <= _BESIDE and _vouches(beside)
        if vouched and not is_hidden(element) and not stands_outside(element, document, around):
            return tuple(authors)
    return ()


def _vouches(text: str) -> bool:
    return bool(_YEAR.search(text)) or any(
        word in people.words()["roles"] for word in _FIRST_WORD.findall(text.casefold())
    )
