"""The recipe for the body."""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from extractors.article import Block
from extractors.body.blocks import as_block, links, position
from extractors.body.choice import choose, choose_inside, expected
from extractors.body.head import head_segments
from extractors.body.last_resort import LEAST, last_resort
from extractors.body.live import entry_stamps
from extractors.body.reading import Reading, read
from extractors.body.result import Body, Link
from extractors.body.state import find_state
from extractors.body.surroundings import SHINGLE, letters
from extractors.document import Document

FEW_WORDS = 80
"""A page with less text than this in its markup may hold its text elsewhere."""
SURE = 0.95
"""The confidence in containers that the outlet's own rules name."""


def find_body(document: Document, headline: str | None) -> Body:
    """Find the article's text: blocks in order, their positions, their links, and how sure that is."""
    reading = read(document, headline)
    head = head_segments(document, reading.cut, reading.shapes, headline)
    if named := tuple(document.select(document.rules.body)):
        kept = choose_inside(reading, headline, head, frozenset(inner for one in named for inner in one.iter("*")))
        if kept:
            return _assemble(document, reading, kept, named, "rules", SURE)
    kept = choose(reading, headline, head)
    sure = expected(reading, kept)
    if sum(reading.shapes[number].words for number in kept) < FEW_WORDS and (body := _from_state(document, reading)):
        return body
    if sure < LEAST and (others := last_resort(document, reading)):
        return _assemble(document, reading, others, (), "trafilatura", sure)
    return _assemble(document, reading, kept, (), "segments", sure)


def _assemble(
    document: Document,
    reading: Reading,
    kept: list[int],
    containers: tuple[HtmlElement, ...],
    strategy: str,
    confidence: float,
) -> Body:
    """Make a body of the segments with these numbers."""
    container = reading.around.best
    stamps = entry_stamps(document, reading.cut, kept)
    blocks: list[Block] = []
    positions: list[int] = []
    found: list[Link] = []
    for number in kept:
        segment = reading.cut.segments[number]
        found += links(document, segment, len(blocks))
        block = as_block(reading.cut, segment, container)
        blocks.append(replace(block, published=stamps[number]) if number in stamps else block)
        positions.append(max(position(document, segment), positions[-1] if positions else 0))
    if kept and not containers:
        containers = (reading.cut.nodes[container].element,)
    return Body(tuple(blocks), tuple(positions), containers, tuple(found), strategy, confidence)


def _from_state(document: Document, reading: Reading) -> Body | None:
    """A body from a script's data, where the page's markup does not show the beginning of that same text."""
    found = find_state(document)
    if not found:
        return None
    script, text = found
    blocks = text.blocks
    starts = {letters(block.text)[:SHINGLE] for block in blocks[:3]}
    if any(letters(segment.text)[:SHINGLE] in starts for segment in reading.cut.segments):
        return None
    positions = (document.position(script),) * len(blocks)
    source = "json-ld" if "ld+json" in (script.get("type") or "") else "state"
    return Body(blocks, positions, (script,), (), source, LEAST, text.drawn)
