"""Which segments are taken: by their odds first, then by what an article's text is held to be."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp

from lxml.html import HtmlElement

from extractors.body.blocks import HEADINGS
from extractors.body.captions import is_caption
from extractors.body.close import without_close
from extractors.body.contents import contents
from extractors.body.furniture import is_furniture
from extractors.body.opening import without_opening
from extractors.body.reading import Reading
from extractors.body.segments import Node
from extractors.body.siblings import with_siblings
from extractors.body.surroundings import letters

FLOOR = 0.15
"""No segment less likely than this is taken, whatever the page gains by it."""
BOXES = frozenset(f"@{kind}" for kind in ("comment", "facts", "newsletter", "paywall", "related", "share")) | {
    "<figcaption"
}
"""Regions inside the text's container that are none of the text."""
_MARKS = BOXES | {"<table", "#none"}
LARGEST_BOX = 0.3
"""A region with more than this share of the page's good text is the text, whatever its name."""
LONGEST_CELL = 4
"""Words of a table's segments, on average, up to which it is a table of data."""
COPY = 60
"""Characters from which a text that comes twice is a copy."""


def choose(reading: Reading, headline: str | None, others: Collection[int]) -> list[int]:
    """Numbers of the segments that are the text; `others` are those known to be something else."""
    chances = [chance(odds) for odds in reading.odds]
    bound = _bound(reading, chances)
    likely = [one >= bound for one in chances]
    likely = _with_inner_items(reading, with_siblings(reading, likely))
    return _take(reading, headline, others, likely)


def choose_inside(
    reading: Reading, headline: str | None, others: Collection[int], elements: Collection[HtmlElement]
) -> list[int]:
    """The same where the outlet's rules name the text's containers: all inside but what stands among the text."""
    return _take(reading, headline, others, [segment.element in elements for segment in reading.cut.segments])


def _take(reading: Reading, headline: str | None, others: Collection[int], likely: Sequence[bool]) -> list[int]:
    nodes = reading.cut.nodes
    known, longest = letters(headline or ""), 2 * len(headline or "") + COPY
    boxed = _boxes(reading)
    copies: dict[str, int] = {}
    kept = []
    listed = contents(reading, likely)
    for number, segment in enumerate(reading.cut.segments):
        node = nodes[segment.node]
        if not likely[number] or number in others or number in listed or boxed[segment.node]:
            continue
        if is_furniture(segment.text, reading.shapes[number], node.tag) or is_caption(reading, number):
            continue
        if known and len(segment.text) < longest and letters(segment.text) == known:
            continue
        if len(segment.text) > COPY and copies.setdefault(segment.text, node.parent) != node.parent:
            continue
        kept.append(number)
    return without_opening(reading, without_close(reading, kept))


def _with_inner_items(reading: Reading, likely: list[bool]) -> list[bool]:
    """Take the items of a list inside an item that is taken, however short they are."""
    nodes = reading.cut.nodes
    item_of = [0] * len(nodes)
    for index in range(1, len(nodes)):
        item_of[index] = index if nodes[index].tag == "li" else item_of[nodes[index].parent]
    taken: set[int] = set()
    for number, segment in enumerate(reading.cut.segments):
        item = item_of[segment.node]
        if item and not likely[number] and nodes[item].parent:
            likely[number] = item_of[nodes[item].parent] in taken and reading.shapes[number].link_share < 0.5
        if item and likely[number]:
            taken.add(item)
    return likely


def chance(odds: float) -> float:
    """The probability that log-odds mean."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def expected(reading: Reading, kept: Collection[int]) -> float:
    """The F1 by words that the odds of all segments let expect of a choice, from 0 to 1."""
    weights = [measured.words for measured in reading.shapes]
    chances = [chance(odds) for odds in reading.odds]
    everything = sum(one * weight for one, weight in zip(chances, weights, strict=True))
    taken = sum(weights[number] for number in kept)
    true = sum(chances[number] * weights[number] for number in kept)
    return 2 * true / (taken + everything) if taken + everything else 0.0


def _bound(reading: Reading, chances: Sequence[float]) -> float:
    """The least probability to take: the one at which the expected F1 is greatest, never above one half."""
    rated = sorted(((one, measured.words) for one, measured in zip(chances, reading.shapes, strict=True)), reverse=True)
    everything = sum(one * weight for one, weight in rated)
    taken = true = best = 0.0
    bound = 0.5
    for one, weight in rated:
        if one < FLOOR:
            break
        taken, true = taken + weight, true + one * weight
        if taken and 2 * true / (taken + everything) > best:
            best, bound = 2 * true / (taken + everything), one
    return min(bound, 0.5)


def _boxes(reading: Reading) -> list[bool]:
    """For each node whether it lies in a region that is none of the text.

    A heading is no region, whatever it is named: its id is often its own words.
    """
    around = reading.around
    boxed: list[bool] = []
    for index, node in enumerate(reading.cut.nodes):
        if index and boxed[node.parent]:
            boxed.append(True)
        elif around.off[index] == 0 or _MARKS.isdisjoint(node.tokens) or node.tag in HEADINGS:
            boxed.append(False)
        else:
            small = around.good[index] <= LARGEST_BOX * around.total
            named = not BOXES.isdisjoint(node.tokens) or _is_data(reading, index)
            boxed.append((small and named) or _is_unshown_data(node))
    return boxed


def _is_unshown_data(node: Node) -> bool:
    """Microdata for machines in an element that is not shown: it repeats what the page shows."""
    return "#none" in node.tokens and node.element.get("itemscope") is not None


def _is_data(reading: Reading, index: int) -> bool:
    """A table of figures and names, not one that lays out text."""
    around = reading.around
    words = around.good[index] + around.bad[index]
    return reading.cut.nodes[index].tag == "table" and words < LONGEST_CELL * around.count[index]
