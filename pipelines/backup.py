"""A copy of the database while others read and write it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkstemp

from pipelines.database import DatabaseError, open_reader, speaking


def backup(source: Path, target: Path) -> int:
    """Copy a database as it stands at one moment; give the size of the copy in bytes.

    A crawl that runs meanwhile goes on writing. The copy takes its place when it is whole and checked, over an older
    one; where something fails, what stood there stands (https://sqlite.org/c3ref/backup_finish.html).

    Args:
        source: of redtop's database.
        target: of the copy; missing folders above it are made.

    Raises:
        DatabaseError: the source cannot be read, is no database of ours, or the copy cannot be written.
    """
    with closing(open_reader(source)) as db, speaking(target):
        if target.exists() and (not target.is_file() or target.samefile(source)):
            raise DatabaseError(f"{target} is the database itself" if target.is_file() else f"{target} is no file")
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        part = Path(name)
        try:
            _copy(db.conn, part)
            part.chmod(source.stat().st_mode & 0o777)
            part.replace(target)
            for ending in ("-wal", "-shm"):  # of the copy that stood there before
                target.with_name(target.name + ending).unlink(missing_ok=True)
            _flush(target.parent)
        finally:
            part.unlink(missing_ok=True)
        return target.stat().st_size


def _copy(source: sqlite3.Connection, part: Path) -> None:
    with closing(sqlite3.connect(part, isolation_level=None)) as copy:
        source.backup(copy)  # in one step: one read transaction, which stops no writer
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DatabaseError(f"the copy is damaged: {found}")
        copy.execute("PRAGMA journal_mode = DELETE")
    _flush(part)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
