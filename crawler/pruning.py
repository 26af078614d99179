"""Keeping the archive within bounds: the oldest files go, and the database forgets that they were there."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from crawler.archive import OPEN, SUFFIXES
from pipelines.database import transaction

NEW = 3600.0
"""Seconds for which a file that no row speaks of is left alone."""
SLACK = 0.05
"""Share of the bound that is freed besides where the archive has outgrown it."""
PRUNED = ".pruned"
"""Ends the name of a file that is being deleted; a kill leaves such files to the next prune."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One WARC file of an archive folder."""

    name: str
    """As it is called once its process has closed it."""
    bytes: int
    is_open: bool
    """Whether a process writes to it or was killed while it did; or it is so new that its rows may be on their way."""
    is_known: bool
    """Whether this database has rows that name it; another one may have those of a file that it does not know."""
    pages: int
    """Answers of the database that lie in it."""
    first: str | None
    """When the first and the last of them were received."""
    last: str | None


def archive_files(db: Database, folder: Path) -> list[ArchiveFile]:
    """Give the files of an archive folder, the oldest pages first, and before them files that no row speaks of."""
    known = _known(db)
    rows = db.conn.execute(
        "SELECT archive_file, count(*), min(fetched_at), max(fetched_at) FROM fetch "
        "WHERE archive_file IS NOT NULL GROUP BY archive_file"
    )
    told = {name: (pages, first, last) for name, pages, first, last in rows}
    found = []
    for path in _paths(folder):
        name = path.name.removesuffix(OPEN)
        pages, first, last = told.get(name, (0, None, None))
        try:
            stat = path.stat()
        except FileNotFoundError:  # another process completed or deleted it meanwhile
            continue
        found.append(
            ArchiveFile(
                name=name,
                bytes=stat.st_size,
                is_open=path.name != name or (not pages and time.time() - stat.st_mtime < NEW),
                is_known=name in told or name in known,
                pages=pages,
                first=first,
                last=last,
            )
        )
    return sorted(found, key=lambda file: (file.last or "", file.name))


def _paths(folder: Path) -> list[Path]:
    ends = (".warc", *SUFFIXES.values(), *(suffix + OPEN for suffix in SUFFIXES.values()))
    return sorted(path for end in ends for path in folder.glob(f"*{end}"))


def _known(db: Database) -> set[str]:
    """Name the files of the database's own crawls that may hold nothing but robots.txt."""
    if not db["frontier_archive"].exists():
        return set()
    return {file for (file,) in db.conn.execute("SELECT file FROM frontier_archive")}


def to_prune(
    files: Iterable[ArchiveFile], *, most: int | None = None, before: datetime | None = None
) -> Iterator[ArchiveFile]:
    """Choose what goes: files whose last page is older than a moment, and the oldest until the rest fits.

    Args:
        files: those that may go, as `archive_files` gives them.
        most: bytes that may stay; None: any number.
        before: aware, in UTC; None: no age is too old.
    """
    files = list(files)
    size = sum(file.bytes for file in files)
    limit = before.strftime("%Y-%m-%dT%H:%M:%SZ") if before else ""
    for file in files:
        is_over = most is not None and size > most
        if not file.is_open and (is_over or (file.last is not None and file.last < limit)):
            size -= file.bytes
            yield file


def prune(db: Database, folder: Path, files: Iterable[ArchiveFile]) -> list[ArchiveFile]:
    """Delete files, and have the database forget them; give those that were deleted: what a process holds stays.

    Pages in other files that came as those in them are forgotten too, for their bytes are gone; the next time such a
    page comes, it is archived whole.

    Killed in between, it leaves files that end in `PRUNED`; the next call forgets and deletes them as well.
    """
    with ExitStack() as held:
        gone = [file for file in files if _set_aside(held, folder / file.name)]
        left = [path for path in folder.glob(f"*{PRUNED}") if _is_held(held, path)]
        names = [path.name.removesuffix(PRUNED) for path in left]
        names += [file.name for file in gone]
        if names:
            with transaction(db):
                _forget(db, names)
        for name in names:
            (folder / (name + PRUNED)).unlink(missing_ok=True)
    return gone


def keep_within(db: Database, folder: Path, most: int) -> list[ArchiveFile]:
    """Where an archive has grown beyond `most` bytes, delete its oldest files, and a little more than must be.

    So it is not looked through in every run. Only files that the database knows count, and go. Gives those deleted.
    """
    if _size(folder) <= most:
        return []
    files = [file for file in archive_files(db, folder) if file.is_known]
    if sum(file.bytes for file in files) <= most:
        return []
    return prune(db, folder, to_prune(files, most=int(most * (1 - SLACK))))


def _size(folder: Path) -> int:
    size = 0
    for path in _paths(folder):
        with suppress(FileNotFoundError):
            size += path.stat().st_size
    return size


def _set_aside(held: ExitStack, path: Path) -> bool:
    if not _is_held(held, path):
        return False
    try:
        path.rename(path.with_name(path.name + PRUNED))
    except FileNotFoundError:  # another process deleted it meanwhile
        return False
    return True


def _is_held(held: ExitStack, path: Path) -> bool:
    """Whether a file could be had for this process alone, until `held` is closed."""
    try:
        fcntl.flock(held.enter_context(path.open("rb")), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (FileNotFoundError, BlockingIOError):
        return False
    return True


def _forget(db: Database, names: list[str]) -> None:
    """Take away from the rows that their pages lie in these files: in one walk over them all."""
    db.conn.execute("CREATE TEMP TABLE pruned (name TEXT PRIMARY KEY) WITHOUT ROWID")
    db.conn.executemany("INSERT OR IGNORE INTO pruned VALUES (?)", [(name,) for name in names])
    db.conn.execute(
        "UPDATE fetch SET archive_file = NULL, archive_offset = NULL, payload_file = NULL "
        "WHERE archive_file IN (SELECT name FROM pruned) OR payload_file IN (SELECT name FROM pruned)"
    )
    for table in ("frontier_original", "frontier_archive"):
        db.conn.execute(f"DELETE FROM {table} WHERE file IN (SELECT name FROM pruned)")
    db.conn.execute("DROP TABLE pruned")
