"""The shingles of texts that were compared lately, in a temporary table of the connection: on the disk, not in memory.

What is alike comes in swarms: of twenty versions of one text each is compared with all others, and each of them would
be read and hashed anew every time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterable

from sqlite_utils import Database

MOST = 1 << 15
"""Texts; some 130 MB of temporary file. Of more, those that came first are forgotten."""
_TABLE = (
    "CREATE TEMP TABLE IF NOT EXISTS compared "
    "(id INTEGER PRIMARY KEY, article_id INTEGER UNIQUE, version INTEGER NOT NULL, shingles BLOB NOT NULL)"
)
_TIDIED = 256
"""Texts after which is looked whether there are more."""


def compared(db: Database, article_id: int, make: Callable[[], frozenset[int]]) -> Collection[int]:
    """Give the shingles of an article's own text, each once.

    They are kept until the text is said to have `changed`, or another connection has written to the database: it
    knows of no changes here. The signature would not tell: texts that differ by a few words may have the same.

    Args:
        db: in a transaction; with that, what is kept may be taken back.
        article_id: whose text it is.
        make: gives them where they are not known.
    """
    execute = db.conn.execute
    execute(_TABLE)
    (version,) = execute("PRAGMA data_version").fetchone()
    kept = "SELECT shingles FROM temp.compared WHERE article_id = ? AND version = ?"
    if row := execute(kept, [article_id, version]).fetchone():
        return memoryview(row[0]).cast("I")
    made = make()
    row = [article_id, version, array("I", made)]
    last = execute(
        "INSERT OR REPLACE INTO temp.compared (article_id, version, shingles) VALUES (?, ?, ?)", row
    ).lastrowid
    if last and last % _TIDIED == 0:
        execute("DELETE FROM temp.compared WHERE id <= ?", [last - MOST])
    return made


def changed(db: Database, ids: Iterable[int]) -> None:
    """Forget the shingles of articles: they, or what of them is template text, have changed."""
    db.conn.execute(_TABLE)
    db.conn.executemany("DELETE FROM temp.compared WHERE article_id = ?", [(article_id,) for article_id in ids])
