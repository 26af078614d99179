"""Boosted decision trees as plain data: a sum of small trees of comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

Tree: TypeAlias = "float | tuple[int, float, Tree, Tree]"
"""A leaf's value; or the measure's index, the bound, the tree for values up to the bound, the tree for the others."""


def as_tree(data: Any) -> Tree:
    """Read a tree from nested JSON arrays."""
    if isinstance(data, (int, float)):
        return float(data)
    index, bound, low, high = data
    return int(index), float(bound), as_tree(low), as_tree(high)


def total(trees: Sequence[Tree], measures: Sequence[float]) -> float:
    """Sum what the trees say of one row of measures."""
    value = 0.0
    for tree in trees:
        while isinstance(tree, tuple):
            tree = tree[2] if measures[tree[0]] <= tree[1] else tree[3]
        value += tree
    return value
