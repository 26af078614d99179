"""How likely each segment is text of an article, from its own words and from the names of the elements around it."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.body.cue_weights import CueWeights, NameWeights
from extractors.body.cues import Shape
from extractors.body.segments import Cut, Node

_NOTHING = NameWeights(0.0, 0.0, ())
OUTERMOST = frozenset({"html", "body"})
"""Elements whose names are heard only for the text directly in them."""


def alone(cut: Cut, shapes: list[Shape], weights: CueWeights) -> list[float]:
    """Log-odds for each segment, judged alone: the sum of the weights of its cues and of its elements' names."""
    of = weights.of
    by_node = _names_of(cut.nodes, weights)
    return [by_node[segment.node] + of(measured) for segment, measured in zip(cut.segments, shapes, strict=True)]


def _names_of(nodes: list[Node], weights: CueWeights) -> list[float]:
    """For each node the weights of its own names, of its parent's, and of all on its path, each name once."""
    held: dict[str, int] = {}
    path: list[int] = []
    above = 0.0
    own: list[float] = []
    sums: list[NameWeights] = []
    for index, node in enumerate(nodes):
        parent = node.parent
        while path and path[-1] != parent:
            for token, weight in sums[path.pop()].path:
                held[token] -= 1
                if not held[token]:
                    above -= weight
        told = weights.of_names(node.tokens)
        outermost = node.tag in OUTERMOST
        sums.append(_NOTHING if outermost else told)
        if not outermost:
            for token, weight in told.path:
                count = held.get(token, 0)
                if not count:
                    above += weight
                held[token] = count + 1
        path.append(index)
        own.append(above + told.own + (sums[parent].children if index else 0.0))
    return own


def named_cues(cut: Cut) -> Iterator[set[str]]:
    """Give for each segment the names that `alone` weighs, as the training counts them."""
    paths: list[frozenset[str]] = []
    for index, node in enumerate(cut.nodes):
        above = paths[node.parent] if index else frozenset()
        paths.append(above if node.tag in OUTERMOST else above | {"*" + token for token in node.tokens})
    for segment in cut.segments:
        node = cut.nodes[segment.node]
        parent = cut.nodes[node.parent]
        cues = set(paths[segment.node]) | {"0" + token for token in node.tokens}
        if segment.node and parent.tag not in OUTERMOST:
            cues |= {"1" + token for token in parent.tokens}
        yield cues
