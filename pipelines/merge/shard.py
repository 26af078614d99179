"""A database that is merged into another: opened, examined, and read without ever being changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipelines.database import DatabaseError, open_reader
from pipelines.database_error import explain


class ShardError(DatabaseError):
    """A shard cannot be read to its end; the message is one line that names it."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard as it was found."""

    path: Path
    articles: int
    since: str
    """When its first page was received; empty where it has none."""


def examined(paths: Iterable[Path], database: Path | None = None) -> list[Shard]:
    """Look at every shard before anything is written; give them by when their first page was received, each once.

    Raises:
        DatabaseError: one of them cannot be merged, or is the database itself.
    """
    found: dict[tuple[int, int], Shard] = {}
    for path in paths:
        with reading(path) as db:
            if database is not None and database.exists() and database.samefile(path):
                raise DatabaseError(f"{path} is the database itself, and cannot be merged into it")
            articles, since = _looked_at(db, path)
        about = path.stat()
        found.setdefault((about.st_dev, about.st_ino), Shard(path, articles, since))
    return sorted(found.values(), key=lambda shard: (shard.since, shard.path.name, str(shard.path)))


def _looked_at(db: Database, path: Path) -> tuple[int, str]:
    sql = "SELECT (SELECT count(*) FROM article), (SELECT ifnull(min(fetched_at), '') FROM fetch)"
    try:
        ((articles, since),) = rows(db, path, sql)
        return articles, since
    except ShardError:  # a damaged one is told of when its turn comes
        return 0, ""


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open a shard; what its file is to blame for comes as `ShardError`."""
    try:
        # A log beside it means that its writer still lives, or was killed.
        db = open_reader(path, nobody_writes=not path.with_name(path.name + "-wal").exists())
    except DatabaseError as problem:
        said = str(problem)
        if "older redtop" in said:
            said = f"{path} was written by an older redtop; `redtop reextract --db {path}` updates it"
        raise ShardError(said) from problem
    try:
        yield db
    finally:
        db.close()


def check(db: Database, path: Path) -> None:
    """Read a shard's file through, so that a damaged one is known before it is begun. Raises `ShardError`."""
    for (told,) in rows(db, path, "PRAGMA quick_check(1)"):
        if told != "ok":
            raise ShardError(f"{path} is damaged (the sqlite3 shell's .recover may save what is left)")


def rows(db: Database, path: Path, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """Put a question to a shard. Raises `ShardError`."""
    try:
        return db.conn.execute(sql, values).fetchall()
    except sqlite3.Error as problem:
        raise ShardError(str(explain(path, problem))) from problem
