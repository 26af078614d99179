"""The dates that a reader sees: `<time>` and printed lines near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from lxml.html import HtmlElement

from extractors.dates.candidate import Candidate, Reader
from extractors.dates.head import LINE, SILENT, TEXT, Head, Line, pieces_of
from extractors.dates.labelled import kind_of, labelled_dates, speaks, tells_publication
from extractors.dates.places import names_of, places, tokens
from extractors.visible import INLINE
from extractors.whitespace import squash

_ABOVE, _BELOW = 40, 400
"""Elements before and after the headline among which its date line stands."""
_BARE = 40
"""Characters of the longest string between two blocks that may be nothing but a date."""
_OWN = frozenset({"entry-date", "post-date"})
"""Classes of the entry's own date; themes add hAtom's "updated" to it, which every entry must have somewhere."""
_DIGIT = re.compile(r"\d")


def from_times(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates of `<time>` elements of the article's head, the nearest to the headline first, as markup and as printed."""
    times = [element for element in islice(reader.document.tagged("time"), 60) if head.holds(element)]
    for element in sorted(times, key=head.distance)[:6]:
        yield from dates_of_time(reader, element)


def dates_of_time(reader: Reader, element: HtmlElement) -> Iterator[Candidate]:
    """The dates of a `<time>`, its markup's and the printed one."""
    printed = squash(element.text_content()[:LINE])
    words = _words_at(element, printed)
    kind, told = kind_of(words), tells_publication(words)
    if (raw := element.get("datetime")) and (found := reader.read(kind, raw, "time", "time:datetime")):
        yield replace(found, told=told)
    if printed and (found := reader.read(kind, printed, "time", "time:text")):
        yield replace(found, told=told)


def _words_at(element: HtmlElement, printed: str) -> list[str]:
    """The words that make of a `<time>` what it is: those printed at it, else its own names, else its parent's."""
    parent = element.getparent()
    said = tokens(printed) + _label_before(element)
    outer = names_of(parent) if parent is not None and len(parent) <= 2 else []
    return next((words for words in (said, _own_names(element)) if speaks(words)), outer)


def _own_names(element: HtmlElement) -> list[str]:
    names = names_of(element)
    if _OWN.isdisjoint((element.get("class") or "").split()):
        return names
    return [name for name in names if name not in places().modified_words]


def _label_before(element: HtmlElement) -> list[str]:
    """Words right before an element: its elder sibling's tail or text, its parent's text."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        own = previous.tail if (previous.tail or "").strip() else previous.text
    else:
        own = parent.text if parent is not None else None
    return tokens(own)


def from_lines(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates printed on short lines near the headline."""
    begin, long = max(0, head.position - _ABOVE), 0
    said: set[str] = set()
    for position, element in enumerate(reader.document.elements[begin : head.position + _BELOW], begin):
        own = "" if element.tag in SILENT else _own_text(element)
        if len(own) > TEXT:
            long += element.tag == "p" and position > head.position
            if long > 1:
                return
        elif _DIGIT.search(own) and head.holds(element):
            for line, names in _lines_of(element) or _between_blocks(element):
                yield from dates_of(reader, line, names, said, "text:byline")


def _own_text(element: HtmlElement) -> str:
    """The strings that stand right inside an element; of a paragraph with its links' words."""
    if not len(element):
        return element.text or ""
    if element.tag == "p":
        return "".join(pieces_of(element))
    return (element.text or "") + "".join(child.tail for child in element if child.tail)


def _lines_of(element: HtmlElement) -> list[tuple[Line, list[str]]]:
    """The lines that an element belongs to, the widest first: its own, and those of ancestors that hold one line."""
    lines: list[tuple[Line, list[str]]] = []
    names: list[str] = []
    for place in (element, *islice(element.iterancestors(), 3)):
        line = Line.of(place)
        if line is None or not line.text:
            break
        names = [*names, *_own_names(place)]
        lines.append((line, names))
    return lines[::-1]


def _between_blocks(element: HtmlElement) -> list[tuple[Line, list[str]]]:
    """The short strings that stand between the blocks of an element, each a line by itself."""
    pieces = [(None, element.text), *((child, child.tail) for child in element)]
    found: list[tuple[Line, list[str]]] = []
    for (before, raw), (after, _) in pairwise([*pieces, (None, None)]):
        text = squash(raw[:TEXT]) if raw else ""
        inline = any(side is not None and side.tag in INLINE for side in (before, after))
        if text and not inline and len(text) <= _BARE and _DIGIT.search(text):
            found.append((Line(text, frozenset({0, len(text)})), []))
    return found


def dates_of(reader: Reader, line: Line, names: Sequence[str], said: set[str], origin: str) -> Iterator[Candidate]:
    """Dates of a line; what an outer element has said (`said`) an inner one does not say again without its label."""
    for kind, reading, told in labelled_dates(line.text, reader.habits, line.edges, names):
        found = reader.settled(kind, reading, line.text, "text", origin)
        if found and found.stamp.raw not in said:
            said.add(found.stamp.raw)
            yield replace(found, told=told)
