"""The segments that are the headline or the standfirst, which are no text of the body."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from extractors.body.cues import Shape
from extractors.body.segments import Cut
from extractors.document import Document

LONGEST = 120
"""Words; what is longer is the text, whatever element it is in."""


def head_segments(document: Document, cut: Cut, shapes: Sequence[Shape], headline: str | None) -> frozenset[int]:
    """Numbers of the segments inside the elements that show the headline and the standfirst."""
    from extractors.dek import standfirst_element  # these know Body, and so this package
    from extractors.headline import headline_element

    inside: set[HtmlElement] = set()
    for element in (headline_element(document, headline), standfirst_element(document, headline)):
        if element is not None:
            inside.update(element.iter("*"))
    numbers = frozenset(n for n, segment in enumerate(cut.segments) if segment.element in inside and not segment.tail)
    return numbers if sum(shapes[number].words for number in numbers) <= LONGEST else frozenset()
