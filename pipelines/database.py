"""Opening the SQLite file: for the one who writes and for those who read."""

from __future__ import annotations

import logging
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database, Migrations

from pipelines.database_error import DatabaseError, check_file, explain
from pipelines.schema import redtop

__all__ = [
    "DatabaseError",
    "close_writer",
    "is_fixed",
    "open_reader",
    "open_writer",
    "savepoint",
    "shorten_log",
    "speaking",
    "transaction",
]

PATIENCE = 30.0
"""Seconds that a connection waits for another one's lock."""
CACHE = 128 * 2**20
"""Bytes of the writer's page cache at most: with SQLite's own 2 MB no batch fits, and its pages are written twice."""
LOG = 256 * 2**20
"""Bytes of the write-ahead log from which on it is folded into the file, so that a page changed by each of many batches
is folded in once. With SQLite's own 4 MB a database of 50,000 articles takes two thirds of the articles a second; of
300,000 one with 64 MB, and as much cache, takes nine tenths."""
LONG_LOG = 2 * LOG
"""Bytes of the log from which on the writer waits for a moment without readers, to start it anew."""
SHORTENING = 2.0
"""Seconds that it waits."""
MANY = 5_000
"""Articles from which on an update that looks at all of them is announced."""
PACE = 15_000
"""Articles that it looks at in a minute."""

Location = str | os.PathLike[str]


