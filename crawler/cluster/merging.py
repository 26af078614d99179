"""Finished shards into the database, while the other units are still being done."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

from crawler.cluster.folder import Folder
from crawler.frontier.schema import frontier
from crawler.one_line import one_line
from pipelines.database import DatabaseError
from pipelines.merge import merge

AT_ONCE = 16
"""Shards of one call, so that what lies elsewhere is never held whole."""


class Merger:
    """Merges in a thread of its own, in whatever order the shards come; what cannot be merged is told, not raised."""

    def __init__(self, folder: Folder, database: Path) -> None:
        self._folder, self._database = folder, database
        self._names: SimpleQueue[str | None] = SimpleQueue()
        self.merged = 0
        """Shards."""
        self.waiting = 0
        self.new = 0
        """Articles that the database did not have."""
        self.failed: dict[str, str] = {}
        """Why a shard was not merged, by its name."""
        self._thread = Thread(target=self._run, name="redtop-merge", daemon=True)
        self._thread.start()

    def put(self, name: str) -> None:
        """Have a finished shard merged."""
        self.waiting += 1
        self._names.put(name)

    def close(self) -> None:
        """Wait until all of them are merged."""
        self._names.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (names := self._next()) is not None:
            if not self._merge(names) and len(names) > 1:
                for name in names:
                    self._merge([name])
            self.waiting -= len(names)

    def _next(self) -> list[str] | None:
        first = self._names.get()
        if first is None:
            return None
        names = [first]
        while len(names) < AT_ONCE:
            try:
                name = self._names.get_nowait()
            except Empty:
                break
            if name is None:
                self._names.put(None)
                break
            names.append(name)
        return names

    def _merge(self, names: list[str]) -> bool:
        """Merge some shards; give whether it could be done."""
        try:
            with ExitStack() as stack:
                paths = [stack.enter_context(self._folder.here(name)) for name in names]
                report = merge(paths, self._database, more=[frontier])
            if report.failed:
                raise DatabaseError("; ".join(report.failed))
        except Exception as problem:  # whatever is wrong with a shard, the others are merged
            if len(names) == 1:
                self.failed[names[0]] = one_line(problem)
            return False
        self.merged += len(names)
        self.new += report.new
        for name in names:
            self.failed.pop(name, None)  # of the call that it shared with a bad one
        return True
