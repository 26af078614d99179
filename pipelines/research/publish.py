"""A copy of the database to give away: what is for research, searchable, and nothing of the machine it comes from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pipelines.database import DatabaseError
from pipelines.research.internal import INTERNAL
from pipelines.version import program_version

_COVERAGE = """
CREATE TABLE coverage AS
SELECT site, substr(fetched_at, 1, 10) AS day, sum(result <> 'failed') AS pages, sum(result = 'failed') AS failed
FROM fetch GROUP BY 1, 2 ORDER BY 1, 2
"""
_DATASET = """
CREATE TABLE dataset (
    made_at TEXT NOT NULL,
    redtop_version TEXT NOT NULL,
    extractor_versions TEXT NOT NULL,
    articles INTEGER NOT NULL,
    sites INTEGER NOT NULL,
    quotes INTEGER NOT NULL,
    first_published TEXT,
    last_published TEXT,
    first_seen TEXT,
    last_fetched TEXT
) STRICT
"""
_DATASET_ROW = """
INSERT INTO dataset SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :version,
    (SELECT json_group_array(DISTINCT extractor_version) FROM article), count(*), count(DISTINCT site),
    (SELECT count(*) FROM quote), min(published), max(published), min(first_seen), max(last_fetched)
FROM article
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What went into a copy."""

    articles: int
    quotes: int
    bytes: int


def publish(db: Database, path: Path, *, own: bool = False) -> Published:
    """Write a copy into an empty file or a new one, compact, with all indexes, in one file without a log beside it.

    The copy has a table `dataset` with one row, by which it is cited and known as a copy, and `coverage` in place of
    the crawl's own tables.

    Args:
        db: of `open_reader`.
        path: where to.
        own: whether annotations and tables whose names begin with `my_` go with it.

    Raises:
        DatabaseError: the database is such a copy itself.
        sqlite3.Error: the copy cannot be written.
    """
    if db["dataset"].exists():
        raise DatabaseError("a copy made by `redtop publish` is not copied again; copy the file")
    db.conn.execute("VACUUM INTO ?", [str(path)])
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute(_COVERAGE)
        _leave_out(copy, own)
        copy.execute(_DATASET)
        copy.execute(_DATASET_ROW, {"version": program_version()})
        for index in ("article_fts", "quote_fts"):
            copy.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        copy.execute("ANALYZE")
        copy.execute("VACUUM")
        articles, quotes = copy.execute("SELECT articles, quotes FROM dataset").fetchone()
    return Published(articles=articles, quotes=quotes, bytes=path.stat().st_size)


def check_target(path: Path) -> None:
    """Refuse to take the place of a file that is no copy of this kind, such as the database itself.

    Raises:
        DatabaseError: it would.
    """
    if path.is_file() and path.stat().st_size and not _is_copy(path):
        raise DatabaseError(f"{path} is there and is no copy made by `redtop publish`")


def _leave_out(copy: sqlite3.Connection, own: bool) -> None:
    """Take away what is not for others; views first, for they name tables."""
    names = copy.execute("SELECT type, name FROM sqlite_schema WHERE type IN ('view', 'table') ORDER BY type DESC")
    for kind, name in names.fetchall():
        if name in INTERNAL or (not own and name.startswith("my_")):
            quoted = name.replace('"', '""')
            copy.execute(f'DROP {kind} "{quoted}"')
    if not own:
        copy.execute("DELETE FROM annotation")


def _is_copy(path: Path) -> bool:
    with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)) as file:
        try:
            found = file.execute("SELECT 1 FROM sqlite_schema WHERE name = 'dataset'").fetchone()
        except sqlite3.Error:
            return False
    return found is not None
