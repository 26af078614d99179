"""Where the text ends: what is taken after its last paragraph and belongs to what follows."""

from __future__ import annotations

from extractors.body.blocks import HEADINGS
from extractors.body.furniture import is_call
from extractors.body.reading import Reading

SENTENCE = 8
"""Words from which a heading that ends with a full stop is a sentence: galleries set their text in headings."""
LONGEST_PROMISE = 15
"""Words of a line that ends with a colon, up to which it only announces what follows."""


def without_close(reading: Reading, kept: list[int]) -> list[int]:
    """Leave out headings and calls to the reader at the end."""
    end = len(kept)
    while end and (_is_bare_heading(reading, kept[end - 1]) or is_call(reading.cut.segments[kept[end - 1]].text)):
        end -= 1
    return kept[:end]


def is_sentence(text: str, words: int) -> bool:
    """Whether a text has the length of a sentence and its full stop."""
    return words >= SENTENCE and text.rstrip("\"'”’»)").endswith((".", "…", "。"))


def _is_bare_heading(reading: Reading, number: int) -> bool:
    segment, words = reading.cut.segments[number], reading.shapes[number].words
    tag = reading.cut.nodes[segment.node].tag
    if tag in HEADINGS:
        return not is_sentence(segment.text, words)
    return segment.text.endswith(":") and words <= LONGEST_PROMISE
