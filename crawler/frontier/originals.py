"""What the crawler remembers of its archive: the last whole record of each address, and files that no answer names."""

from __future__ import annotations

from sqlite_utils import Database

from crawler.original import Original


def original_of(db: Database, url: str) -> Original | None:
    """Give the last page of an address that was archived whole, if its file was not deleted since."""
    row = db.conn.execute(
        "SELECT url, digest, date, file, offset FROM frontier_original WHERE url = ?", [url]
    ).fetchone()
    if row is None:
        return None
    return Original(url=row[0], digest=row[1], date=row[2], file=row[3], offset=row[4])


def keep_original(db: Database, original: Original) -> None:
    """Remember a page that was archived whole; in the transaction of its answer."""
    db.conn.execute(
        "INSERT OR REPLACE INTO frontier_original (url, digest, date, file, offset) VALUES (?,?,?,?,?)",
        [original.url, original.digest, original.date, original.file, original.offset],
    )


def keep_file(db: Database, file: str) -> None:
    """Remember that an archive file is this database's, though it may hold nothing that has a row in `fetch`."""
    db.conn.execute("INSERT OR IGNORE INTO frontier_archive VALUES (?)", [file])
