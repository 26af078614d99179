"""trafilatura's choice, told in our segments, for pages that our own recipe is not sure of."""

from __future__ import annotations

import warnings
from copy import deepcopy

from extractors.body.cues import WORD
from extractors.body.reading import Reading
from extractors.body.surroundings import letters
from extractors.document import Document

LEAST = 0.4
"""Below this confidence the last resort is asked."""
PREFIX = 40
MOST_ELEMENTS = 8_000
"""Elements of a page beyond which it is not asked: it copies the tree several times over. Pages of news have 700, the
largest of a thousand had 5,000."""
LONGEST_TEXT = 1_000_000
"""Characters of text beyond which it is not asked: its time grows faster than the page."""


def last_resort(document: Document, reading: Reading) -> list[int]:
    """Numbers of the segments that trafilatura takes for the text; empty where it finds none."""
    segments = reading.cut.segments
    if len(document.elements) > MOST_ELEMENTS or sum(len(segment.text) for segment in segments) > LONGEST_TEXT:
        return []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its download part, which is never used here, misses a library of its own
        from trafilatura import extract  # a heavy import that most pages never need
    try:
        text = extract(deepcopy(document.tree), include_comments=False, include_tables=False, fast=True)
    except Exception:  # whatever it trips over in a strange tree, the page has our own reading
        return []
    starts = {letters(line)[:PREFIX] for line in (text or "").split("\n") if len(WORD.findall(line)) > 3}
    return [
        number for number, segment in enumerate(segments) if (own := letters(segment.text)[:PREFIX]) and own in starts
    ]
