"""Where the text begins: what is taken before its first paragraph and belongs to the line of date and author."""

from __future__ import annotations

import re

from extractors.body.blocks import HEADINGS
from extractors.body.reading import Reading

LONGEST = 14
"""Words of a line of date, author and section."""
LONGEST_BYLINE = 6
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?\b\D{1,16}\b(?:19|20)\d\d\b"
    r"|\b\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d\d\b|\b(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\b"
)
_BYLINE = re.compile(
    r"(?:by|written by|edited by|author:|von|par|por|di|door|av|af) [^\W\d_]+(?: [^\W\d_]\S*){0,4}", re.IGNORECASE
)
_MINUTES = re.compile(r"\b\d{1,2}[ -]?min(?:\b|\.|ut)", re.IGNORECASE)
_CRUMBS = re.compile(r" [»›>] ")


def without_opening(reading: Reading, kept: list[int]) -> list[int]:
    """Leave out lines of date, author, reading time and path before the text."""
    start = 0
    while start < len(kept) - 1 and _is_meta(reading, kept[start]):
        start += 1
    return kept[start:]


def _is_meta(reading: Reading, number: int) -> bool:
    segment, measured = reading.cut.segments[number], reading.shapes[number]
    tag = reading.cut.nodes[segment.node].tag
    if measured.words > LONGEST or measured.ending == "." or tag in HEADINGS:
        return False
    text = segment.text
    if _DAY.search(text) or _CRUMBS.search(text):
        return True
    return measured.words <= LONGEST_BYLINE and bool(_BYLINE.fullmatch(text) or _MINUTES.search(text))