def open_writer(path: Location, *more: Migrations, patience: float = PATIENCE) -> Database:
    """Open a database for writing, made where there is none and brought up to date where it is older.

    The connection commits nothing of its own: a transaction begins with `BEGIN IMMEDIATE` (see `transaction`). It may
    be handed from one thread to another, but used by one at a time.

    `synchronous` is FULL: each commit is on the disk before it returns, so a power cut takes back no row whose page
    nobody fetches again; with commits in batches it costs about a tenth (benchmarks/store.py).

    Args:
        path: of the file; missing folders above it are made.
        more: further sets of migrations, applied after the project's own.
        patience: seconds to wait for another program's lock.

    Raises:
        DatabaseError: the file is locked, read-only, of a newer version, another program's or no database.
    """
    file = Path(path)
    with speaking(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        check_file(file, os.R_OK | os.W_OK)
        connection = _connect(file, "rwc", patience)
        try:
            db = Database(connection, execute_plugins=False)
            _check_owner(file, db, may_be_empty=True)
            if _is_published(db):
                raise DatabaseError(f"{file} is a copy made by `redtop publish`; nothing is written to it")
            _check_versions(file, db, (redtop, *more))
            _use_wal(connection, patience)
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{CACHE // 1024}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {LOG // 4096}")
            connection.execute("PRAGMA foreign_keys = OFF")
            _migrate(db, (redtop, *more))
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return db


def open_reader(path: Location, *more: Migrations, patience: float = PATIENCE, nobody_writes: bool = False) -> Database:
    """Open a database for reading only; it must exist and have exactly this program's schema.

    Args:
        path: of the file.
        more: further sets of migrations that must have been applied.
        patience: seconds to wait for another program's lock.
        nobody_writes: whether the file is sure to stay as it is; then no file for locks is made beside it.

    Raises:
        DatabaseError: there is no such file, or it is older, newer, another program's or no database.
    """
    file = Path(path)
    with speaking(file):
        check_file(file, os.R_OK)
        if not file.exists():
            raise DatabaseError(f"{file}: no such database")
        connection = _connect(file, "ro&immutable=1" if nobody_writes or is_fixed(file) else "ro", patience)
        try:
            db = Database(connection, execute_plugins=False)
            _check_owner(file, db, may_be_empty=False)
            _check_versions(file, db, (redtop, *more))
            if any(known.pending(db) for known in (redtop, *more)):
                if _is_published(db):
                    raise DatabaseError(
                        f"{file} was published by an older redtop: read it with that one, or publish it anew"
                    )
                raise DatabaseError(
                    f"{file} was written by an older redtop; a command that writes, such as `redtop crawl`, updates it"
                )
        except BaseException:
            connection.close()
            raise
        return db


def is_fixed(path: Location) -> bool:
    """Tell whether a database has to be read as a file that nobody changes: its folder takes no lock files, and there
    is no log beside it.
    """
    file = Path(path)
    return not os.access(file.parent, os.W_OK) and not file.with_name(file.name + "-wal").exists()


def shorten_log(db: Database, path: Location, over: int) -> int:
    """Empty the write-ahead log where readers that never pause have let it grow; give the size to try again from.

    SQLite starts the log anew only at a moment without readers of older states. Here the writer waits for one, for at
    most `SHORTENING` seconds; new readers go on meanwhile (https://www.sqlite.org/pragma.html#pragma_wal_checkpoint).

    Args:
        db: of the one who writes, outside a transaction.
        path: of the database.
        over: bytes up to which nothing is done.
    """
    log = Path(path).with_name(Path(path).name + "-wal")
    if not log.exists() or log.stat().st_size <= over:
        return over
    patience = db.conn.execute("PRAGMA busy_timeout").fetchone()[0]
    db.conn.execute(f"PRAGMA busy_timeout = {int(1000 * SHORTENING)}")
    try:
        is_busy = db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        db.conn.execute(f"PRAGMA busy_timeout = {patience}")
    return log.stat().st_size + LONG_LOG if is_busy and log.exists() else LONG_LOG


def close_writer(db: Database) -> None:
    """Fold the write-ahead log into the file as far as readers and the disk allow, refresh statistics, and close.

    What is not folded in stays in the log, which is as good.
    """
    try:
        db.conn.execute("PRAGMA optimize")
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError as problem:
        passing = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
        if problem.sqlite_errorcode & 0xFF not in passing:
            raise
    finally:
        db.close()


@contextmanager
def speaking(path: Location) -> Iterator[None]:
    """Turn what SQLite or the system raises inside into a `DatabaseError` about this file."""
    try:
        yield
    except (sqlite3.Error, OSError) as problem:
        raise explain(Path(path), problem) from problem


@contextmanager
def transaction(db: Database) -> Iterator[Database]:
    """Hold the write lock from the start, commit at the end, roll back on an exception.

    A deferred transaction that reads and then writes would fail at once, whatever the patience, where another
    process wrote in between.
    """
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.conn.execute("COMMIT")
    except BaseException:
        if db.conn.in_transaction:
            db.conn.execute("ROLLBACK")
        raise


@contextmanager
def savepoint(db: Database) -> Iterator[Database]:
    """Take back what was written inside, and only that, on an exception; the transaction around it goes on."""
    execute = db.conn.execute
    execute("SAVEPOINT inner")
    try:
        yield db
    except BaseException:
        if db.conn.in_transaction:  # else SQLite itself took back the whole of it
            execute("ROLLBACK TO inner")
            execute("RELEASE inner")
        raise
    execute("RELEASE inner")


def _connect(file: Path, mode: str, patience: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"file:{quote(str(file.absolute()))}?mode={mode}",
        uri=True,
        timeout=patience,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=512,
    )


def _use_wal(connection: sqlite3.Connection, patience: float) -> None:
    """Switch to write-ahead logging; SQLite's own patience does not cover the switch, hence the loop."""
    deadline = time.monotonic() + patience
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        time.sleep(0.01)


def _migrate(db: Database, sets: tuple[Migrations, ...]) -> None:
    """Apply what is pending, all of it or nothing, under the write lock; each migration is a savepoint of its own.

    Foreign keys are off meanwhile, so that a migration may rebuild a table, and are checked before the commit
    (https://www.sqlite.org/lang_altertable.html#otheralter).
    """
    if not any(known.pending(db) for known in sets):
        return
    with transaction(db):
        for known in sets:
            known.apply(db)
        _fill(db)
        if broken := db.conn.execute("PRAGMA foreign_key_check").fetchone():
            raise sqlite3.IntegrityError(f"the update would break a reference of table {broken[0]}")


def _fill(db: Database) -> None:
    """Compute what follows from the articles of a database that is older than its tables for that."""
    if db.conn.execute("SELECT 1 FROM article WHERE story_id IS NULL LIMIT 1").fetchone():
        from pipelines.rebuild import rebuild

        (articles,) = db.conn.execute("SELECT count(*) FROM article").fetchone()
        if articles >= MANY:
            said = "bringing the database up to this version of redtop, once: %d articles, about %d min"
            logging.getLogger(__name__).warning(said, articles, 1 + articles // PACE)
        rebuild(db)


def _check_owner(file: Path, db: Database, *, may_be_empty: bool) -> None:
    """Refuse a database that another program made."""
    tables = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if tables and not redtop.applied(db):
        raise DatabaseError(f"{file} is a database of another program")
    if not tables and not may_be_empty:
        raise DatabaseError(f"{file} is an empty database")


def _is_published(db: Database) -> bool:
    return db.conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'dataset'").fetchone() is not None


def _check_versions(file: Path, db: Database, sets: tuple[Migrations, ...]) -> None:
    """Refuse a database with a migration that this program does not know."""
    for known in sets:
        names = {migration.name for migration in known._migrations}
        if any(applied.name not in names for applied in known.applied(db)):
            raise DatabaseError(f"{file} was written by a newer redtop; update the program")
