"""Which part of the page is cut: the smallest element that holds nearly all sentences, and sentences outside it.

Menus, lists of links and footers are most of a page's elements and hold next to none of its text; what is left out here
is never measured.
"""

from __future__ import annotations

from bisect import bisect_left

from lxml.html import HtmlElement

from extractors.body.names import names
from extractors.body.segments import Cut, Node
from extractors.body.walk import Walk

SENTENCE = 80
"""Characters, mostly not in links, from which a run counts as text when the part is looked for."""
MOST = 600
"""Characters that a run counts at most."""
SHARE = 0.8
"""How much of the page's text the part holds."""
FEWEST = 8
"""Runs that the part holds at least, if the page has as many: beside one long paragraph there may be short ones."""
LINE = 40
"""Characters, mostly not in links, from which a run outside that part is kept."""


def cut(tree: HtmlElement, removed: frozenset[HtmlElement] = frozenset(), *, whole: bool = False) -> Cut:
    """Cut a page into segments, without the elements in `removed`; of a `whole` page nothing else is left out."""
    walk = Walk(tree, removed)
    if not whole:
        _drop(walk)
    nodes: list[Node] = []
    number: dict[int, int] = {}
    lists = names()
    for index in _held(walk):
        parent = number.get(walk.parents[index], 0)
        number[index] = len(nodes)
        nodes.append(Node(walk.elements[index], parent, nodes[parent].depth + 1 if nodes else 0, lists))
    for run in walk.runs:
        run.node = number[run.node]
    return Cut(nodes, walk.runs)


def _drop(walk: Walk) -> None:
    """Leave out the runs that stand outside the part and are no sentences; a main heading stays."""
    first, past = _part(walk)
    elements = walk.elements
    walk.runs = [
        run
        for run in walk.runs
        if first <= run.node < past
        or (len(run.text) >= LINE and 2 * run.link_chars < len(run.text))
        or elements[run.node].tag == "h1"
    ]


def _part(walk: Walk) -> tuple[int, int]:
    """The element of the part and the first after it, as indexes; the root where the page has no sentence."""
    parents = walk.parents
    held = [0] * len(parents)
    for run in walk.runs:
        size = len(run.text)
        if size >= SENTENCE and 2 * run.link_chars < size:
            held[run.node] += min(size, MOST)
    for index in range(len(parents) - 1, 0, -1):
        if held[index]:
            held[parents[index]] += held[index]
    enough = SHARE * held[0]
    if not enough:
        return 0, len(parents)
    first = next(index for index in range(len(parents) - 1, -1, -1) if held[index] >= enough)
    nodes = sorted([run.node for run in walk.runs])
    past = first + 1
    while True:
        while past < len(parents) and parents[past] >= first:
            past += 1
        if not first or bisect_left(nodes, past) - bisect_left(nodes, first) >= FEWEST:
            return first, past
        first = parents[first]


def _held(walk: Walk) -> list[int]:
    """Indexes of the root and of all elements around a run, ascending."""
    parents = walk.parents
    found = {0}
    for run in walk.runs:
        index = run.node
        while index not in found:
            found.add(index)
            index = parents[index]
    return sorted(found)
