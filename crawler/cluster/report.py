"""What a run on a cluster did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

POINTS = 240
"""Moments of which is kept what a worker held; of a longer run every second one, every fourth, …"""


@dataclass(slots=True, kw_only=True)
class RunReport:
    """What a run did; it grows meanwhile."""

    units: int = 0
    known: int = 0
    """Units that an earlier run had finished."""
    done: int = 0
    size: int = 0
    """What there is to do in this run, in the measure of the units."""
    size_done: int = 0
    size_under_way: int = 0
    pages: int = 0
    pages_under_way: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    """Pages that could not be read, by reason."""
    broken: list[str] = field(default_factory=list)
    """What is wrong with the input of finished units."""
    strikes: Counter[str] = field(default_factory=Counter)
    """Failures of units, by reason, those that went well later among them."""
    missing: dict[str, str] = field(default_factory=dict)
    """Input that is not there, with the reason."""
    set_aside: dict[str, str] = field(default_factory=dict)
    """Units that are left alone, with the reason."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Workers that nothing more is sent to, with the reason."""
    there: int = 0
    """Shards that the database had already."""
    to_merge: int = 0
    """The others, those of units that are not done yet among them."""
    merged: int = 0
    """Shards of those that it has by now."""
    merging: float = 0.0
    """Seconds since there was something to merge."""
    unmerged: dict[str, str] = field(default_factory=dict)
    """Shards that could not be merged, with the reason."""
    workers: int = 0
    dashboard: str | None = None
    start_up: float = 0.0
    """Seconds until the workers were ready."""
    seconds: float = 0.0
    """From then on, the merging among it."""
    tail: float = 0.0
    """Seconds of those in which only the merging went on."""
    core_seconds: float = 0.0
    """Of the workers and their readers."""
    memory: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    """What each worker held: seconds since the start, and bytes."""
    is_out_of_time: bool = False
    """Whether it ended because its time was over; what it did not come to is left to the next run."""
    status: str = "running"
    """`running`, `finished`, `interrupted`."""

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None while nothing can be said.

        The units and the merging go on side by side: what counts is the longer one.
        """
        if self.seconds <= 1:
            return None
        far = self.size_done + self.size_under_way
        units = self.seconds * max(0, self.size - far) / far if far else None if self.size else 0.0
        left = self.to_merge - self.merged - len(self.unmerged) - len(self.set_aside)
        merging = self.merging * max(0, left) / self.merged if self.merged else 0.0 if left <= 0 else None
        known = [one for one in (units, merging) if one is not None]
        return max(known) if units is not None and known else None

    @property
    def is_whole(self) -> bool:
        """Whether every unit is done and in the database, and nothing was wrong with any input."""
        wrong = self.missing or self.set_aside or self.unmerged or self.broken
        return self.status == "finished" and not wrong

    def note_memory(self, worker: str, at: float, size: int) -> None:
        """Keep what a worker held at a moment; of a long run fewer moments, as far from each other everywhere."""
        held = self.memory.setdefault(worker, [])
        apart = min((later - before for (before, _), (later, _) in pairwise(held[:5])), default=0.0)
        if held and at - held[-1][0] < 0.9 * apart:
            return
        held.append((at, size))
        if len(held) >= POINTS:
            del held[1::2]
