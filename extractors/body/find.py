"""The recipe for the body."""

from __future__ import annotations

from extractors.article import Block
from extractors.body.blocks import as_block, links, position
from extractors.body.choice import choose, expected
from extractors.body.head import head_segments
from extractors.body.reading import Reading, read
from extractors.body.result import Body, Link
from extractors.document import Document


def find_body(document: Document, headline: str | None) -> Body:
    """Find the article's text: blocks in order, their positions, their links, and how sure that is."""
    reading = read(document, headline)
    kept = choose(reading, headline, head_segments(document, reading.cut, reading.shapes, headline))
    return assemble(document, reading, kept, "segments", expected(reading, kept))


def assemble(document: Document, reading: Reading, kept: list[int], strategy: str, confidence: float) -> Body:
    """Make a body of the segments with these numbers."""
    container = reading.around.best
    blocks: list[Block] = []
    positions: list[int] = []
    found: list[Link] = []
    for number in kept:
        segment = reading.cut.segments[number]
        found += links(document, segment, len(blocks))
        blocks.append(as_block(reading.cut, segment, container))
        positions.append(max(position(document, segment), positions[-1] if positions else 0))
    containers = (reading.cut.nodes[container].element,) if kept else ()
    return Body(tuple(blocks), tuple(positions), containers, tuple(found), strategy, confidence)
