"""Tables of contents: runs of lines that only repeat the headings below."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.body.blocks import HEADINGS
from extractors.body.reading import Reading
from extractors.body.surroundings import letters

FEWEST = 3
LONGEST = 20
"""Words of a heading."""


def contents(reading: Reading, likely: Sequence[bool]) -> frozenset[int]:
    """Numbers of the likely segments that stand in a row of lines, each of them a heading further down."""
    nodes, segments, shapes = reading.cut.nodes, reading.cut.segments, reading.shapes
    below: set[str] = set()
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(likely) - 1, -1, -1):
        if likely[number] and shapes[number].words <= LONGEST:
            tag = nodes[segments[number].node].tag
            if tag in HEADINGS:
                below.add(_line(segments[number].text))
            elif below and _line(segments[number].text) in below:
                run.append(number)
                continue
        if run:
            if len(run) >= FEWEST:
                found.update(run)
            run = []
    if len(run) >= FEWEST:
        found.update(run)
    return frozenset(found)


def _line(text: str) -> str:
    """The letters of a line, without its number."""
    return letters(text).lstrip("0123456789")
