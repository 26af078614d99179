"""How likely each segment is text of an article, from its own words and from the names of the elements around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from extractors.body.cue_weights import CueWeights
from extractors.body.cues import Shape
from extractors.body.segments import Cut, Node

_OUTERMOST = frozenset({"html", "body"})
_Told: TypeAlias = "tuple[float, float, tuple[tuple[str, float], ...]]"


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
    known: dict[tuple[str, ...], _Told] = {}
    sums: list[_Told] = []
    for index, node in enumerate(nodes):
        while path and path[-1] != node.parent:
            for token, weight in sums[path.pop()][2]:
                held[token] -= 1
                if not held[token]:
                    above -= weight
        told = known.get(node.tokens)
        if told is None:
            told = known[node.tokens] = _told(node, weights)
        sums.append(told)
        for token, weight in told[2]:
            count = held.get(token, 0)
            if not count:
                above += weight
            held[token] = count + 1
        path.append(index)
        own.append(above + told[0] + (sums[node.parent][1] if index else 0.0))
    return own


def _told(node: Node, weights: CueWeights) -> _Told:
    """What a node's names weigh for its own text, for the text of its children, and for all text in it."""
    tokens = node.tokens
    own = sum([weights.own.get(token, 0.0) for token in tokens])
    if node.tag in _OUTERMOST:
        return own, 0.0, ()
    children = sum([weights.children.get(token, 0.0) for token in tokens])
    path = weights.path
    return own, children, tuple([(token, path[token]) for token in tokens if token in path])


def named_cues(cut: Cut) -> Iterator[set[str]]:
    """Give for each segment the names that `alone` weighs, as the training counts them."""
    paths: list[frozenset[str]] = []
    for index, node in enumerate(cut.nodes):
        above = paths[node.parent] if index else frozenset()
        paths.append(above if node.tag in _OUTERMOST else above | {"*" + token for token in node.tokens})
    for segment in cut.segments:
        node = cut.nodes[segment.node]
        parent = cut.nodes[node.parent]
        cues = set(paths[segment.node]) | {"0" + token for token in node.tokens}
        if segment.node and parent.tag not in _OUTERMOST:
            cues |= {"1" + token for token in parent.tokens}
        yield cues
