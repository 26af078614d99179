"""JSON lines and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipelines.research.cells import safe_cell
from pipelines.research.export.tables import Rows


def json_lines(objects: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Give each object as a line of JSON (https://jsonlines.org)."""
    for each in objects:
        yield json.dumps(each, ensure_ascii=False) + "\n"


def as_objects(table: Rows) -> Iterator[dict[str, Any]]:
    """Give each row as an object with the columns' names."""
    for row in table.rows:
        yield dict(zip(table.columns, row, strict=True))


def csv_lines(table: Rows) -> Iterator[str]:
    """Give a line of names, then a line a row (RFC 4180); a text that begins like a formula is led by an apostrophe.

    NULL and the empty text are both an empty cell.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(table.columns)
    yield buffer.getvalue()
    for row in table.rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([safe_cell(value) for value in row])
        yield buffer.getvalue()
