"""The articles of an export, as ids, and a view of the database that does not move meanwhile."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlite_utils import Database

from pipelines.research.filters import understood
from pipelines.research.search import selected
from pipelines.research.selection import Selection


@contextmanager
def snapshot(db: Database) -> Iterator[Database]:
    """Show the database inside as it is now, whatever a crawl writes meanwhile."""
    db.conn.execute("BEGIN")
    try:
        yield db
    finally:
        db.conn.execute("COMMIT")


def chosen(db: Database, only: Selection) -> Sequence[int]:
    """Give the ids of a selection's articles in ascending order, eight bytes each.

    Raises:
        QueryError: the query or a date cannot be read.
    """
    source, values = selected(only)
    with understood(only.query):
        return array("q", (row[0] for row in db.conn.execute(f"SELECT article.id {source} ORDER BY 1", values)))


def portions(ids: Sequence[int], size: int) -> Iterator[str]:
    """Give ids in portions, each as JSON for `IN (SELECT value FROM json_each(?))`."""
    for start in range(0, len(ids), size):
        yield json.dumps(list(ids[start : start + size]))
