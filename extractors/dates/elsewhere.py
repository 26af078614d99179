"""Printed dates where the head of the article has none: named or labelled lines anywhere, the page's only `<time>`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from extractors.dates.candidate import Candidate, Reader
from extractors.dates.head import SILENT, Head, Line, pieces_of
from extractors.dates.labelled import readings_of
from extractors.dates.places import places, tokens
from extractors.dates.visible import dates_of, dates_of_time
from extractors.dates.words import one_of
from extractors.document import Document
from extractors.whitespace import squash

_TRIES = 200
"""Elements named like a date line, or beginning with a label, that are read at most."""
_PLACE = 500
"""Characters of the longest place named like a date line."""
_STAMP = 60
"""Characters of the longest date in a sentence."""
_PARTS = 8
"""Parts of such a place that are read where it is no line itself."""
_ORIGINALLY = re.compile(
    r"(?:^\s*|\b(?:article|post|story|page|piece|guide|review|column|feature|interview|report|blog)\s+(?:was|is)\s+)"
    r"(?:originally|first)\s+(?:published|posted)(?:\s+online)?(?:\s*:|\s+on)?\s+",
    re.IGNORECASE,
)
_TELLING = ("p", "em", "i", "small", "span", "div", "b", "strong", "li")
"""Elements that such a sentence stands in."""


def from_date_places(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates on short lines whose class or id says that they are date lines, wherever they stand on the page."""
    said: set[str] = set()
    yield from _agreed(
        (found, head.holds(element))
        for element, names in islice(_date_places(reader.document), _TRIES)
        if not head.in_card(element)
        for line in _lines_in(element)
        for found in dates_of(reader, line, names, said, "text:class")
    )


def from_labels(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates of short lines that begin like one of publication ("Posted on", "Written by"), wherever they stand."""
    said: set[str] = set()
    yield from _agreed(
        (found, head.holds(element))
        for element in islice(_labels(reader.document), _TRIES)
        if not head.in_card(element) and (line := _line_from(element))
        for found in dates_of(reader, line, (), said, "text:label")
        if found.kind == "published"
    )


def from_lone_time(reader: Reader, head: Head) -> Iterator[Candidate]:
    """The date of the page's only `<time>`, wherever it stands."""
    times = reader.document.tagged("time")[:2]
    foreign = any(place.tag in ("blockquote", "footer") for time in times for place in time.iterancestors())
    if len(times) == 1 and not foreign and not head.in_card(times[0]):
        yield from dates_of_time(reader, times[0])


def from_first_edition(reader: Reader) -> Iterator[Candidate]:
    """The day on which the page says that it "was originally published": told only of pages that were changed since."""
    for element in reader.document.tagged(*_TELLING):
        text = element.text
        if text and ("riginally p" in text or "irst p" in text) and (said := _ORIGINALLY.search(text[:_PLACE])):
            words = squash(text[said.end() : said.end() + _STAMP])
            for reading in islice(readings_of(words, reader.habits), 1):
                if not reading.start and (
                    found := reader.settled("published", reading, words, "text", "text:original")
                ):
                    yield found
                    return


def _agreed(found: Iterable[tuple[Candidate, bool]]) -> Iterator[Candidate]:
    """Those of the article; where all belong to teasers, embeds and the like, the day counts that all of them name."""
    pairs = list(found)
    if own := [item for item, held in pairs if held]:
        yield from own
    elif len({item.day for item, _ in pairs}) == 1:
        yield pairs[0][0]


def _date_places(document: Document) -> Iterator[tuple[HtmlElement, list[str]]]:
    words = places().date_words
    for element, called in document.names.items():
        if element.tag not in SILENT and not words.isdisjoint(names := tokens(called)):
            yield element, names


def _lines_in(element: HtmlElement) -> Iterator[Line]:
    """The line that a small place is, else those of its parts."""
    if (line := Line.of(element)) and line.text:
        yield line
    elif _is_small(element):
        yield from filter(None, map(Line.of, islice(element.iterchildren("*"), _PARTS)))


def _is_small(element: HtmlElement) -> bool:
    length = 0
    for piece in pieces_of(element):
        length += len(piece.strip())
        if length > _PLACE:
            return False
    return True


@cache
def _label() -> re.Pattern[str]:
    words = one_of(places().published_words - places().modified_words)
    dated = r"(?:(?:post(?:ing)?|publication)\s)?date|post(?:ing)? time"
    written = r"(?:written|words|text|story|reported) by"
    return re.compile(rf"\s*(?:\w+ly\s)?(?:{words}|{dated}|{written})(?:\W|$)", re.IGNORECASE)


def _labels(document: Document) -> Iterator[HtmlElement]:
    begins = _label().match
    return (item for item in document.elements if item.text and item.tag not in SILENT and begins(item.text))


def _line_from(element: HtmlElement) -> Line | None:
    """The line that an element with a label begins: its own, its parent's, or its own with the next element's."""
    own, parent, after = Line.of(element), element.getparent(), element.getnext()
    if own is None or own.text:
        return own
    if (element.tail or "").strip():
        line = Line.of(parent) if parent is not None else None
        return line if line and _label().match(line.text) else None
    line = Line.of(after) if after is not None else None
    if line is None or not line.text:
        return None
    label = squash(element.text_content()) + " "
    return Line(label + line.text, frozenset(len(label) + edge for edge in line.edges))
