"""The recipe for the body."""

from __future__ import annotations

from math import exp

from extractors.article import Block
from extractors.body.blocks import as_block, links, position
from extractors.body.reading import Reading, read
from extractors.body.result import Body, Link
from extractors.body.segments import Segment
from extractors.document import Document


def find_body(document: Document, headline: str | None) -> Body:
    """Find the article's text: blocks in order, their positions, their links, and how sure that is."""
    reading = read(document, headline)
    kept = _keep(reading, headline)
    blocks: list[Block] = []
    positions: list[int] = []
    found: list[Link] = []
    for number in kept:
        segment = reading.cut.segments[number]
        found += links(document, segment, len(blocks))
        blocks.append(as_block(reading.cut, segment, reading.container))
        positions.append(max(position(document, segment), positions[-1] if positions else 0))
    containers = (reading.cut.nodes[reading.container].element,) if kept else ()
    return Body(tuple(blocks), tuple(positions), containers, tuple(found), "segments", _confidence(reading, kept))


def _keep(reading: Reading, headline: str | None) -> list[int]:
    """Numbers of the segments that are text, without copies and the headline."""
    kept: list[int] = []
    seen: set[str] = {headline} if headline else set()
    for number, (segment, odds) in enumerate(zip(reading.cut.segments, reading.odds, strict=True)):
        if odds > 0 and not _is_copy(segment, seen):
            kept.append(number)
    return kept


def _is_copy(segment: Segment, seen: set[str]) -> bool:
    if segment.text in seen:
        return True
    if len(segment.text) > 60:
        seen.add(segment.text)
    return False


def _confidence(reading: Reading, kept: list[int]) -> float:
    """The F1 that the odds of all segments let expect, by words."""
    chances = [1 / (1 + exp(-max(-30.0, min(30.0, value)))) for value in reading.odds]
    weights = [measured.words for measured in reading.shapes]
    all_true = sum(chance * weight for chance, weight in zip(chances, weights, strict=True))
    taken = sum(weights[number] for number in kept)
    true = sum(chances[number] * weights[number] for number in kept)
    return 2 * true / (taken + all_true) if taken + all_true else 0.0
