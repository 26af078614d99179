"""Elements of one make that mostly hold text hold it all: the captions of a list of posts that set it in headings."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.body.close import SENTENCE, is_sentence
from extractors.body.reading import Reading

FEWEST = 4
"""Segments of one make from which they speak for each other."""
LIKELY = 0.5
"""The share of a make's words that must be judged likely."""
LEAST = -2.0
"""The log-odds below which a segment is not taken for its likes' sake."""


def with_siblings(reading: Reading, likely: Sequence[bool]) -> list[bool]:
    """Take the sentences in elements whose likes, by tag and classes, are mostly taken."""
    makes: dict[tuple[str, str], list[int]] = {}
    nodes, segments = reading.cut.nodes, reading.cut.segments
    for number, (measured, value) in enumerate(zip(reading.shapes, reading.odds, strict=True)):
        if value > LEAST and measured.words >= SENTENCE:
            node = nodes[segments[number].node]
            if node.names and is_sentence(segments[number].text, measured.words):
                makes.setdefault((node.tag, node.names), []).append(number)
    taken = list(likely)
    for numbers in makes.values():
        if len(numbers) < FEWEST:
            continue
        words = sum(reading.shapes[number].words for number in numbers)
        if sum(reading.shapes[number].words for number in numbers if likely[number]) > LIKELY * words:
            for number in numbers:
                taken[number] = True
    return taken
