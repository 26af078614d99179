"""What a dataset was made of: which shards each outlet has, and which of those are written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Self

from pipelines.database_error import DatabaseError, explain
from pipelines.merge.shard import Shard, ShardError, check, reading, rows

NAME = "_redtop.db"
"""Readers of datasets leave names with a low line at the beginning out."""
PASSAGE = "_redtop-"
"""Begins the names of the folders in which outlets are merged."""
FORM = 1
"""Of the dataset's files; another one is written anew."""
_TABLES = """
CREATE TABLE IF NOT EXISTS shard (id INTEGER PRIMARY KEY, digest TEXT UNIQUE, path TEXT, since TEXT);
CREATE TABLE IF NOT EXISTS part (outlet TEXT, shard INTEGER, articles INTEGER, pages INTEGER,
    written INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (outlet, shard)) WITHOUT ROWID;
"""


class Manifest:
    """A context manager; nobody else writes to the dataset meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        folder = self._folder
        if folder.exists() and not folder.is_dir():
            raise DatabaseError(f"{folder} is no folder")
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / NAME
        if not path.exists() and any(folder.iterdir()):
            raise DatabaseError(f"{folder} has other files in it, and no dataset of redtop")
        self._db = sqlite3.connect(path, timeout=2, isolation_level=None)
        try:
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            (form,) = self._db.execute("PRAGMA user_version").fetchone()
            if form not in (0, FORM):
                raise DatabaseError(f"{folder} was written by another redtop; take another folder")
            if not form:
                self._db.execute(f"PRAGMA user_version = {FORM}")
            self._db.execute("COMMIT")
            self._db.executescript(_TABLES)
            for left in folder.glob(f"{PASSAGE}*"):  # by one who was killed
                rmtree(left, ignore_errors=True)
        except sqlite3.Error as problem:
            self._db.close()
            raise explain(folder, problem) from problem
        except BaseException:
            self._db.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._db.close()

    def take(self, shards: Sequence[Shard]) -> list[str]:
        """Note what shards hold; give what is wrong with those that cannot be read.

        Raises:
            DatabaseError: one that the dataset was made of is not among them.
        """
        known = dict(self._db.execute("SELECT digest, path FROM shard").fetchall())
        failed, named, there = [], set(), set()
        self._db.execute("BEGIN")
        for shard in shards:
            try:
                named.add(self._take(shard))
                there.add(str(shard.path))
            except ShardError as problem:
                failed.append(str(problem))
        gone = {digest: path for digest, path in known.items() if digest not in named}
        for digest, path in gone.items():
            if path in there:
                self._replace(digest, path)
        if lost := sorted(path for path in gone.values() if path not in there):
            self._db.execute("ROLLBACK")
            told = f"{lost[0]} and {len(lost) - 1} others" if len(lost) > 1 else lost[0]
            raise DatabaseError(f"{self._folder} was made of {told} too: name them as well, or take another folder")
        self._db.execute("COMMIT")
        return failed

    def _take(self, shard: Shard) -> str:
        with shard.path.open("rb") as file:
            digest = file_digest(file, "blake2b").hexdigest()
        row = self._db.execute("SELECT id, path FROM shard WHERE digest = ?", [digest]).fetchone()
        if row and row[1] == str(shard.path):
            return digest
        if row:
            self._db.execute(
                "UPDATE shard SET path = ?, since = ? WHERE id = ?", [str(shard.path), shard.since, row[0]]
            )
            return digest
        with reading(shard.path) as db:
            check(db, shard.path)
            found = rows(
                db, shard.path,
                "SELECT site, total(articles), total(pages) FROM (SELECT site, count(*) AS articles, 0 AS pages "
                "FROM article GROUP BY site UNION ALL SELECT site, 0, count(*) FROM fetch GROUP BY site) GROUP BY site",
            )  # fmt: skip
        (number,) = self._db.execute(
            "INSERT INTO shard (digest, path, since) VALUES (?, ?, ?) RETURNING id",
            [digest, str(shard.path), shard.since],
        ).fetchone()
        self._db.executemany(
            "INSERT INTO part (outlet, shard, articles, pages) VALUES (?, ?, ?, ?)",
            [(site, number, int(articles), int(pages)) for site, articles, pages in found],
        )
        return digest

    def _replace(self, digest: str, path: str) -> None:
        """Forget what a shard was before it changed; all outlets that it had are to be written anew."""
        ((old,),) = self._db.execute("SELECT id FROM shard WHERE digest = ?", [digest]).fetchall()
        ((new,),) = self._db.execute("SELECT id FROM shard WHERE path = ? AND id <> ?", [path, old]).fetchall()
        self._db.execute(
            "INSERT OR IGNORE INTO part (outlet, shard, articles, pages) "
            "SELECT outlet, ?, 0, 0 FROM part WHERE shard = ?", [new, old],
        )  # fmt: skip
        self._db.execute("DELETE FROM part WHERE shard = ?", [old])
        self._db.execute("DELETE FROM shard WHERE id = ?", [old])

    def pages(self) -> int:
        """Count the answers of all shards."""
        return int(self._db.execute("SELECT ifnull(sum(pages), 0) FROM part").fetchone()[0])

    def changed(self, batch: int) -> Iterator[list[str]]:
        """Give the outlets that are to be written, about so many articles of them at a time."""
        found = self._db.execute(
            "SELECT outlet, sum(articles) FROM part GROUP BY outlet HAVING min(written) = 0 ORDER BY outlet"
        ).fetchall()
        outlets: list[str] = []
        held = 0
        for outlet, articles in found:
            if outlets and held + articles > batch:
                yield outlets
                outlets, held = [], 0
            outlets.append(outlet)
            held += articles
        if outlets:
            yield outlets

    def shards(self, outlets: Sequence[str] | None = None) -> list[Shard]:
        """Give the shards that have something of some outlets, or all, by when their first page was received."""
        marks = ",".join("?" * len(outlets or ()))
        where = f"WHERE outlet IN ({marks})" if outlets is not None else ""
        found = self._db.execute(
            f"SELECT path, sum(articles), since FROM shard LEFT JOIN part ON part.shard = shard.id {where} "
            "GROUP BY shard.id ORDER BY since, digest",
            outlets or (),
        )
        return [Shard(Path(path), articles or 0, since) for path, articles, since in found]

    def finish(self, outlets: Sequence[str]) -> None:
        """Note that outlets are written."""
        self._db.executemany("UPDATE part SET written = 1 WHERE outlet = ?", [(outlet,) for outlet in outlets])
