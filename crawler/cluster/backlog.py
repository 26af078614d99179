"""Finished shards on their way into the database."""

from __future__ import annotations

import time
from collections import deque

from crawler.cluster.merging import Merger
from crawler.cluster.report import RunReport

AHEAD = 2
"""Shards that the merger has: one in hand and one that waits. A run that is stopped waits for those alone."""


class Backlog:
    """Gives shards to the merger as it comes to them."""

    def __init__(self, merger: Merger, report: RunReport) -> None:
        self._merger, self._report = merger, report
        self._waiting: deque[tuple[str, str | None]] = deque()
        self._given = 0
        self._began: float | None = None

    def put(self, name: str, mark: str | None) -> None:
        """Add a finished shard, by the mark of its manifest; one that the database has is only counted.

        Without a mark it is not remembered: it changes with every run.
        """
        if mark is not None and self._merger.has(mark):
            self._report.there += 1
            self._report.to_merge -= 1
            return
        self._began = self._began or time.monotonic()
        self._waiting.append((name, mark))
        self.tend()

    def tend(self) -> bool:
        """Give the merger what it has room for, and tell how far it is; say whether anything is left to merge."""
        ended = self._merger.merged + len(self._merger.failed)
        while self._waiting and self._given - ended < AHEAD:
            self._merger.put(*self._waiting.popleft())
            self._given += 1
        self._report.merged = self._merger.merged
        if self._began is not None:
            self._report.merging = time.monotonic() - self._began
        return bool(self._waiting) or self._given > ended

    def close(self) -> None:
        """Wait for what the merger has; what it has not got yet is left to the next run.

        Raises:
            DatabaseError: the database cannot be completed.
        """
        self._waiting.clear()
        try:
            self._merger.close()
        finally:
            self._report.merged, self._report.unmerged = self._merger.merged, dict(self._merger.failed)
