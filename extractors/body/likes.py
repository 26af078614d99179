"""Segments of one make are judged alike: the second slide of a gallery is text if the first and third are."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.body.cues import Shape

SHARE = 0.3
"""How much of a segment's odds comes from its likes."""
FEWEST = 3
CUT = 4.0
"""A single segment's odds count in the mean up to this, on both sides."""
MOST_WORDS = 40
"""What a long segment counts at most in the mean; a short one counts at least two words."""


def level(odds: Sequence[float], groups: Sequence[int], shapes: Sequence[Shape]) -> list[float]:
    """Draw the log-odds of each segment towards the mean of its group, where that has members enough.

    `groups` gives each segment's group by its number.
    """
    sums: dict[int, list[float]] = {}
    for value, group, measured in zip(odds, groups, shapes, strict=True):
        weight = min(measured.words, MOST_WORDS) + 2
        held = sums.setdefault(group, [0, 0.0, 0.0])
        held[0] += 1
        held[1] += weight
        held[2] += weight * max(-CUT, min(CUT, value))
    means = {group: total / weight for group, (count, weight, total) in sums.items() if count >= FEWEST}
    return [
        (1 - SHARE) * value + SHARE * means[group] if group in means else value
        for value, group in zip(odds, groups, strict=True)
    ]
