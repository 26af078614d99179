"""Finished shards into the database, while the other units are still being done."""

from __future__ import annotations

from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from crawler.cluster.folder import Folder
from crawler.frontier.schema import frontier
from crawler.one_line import one_line
from pipelines.database import DatabaseError
from pipelines.merge import Into
from pipelines.merge.shard import examined


class Merger:
    """Merges in a thread of its own, in whatever order the shards come; what cannot be merged is told, not raised."""

    def __init__(self, folder: Folder, database: Path) -> None:
        """Open the database; one shard after the other is brought here and folded in. Raises `DatabaseError`."""
        self._folder, self._database = folder, database
        self._shards: SimpleQueue[tuple[str, str | None] | None] = SimpleQueue()
        self.merged = 0
        """Shards."""
        self.new = 0
        """Articles that the database did not have."""
        self.failed: dict[str, str] = {}
        """Why a shard was not merged, by its name."""
        self._into = Into(database, [frontier])
        self._marks = {mark for (mark,) in self._into.db.conn.execute("SELECT mark FROM frontier_shard")}
        self._thread = Thread(target=self._run, name="redtop-merge", daemon=True)
        self._thread.start()

    def has(self, mark: str) -> bool:
        """Whether the database had a shard, by the mark of its manifest, when it was opened."""
        return mark in self._marks

    def put(self, name: str, mark: str | None) -> None:
        """Have a finished shard merged, and its mark noted where it has one."""
        self._shards.put((name, mark))

    def close(self) -> None:
        """Wait until all of them are merged. Raises `DatabaseError` where the database cannot be completed."""
        self._shards.put(None)
        self._thread.join()
        self._into.close()

    def _run(self) -> None:
        while (shard := self._shards.get()) is not None:
            name, mark = shard
            try:
                self._merge(name)
                if mark is not None:
                    self._into.db.conn.execute("INSERT OR IGNORE INTO frontier_shard (mark) VALUES (?)", [mark])
                self.merged += 1
            except Exception as problem:  # whatever is wrong with a shard, the others are merged
                self.failed[name] = one_line(problem)

    def _merge(self, name: str) -> None:
        with self._folder.here(name) as path:
            report = self._into.take(examined([path], self._database))
        if report.failed:
            raise DatabaseError("; ".join(report.failed))
        self.new += report.new
