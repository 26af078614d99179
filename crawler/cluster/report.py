"""What a run on a cluster did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


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
    set_aside: dict[str, str] = field(default_factory=dict)
    """Units that are left alone, with the reason."""
    unmerged: dict[str, str] = field(default_factory=dict)
    """Shards that could not be merged, with the reason."""
    merged: int = 0
    """Shards that are in the database."""
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
    status: str = "running"
    """`running`, `finished`, `interrupted`."""

    @property
    def remaining(self) -> float | None:
        """Seconds that the rest will take at the pace so far; None while nothing can be said."""
        far = self.size_done + self.size_under_way
        return self.seconds * max(0, self.size - far) / far if far and self.seconds > 1 else None

    @property
    def is_whole(self) -> bool:
        """Whether every unit is done and in the database, and nothing was wrong with any input."""
        return self.status == "finished" and not (self.set_aside or self.unmerged or self.broken)
