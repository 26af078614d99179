"""Keeping the archive within bounds: the oldest files go, and the database forgets that they were there."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlite_utils import Database

from crawler.archive import OPEN
from pipelines.database import transaction

NEW = 3600.0
"""Seconds for which a file that no row speaks of is left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One WARC file of an archive folder."""

    name: str
    """As it is called once its process has closed it."""
    bytes: int
    is_open: bool
    """Whether a process writes to it or was killed while it did; or it is so new that its rows may be on their way."""
    pages: int
    """Answers of the database that lie in it."""
    first: str | None
    """When the first and the last of them were received."""
    last: str | None


def archive_files(db: Database, folder: Path) -> list[ArchiveFile]:
    """Give the files of an archive folder, the oldest pages first, and before them files that no row speaks of."""
    rows = db.conn.execute(
        "SELECT archive_file, count(*), min(fetched_at), max(fetched_at) FROM fetch "
        "WHERE archive_file IS NOT NULL GROUP BY archive_file"
    )
    told = {name: (pages, first, last) for name, pages, first, last in rows}
    found = []
    for path in sorted((*folder.glob("*.warc.gz"), *folder.glob("*.warc"), *folder.glob(f"*.warc.gz{OPEN}"))):
        name = path.name.removesuffix(OPEN)
        pages, first, last = told.get(name, (0, None, None))
        found.append(
            ArchiveFile(
                name=name,
                bytes=path.stat().st_size,
                is_open=path.name != name or (not pages and time.time() - path.stat().st_mtime < NEW),
                pages=pages,
                first=first,
                last=last,
            )
        )
    return sorted(found, key=lambda file: (file.last or "", file.name))


def to_prune(
    files: list[ArchiveFile], *, most: int | None = None, before: datetime | None = None
) -> Iterator[ArchiveFile]:
    """Choose what goes: files whose last page is older than a moment, and the oldest until the rest fits.

    Args:
        files: as `archive_files` gives them.
        most: bytes that may stay; None: any number.
        before: aware, in UTC; None: no age is too old.
    """
    size = sum(file.bytes for file in files)
    limit = before.strftime("%Y-%m-%dT%H:%M:%SZ") if before else ""
    for file in files:
        is_over = most is not None and size > most
        if not file.is_open and (is_over or (file.last is not None and file.last < limit)):
            size -= file.bytes
            yield file


def prune(db: Database, folder: Path, file: ArchiveFile) -> bool:
    """Delete a file, after the database has forgotten it; False where a process holds it.

    A kill in between leaves a file that no row speaks of, which the next prune finds first.
    """
    path = folder / file.name
    try:
        with path.open("rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with transaction(db):
                db.conn.execute(
                    "UPDATE fetch SET archive_file = NULL, archive_offset = NULL WHERE archive_file = ?", [file.name]
                )
            path.unlink()
    except (FileNotFoundError, BlockingIOError):
        return False
    return True
