"""The database that shards are folded into, open for as long as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlite_utils import Database, Migrations

from pipelines.database import LONG_LOG, close_writer, open_writer, shorten_log, speaking
from pipelines.merge.connections import Connections
from pipelines.merge.fold import fold
from pipelines.merge.progress import MergeProgress, MergeReport
from pipelines.merge.shard import Shard, ShardError


class Into:
    """A context manager. It may be handed from one thread to another, but used by one at a time.

    Other programs may write to the database meanwhile, though not while a shard is folded in.
    """

    def __init__(self, database: Path, more: Sequence[Migrations] = ()) -> None:
        """Open the database, made where there is none, with these migrations beside the project's own.

        Raises:
            DatabaseError: it cannot be used.
        """
        self._path = database
        self._db = open_writer(database, *more)
        try:
            with speaking(database):
                self._connections = Connections(self._db)
        except BaseException:
            close_writer(self._db)
            raise
        self._limit = LONG_LOG

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def db(self) -> Database:
        """The open database, for what the caller keeps in it beside; to be used between two shards."""
        return self._db

    def take(
        self, shards: Sequence[Shard], note: Callable[[MergeProgress], None] = lambda progress: None
    ) -> MergeReport:
        """Fold in shards as `pipelines.merge.shard.examined` gives them; see `pipelines.merge.merge`.

        Raises:
            DatabaseError: the database cannot be written to; what is committed stays.
        """
        report = MergeReport()
        with speaking(self._path):
            for done, shard in enumerate(shards):
                try:
                    report.add(fold(self._db, self._connections, shard, _noting(note, shard, done, len(shards))))
                except ShardError as problem:
                    report.failed.append(str(problem))
                    continue
                self._limit = shorten_log(self._db, self._path, self._limit)
        return report

    def close(self) -> None:
        """Close the database."""
        with speaking(self._path):
            close_writer(self._db)


def _noting(note: Callable[[MergeProgress], None], shard: Shard, done: int, shards: int) -> Callable[[int], None]:
    return lambda made: note(MergeProgress(shard.path, done, shards, made, shard.articles))
