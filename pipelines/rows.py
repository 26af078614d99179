"""Many rows in few statements."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from sqlite_utils import Database

_SIZES = (32, 8, 2, 1)
"""Rows a statement; few sizes, so that SQLite's prepared statements are used again."""


def insert_rows(db: Database, table: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows into a table; `columns` are its names, comma-separated, in the order of each row's values.

    A row at a time makes the storing of a whole article a quarter dearer.
    """
    execute = db.conn.execute
    start = 0
    for size in _SIZES:
        while len(rows) - start >= size:
            chunk = rows[start : start + size]
            execute(_statement(table, columns, size), [value for row in chunk for value in row])
            start += size


@cache
def _statement(table: str, columns: str, size: int) -> str:
    places = "(" + ",".join("?" * len(columns.split(","))) + ")"
    return f"INSERT INTO {table} ({columns}) VALUES {','.join([places] * size)}"
