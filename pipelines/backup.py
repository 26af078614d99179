"""A copy of the database while others read and write it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlite_utils import Database

from pipelines.database import DatabaseError


def backup(db: Database, target: Path) -> int:
    """Copy a database as it stands at one moment into an empty file or a new one; give the size of the copy in bytes.

    A crawl that runs meanwhile goes on writing (https://sqlite.org/c3ref/backup_finish.html).

    Args:
        db: of `open_reader`.
        target: where to.

    Raises:
        DatabaseError: the copy is damaged.
        sqlite3.Error: it cannot be written.
    """
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        db.conn.backup(copy)  # in one step: one read transaction, which stops no writer
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DatabaseError(f"the copy is damaged: {found}")
        copy.execute("PRAGMA journal_mode = DELETE")
    return target.stat().st_size


def check_target(source: Path, target: Path) -> None:
    """Refuse to put a copy in the place of the database itself. Raises `DatabaseError`."""
    if target.exists() and source.exists() and target.samefile(source):
        raise DatabaseError(f"{target} is the database itself")


def forget_log(target: Path) -> None:
    """Take away the log of a copy that stood there before; the new one would be read with it."""
    for ending in ("-wal", "-shm"):
        target.with_name(target.name + ending).unlink(missing_ok=True)
