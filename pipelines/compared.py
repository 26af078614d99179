"""The shingles of texts that were compared lately, in a temporary table of the connection: on the disk, not in memory.

What is alike comes in swarms: of twenty versions of one text each is compared with all others, and each of them would
be read and hashed anew every time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from hashlib import blake2b

from sqlite_utils import Database

from pipelines.minhash import signed

MOST = 1 << 15
"""Texts; some 130 MB of temporary file. Of more, those that came first are forgotten."""
_TABLE = "CREATE TEMP TABLE IF NOT EXISTS compared (id INTEGER PRIMARY KEY, key BLOB UNIQUE, shingles BLOB NOT NULL)"
_TIDIED = 256
"""Texts after which is looked whether there are more."""


def compared(db: Database, signature: bytes, make: Callable[[], frozenset[int]]) -> Collection[int]:
    """Give the shingles of a text, each once.

    Args:
        db: in a transaction; with that, what is kept may be taken back.
        signature: of the text, under which they are kept.
        make: gives them where they are not known; they are kept if the signature is theirs. It is not where what is
            template text of an outlet has just changed and the article is still to be recognised anew.
    """
    key = blake2b(signature, digest_size=16).digest()
    execute = db.conn.execute
    execute(_TABLE)
    if row := execute("SELECT shingles FROM temp.compared WHERE key = ?", [key]).fetchone():
        return memoryview(row[0]).cast("I")
    made = make()
    if signed(made) == signature:
        last = execute("INSERT INTO temp.compared (key, shingles) VALUES (?, ?)", [key, array("I", made)]).lastrowid
        if last and last % _TIDIED == 0:
            execute("DELETE FROM temp.compared WHERE id <= ?", [last - MOST])
    return made
