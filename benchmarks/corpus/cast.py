"""Who is written about: invented celebrities, some far better known than others, with the people around them."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate

from benchmarks.corpus.words import FORENAMES, invented

KNOWN = 3000
"""Celebrities; the n-th is written about as often as 1 / (n + 12): the first of all in one event of fifty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Celebrity:
    """Somebody who is news."""

    name: str
    partner: str
    """Who is named beside them more often than anybody else."""
    sayings: list[tuple[datetime, str]] = field(default_factory=list)
    """What was quoted of them before, since when, and may be quoted again as background."""

    @property
    def surname(self) -> str:
        return self.name.rpartition(" ")[2]


class Cast:
    """All of them."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._surnames = [word.capitalize() for word in invented(chance, 5200) if len(word) > 4]
        names = list(dict.fromkeys(self.anybody() for _ in range(2 * KNOWN + 400)))
        self.celebrities = [
            Celebrity(name=names[2 * number], partner=names[2 * number + 1])
            for number in range(min(KNOWN, len(names) // 2))
        ]
        self._weights = list(accumulate(1 / (rank + 12) for rank in range(len(self.celebrities))))

    def celebrity(self) -> Celebrity:
        """Draw one, the well-known more often."""
        return self._chance.choices(self.celebrities, cum_weights=self._weights)[0]

    def anybody(self) -> str:
        """Make a name."""
        return f"{self._chance.choice(FORENAMES)} {self._chance.choice(self._surnames)}"
