"""A new shard of outlets that the database knows: it begins with what is known, so that nothing is asked again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlite_utils import Database

from crawler.frontier.schema import frontier
from crawler.whole_file import whole_path
from pipelines.database import close_writer, open_reader, open_writer, transaction
from pipelines.merge.connections import Connections
from pipelines.merge.fold import fold
from pipelines.merge.shard import examined

_HOSTS = "SELECT host, next_request_at, robots, robots_at FROM frontier_host WHERE host IN "


def seed(database: Path, shard: Path, outlets: Sequence[str]) -> None:
    """Make a shard with what a database has of some outlets, their frontier among it; none where it has none of them.

    Raises:
        DatabaseError: the database cannot be read.
    """
    reader = open_reader(database, frontier)
    try:
        marks = ",".join("?" * len(outlets))
        if not reader.conn.execute(f"SELECT 1 FROM frontier_url WHERE site IN ({marks}) LIMIT 1", outlets).fetchone():
            return
        with whole_path(shard) as made:
            db = open_writer(made, frontier)
            try:
                (source,) = examined([database])
                fold(db, Connections(db), source, lambda done: None, outlets=outlets)
                with transaction(db):
                    _copy_frontier(reader, db, marks, outlets)
            finally:
                close_writer(db)
    finally:
        reader.close()


def _copy_frontier(reader: Database, db: Database, marks: str, outlets: Sequence[str]) -> None:
    """Copy addresses and hosts; whoever has a host now is none of the new shard's processes."""
    names = [name for (name,) in db.conn.execute("SELECT name FROM pragma_table_info('frontier_url')")]
    kept = [name for name in names if name != "crawl_id"]
    columns = ", ".join(kept)
    rows = reader.conn.execute(f"SELECT {columns} FROM frontier_url WHERE site IN ({marks})", outlets)
    db.conn.executemany(f"INSERT INTO frontier_url ({columns}) VALUES ({','.join('?' * len(kept))})", rows)
    theirs = f"(SELECT host FROM frontier_url WHERE site IN ({marks}))"
    hosts = reader.conn.execute(_HOSTS + theirs, outlets)
    db.conn.executemany("INSERT INTO frontier_host (host, next_request_at, robots, robots_at) VALUES (?,?,?,?)", hosts)
