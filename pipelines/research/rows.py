"""Rows of a query as values of a type."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TypeVar

Row = TypeVar("Row")


def typed(kind: Callable[..., Row], cursor: sqlite3.Cursor) -> list[Row]:
    """Give each row of a cursor as a value of a type whose fields have the columns' names."""
    names = [column[0] for column in cursor.description]
    return [kind(**dict(zip(names, row, strict=True))) for row in cursor]
