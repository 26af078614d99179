"""Short texts that stand under a picture and are its caption."""

from __future__ import annotations

import re

from extractors.body.blocks import HEADINGS
from extractors.body.reading import Reading

LONGEST = 60
ALONE = 30
"""Words of all text in a picture's element up to which that text is its caption."""
_CREDITED = re.compile(r"[|.!(] ?(?:photo|image|picture|foto)s?(?: by:? |: ?)[^.]{3,40}[.)]?$", re.IGNORECASE)


def is_caption(reading: Reading, number: int) -> bool:
    """A short text named as a picture's, by its own element or those around it; "(Image: …)" helps.

    A heading that stands with a picture in a box of its own is what the picture is shown for, and no caption.
    """
    measured, segment = reading.shapes[number], reading.cut.segments[number]
    if measured.words > LONGEST:
        return False
    if measured.words <= ALONE and _CREDITED.search(segment.text[-80:]):
        return True
    node = reading.cut.nodes[segment.node]
    parent = reading.cut.nodes[node.parent]
    inside = reading.around.off[segment.node] > 0
    near = {*node.tokens, *parent.tokens} if inside else set(node.tokens)
    if "@caption" in near or (measured.marked == 1 and "@media" in near):
        return True
    return inside and node.tag not in HEADINGS and "@media" in parent.tokens and _is_alone(reading, node.parent)


def _is_alone(reading: Reading, box: int) -> bool:
    """Whether an element holds a picture and hardly any text."""
    around = reading.around
    if around.off[box] == 0 or around.count[box] > 2 or around.good[box] + around.bad[box] > ALONE:
        return False
    element = reading.cut.nodes[box].element
    return next(element.iter("img", "picture", "amp-img"), None) is not None
