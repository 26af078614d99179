"""The weights of a segment's cues, laid out so that most of a segment's sum is looked up at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from extractors.body.cues import FEW, SOME, Shape, Trait, trait_cues

KNOWN = 4096
"""Sets of names whose weights are kept, for the next element and the next page."""


class NameWeights(NamedTuple):
    """What the names of an element weigh for its own text, for that of its children, and for all text in it."""

    own: float
    children: float
    path: tuple[tuple[str, float], ...]
    """Each name with its weight, because it counts once on a path."""


class CueWeights:
    """What each cue adds to the log-odds that a segment is text."""

    def __init__(self, names: Mapping[str, float]) -> None:
        """Lay out weights that are given by the cues' names (`cues.cues`, `evidence.named_cues`); "" is the base."""
        self.names = names
        own, children, path = _after(names, "0"), _after(names, "1"), _after(names, "*")
        self._names = {
            token: (own.get(token, 0.0), children.get(token, 0.0), path.get(token, 0.0))
            for token in sorted({*own, *children, *path})
        }
        self.of_names = lru_cache(maxsize=KNOWN)(self._of_names)
        """`NameWeights` of an element's names (`Node.tokens`)."""
        self._base = names.get("", 0.0)
        self._short = _after(names, "w:")
        self._longer = _after(names, "v:")
        self._first = _after(names, "^")
        self._traits: tuple[dict[Trait, float], ...] = ({}, {}, {})

    def of(self, measured: Shape) -> float:
        """Sum the weights of a segment's cues, and the base."""
        total = self._base
        for group, trait in enumerate(measured.traits):
            known = self._traits[group].get(trait)
            total += self._learn(group, trait) if known is None else known
        said = measured.said
        if not said:
            return total
        first = said[0]
        total += self._first.get(first, 0.0)
        if len(said) > 1:
            total += self._first.get(f"{first} {said[1]}", 0.0)
        if measured.words <= SOME:
            get = (self._short if measured.words <= FEW else self._longer).get
            total += sum(filter(None, map(get, dict.fromkeys(said))))
        return total

    def _of_names(self, tokens: tuple[str, ...]) -> NameWeights:
        own = children = 0.0
        path: list[tuple[str, float]] = []
        get = self._names.get
        for token in tokens:
            if weights := get(token):
                own += weights[0]
                children += weights[1]
                if weights[2]:
                    path.append((token, weights[2]))
        return NameWeights(own, children, tuple(path))

    def _learn(self, group: int, trait: Trait) -> float:
        """Sum what a trait's cues weigh; a trait is a few steps, so that there are only so many."""
        total = sum([self.names.get(cue, 0.0) for cue in trait_cues(group, trait)])
        self._traits[group][trait] = total
        return total


def _after(names: Mapping[str, float], mark: str) -> dict[str, float]:
    return {name[len(mark) :]: weight for name, weight in names.items() if name.startswith(mark)}
