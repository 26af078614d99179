"""Tables of contents: runs of lines that only repeat the headings below."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.body.reading import Reading
from extractors.body.surroundings import letters

FEWEST = 3
LONGEST = 20
"""Words of a heading."""


def contents(reading: Reading, likely: Sequence[bool]) -> frozenset[int]:
    """Numbers of the likely segments that stand in a row of lines, each of them a heading further down."""
    nodes = reading.cut.nodes
    below: set[str] = set()
    found: set[int] = set()
    run: list[int] = []
    for number in range(len(likely) - 1, -1, -1):
        if not likely[number] or reading.shapes[number].words > LONGEST:
            run = _closed(run, found)
            continue
        segment = reading.cut.segments[number]
        tag = nodes[segment.node].tag
        line = letters(segment.text).lstrip("0123456789")
        if tag[0] == "h" and tag[1:].isdigit():
            run = _closed(run, found)
            below.add(line)
        elif line and line in below:
            run.append(number)
        else:
            run = _closed(run, found)
    _closed(run, found)
    return frozenset(found)


def _closed(run: list[int], found: set[int]) -> list[int]:
    """Keep a run that is long enough, and begin another."""
    if len(run) >= FEWEST:
        found.update(run)
    return [] if run else run
