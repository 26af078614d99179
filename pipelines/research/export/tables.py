"""Rows of a table, as they stand in the database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlite_utils import Database

from pipelines.research.export.chosen import portions
from pipelines.research.filters import QueryError
from pipelines.research.internal import INTERNAL, is_lookup

_PORTION = 500
_ORDER = ("position", "number", "revision", "id")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table's columns, but for those of bytes, and its rows."""

    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    """Of each column: TEXT, INTEGER, REAL; empty where the database does not say."""
    rows: Iterator[tuple[object, ...]]


def tables_of(db: Database) -> list[str]:
    """Name the tables and views that can be exported: all but those of the crawl and of the program."""
    names = [name for (name,) in db.conn.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")]
    return sorted(name for name in names if name not in INTERNAL and not is_lookup(name))


def table_rows(db: Database, table: str, ids: Sequence[int]) -> Rows:
    """Give the rows of a table that belong to these articles; all rows where they belong to none, as authors do.

    Args:
        db: of `open_reader`, inside a `snapshot`.
        table: one of `tables_of`.
        ids: of `chosen`.

    Raises:
        QueryError: there is no such table.
    """
    if table not in (known := tables_of(db)):
        raise QueryError(f"no table {table!r} can be exported: {', '.join(known)}")
    described = [
        (name, kind.upper())
        for name, kind in db.conn.execute("SELECT name, type FROM pragma_table_info(?)", [table])
        if kind.upper() != "BLOB"
    ]
    names = tuple(name for name, _ in described)
    return Rows(names, tuple(kind for _, kind in described), _rows(db, table, names, ids))


def _rows(db: Database, table: str, names: Sequence[str], ids: Sequence[int]) -> Iterator[tuple[object, ...]]:
    select = f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table)}"
    theirs = "IN (SELECT value FROM json_each(?))"
    if table == "article":
        key, where = "id", f"id {theirs}"
    elif "article_id" in names:
        key, where = "article_id", f"article_id {theirs}"
    elif "quote_id" in names:
        key, where = "quote_id", f"quote_id IN (SELECT id FROM quote WHERE article_id {theirs})"
    else:
        yield from db.conn.execute(select)
        return
    order = ", ".join(_quoted(name) for name in (key, *_ORDER) if name in names)
    for portion in portions(ids, _PORTION):
        yield from db.conn.execute(f"{select} WHERE {where} ORDER BY {order}", [portion]).fetchall()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
