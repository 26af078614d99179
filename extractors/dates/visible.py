"""The dates that a reader sees: `<time>` and printed lines near the headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from extractors.dates.candidate import Candidate, Kind, Reader
from extractors.dates.foreign import read_foreign
from extractors.dates.head import LINE, SILENT, TEXT, Head, Line, pieces_of
from extractors.dates.machine import read_machine
from extractors.dates.places import names_of, places, tokens
from extractors.dates.reading import Reading
from extractors.dates.relative import read_relative
from extractors.dates.words import known
from extractors.dates.written import written_dates
from extractors.document import Document
from extractors.whitespace import squash

_ABOVE, _BELOW = 40, 400
"""Elements before and after the headline among which its date line stands."""
_LABEL = 4
"""Words of the longest label ("This page last updated"): what is longer is a sentence."""
_TRIES = 200
"""Elements named like a date line that are read at most."""
_DIGIT = re.compile(r"\d")
_SEPARATED = re.compile(r"(?:^|[|•·・⋅,:;–—/(\-])\s?(?:(?:on|at|am|le|el|il|em|op|den|vom|the)\s)?$", re.IGNORECASE)
_ENDED = re.compile(r"^ ?(?:$|[|•·・⋅,:;–—/()\-.]|\d+ min)")


def from_times(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates of `<time>` elements of the article's head, the nearest to the headline first, as markup and as printed."""
    times = [element for element in islice(reader.document.tree.iter("time"), 60) if head.holds(element)]
    for element in sorted(times, key=head.distance)[:6]:
        yield from _of_time(reader, element)


def from_lone_time(reader: Reader) -> Iterator[Candidate]:
    """The date of the page's only `<time>`, wherever it stands."""
    times = list(islice(reader.document.tree.iter("time"), 2))
    if len(times) == 1 and not any(place.tag in ("blockquote", "footer") for place in times[0].iterancestors()):
        yield from _of_time(reader, times[0])


def _of_time(reader: Reader, element: HtmlElement) -> Iterator[Candidate]:
    printed = squash(element.text_content()[:LINE])
    kind = _kind(names_of(element) + _label_before(element) + tokens(printed))
    if (raw := element.get("datetime")) and (found := reader.read(kind, raw, "time", "time:datetime")):
        yield found
    if printed and (found := reader.read(kind, printed, "time", "time:text")):
        yield found


def _label_before(element: HtmlElement) -> list[str]:
    """Words right before an element: its elder sibling's tail, its parent's text and the parent's names."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is not None:
        own = previous.tail if (previous.tail or "").strip() else previous.text
    else:
        own = parent.text if parent is not None else None
    return tokens(own) + (names_of(parent) if parent is not None and len(parent) <= 2 else [])


def _kind(label: list[str]) -> Kind:
    words = places()
    said = [word for word in label if word in words.modified_words or word in words.published_words]
    return "modified" if said and all(word in words.modified_words for word in said) else "published"


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
        elif _DIGIT.search(own) and head.holds(element) and (widest := _widest(element)):
            yield from _dates_of(reader, widest[0], widest[1], said, "text:byline")


def _own_text(element: HtmlElement) -> str:
    """The strings that stand right inside an element; of a paragraph with its links' words."""
    if element.tag == "p" and len(element):
        return "".join(pieces_of(element))
    return (element.text or "") + "".join(child.tail for child in element if child.tail)


def _widest(element: HtmlElement) -> tuple[Line, list[str]] | None:
    """The line that an element belongs to: its own, or that of the ancestor that still holds one short line."""
    line, names = Line.of(element), names_of(element)
    if line is None or not line.text:
        return None
    for ancestor in islice(element.iterancestors(), 3):
        wider = Line.of(ancestor)
        if wider is None or not wider.text:
            break
        line = wider
        names += names_of(ancestor)
    return line, names


def from_date_places(reader: Reader, head: Head) -> Iterator[Candidate]:
    """Dates on short lines whose class or id says that they are date lines, wherever they stand on the page.

    Where all of those belong to teasers, embeds and the like, the day counts that all of them name.
    """
    own: list[Candidate] = []
    others: list[Candidate] = []
    said: set[str] = set()
    for element, names in islice(_date_places(reader.document), _TRIES):
        if line := Line.of(element):
            (own if head.holds(element) else others).extend(_dates_of(reader, line, names, said, "text:class"))
    if own:
        yield from own
    elif len({item.day for item in others}) == 1:
        yield others[0]


def _date_places(document: Document) -> Iterator[tuple[HtmlElement, list[str]]]:
    words = places().date_words
    for element, called in document.names.items():
        if element.tag not in SILENT and not words.isdisjoint(names := tokens(called)):
            yield element, names


def _dates_of(reader: Reader, line: Line, names: list[str], said: set[str], origin: str) -> Iterator[Candidate]:
    """Dates of a line that is no sentence: a label, a byline or a separator before each, nothing much after it.

    What an outer element said with its label (`said`) an inner one does not say again without it.
    """
    dated, past = not places().date_words.isdisjoint(names), 0
    for reading in _readings(reader, line.text):
        before, after = line.text[past : reading.start], line.text[reading.end :]
        label = tokens(before)
        labelled = any(map(_is_label, label[-2:])) and (dated or len(label) <= _LABEL)
        if not (labelled or reading.start in line.edges or _SEPARATED.search(before)):
            continue
        if not (labelled or dated or reading.end in line.edges or _ENDED.match(after)):
            continue
        past = reading.end
        found = reader.settled(_kind(label or names), reading, line.text, "text", origin)
        if found and found.stamp.raw not in said:
            said.add(found.stamp.raw)
            yield found


def _is_label(word: str) -> bool:
    return word in places().modified_words or word in places().published_words


def _readings(reader: Reader, line: str) -> list[Reading]:
    """The days and times of a line; months and years alone are no date line."""
    base, rules, code = reader.document.fetched_at, reader.document.rules, known(reader.language)
    order = reader.order or ("mdy" if code in (None, "en") else "dmy")
    found = [
        item for item in islice(written_dates(line, code, base, order), 4) if item.precision not in ("month", "year")
    ]
    if found:
        return found
    other = read_machine(line) or read_relative(line, code, base, rules)
    if other is None and code is None and reader.language:
        other = read_foreign(line, reader.language, base)
    return [other] if other else []
