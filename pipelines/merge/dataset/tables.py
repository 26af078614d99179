"""The tables as Parquet files, one of each table for every year, month and outlet that has rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from pipelines.merge.dataset.columns import BY_OUTLET, TABLES, Columns
from pipelines.research.export.parquet import write_rows
from pipelines.research.export.tables import Rows

FILE = "part.parquet"
Partition = tuple[str, int, int]
"""Outlet, year, month; zeros where no date is known."""


def write_tables(db: Database, folder: Path, outlets: Sequence[str]) -> None:
    """Write every table of some outlets in place of what the dataset had of them."""
    db.conn.create_function("hashed", -1, hashed, deterministic=True)
    db.conn.execute(
        "CREATE TEMP TABLE number AS SELECT id AS article_id, hashed('article', read_from) AS number, site, "
        "ifnull(CAST(substr(published, 1, 4) AS INTEGER), 0) AS year, "
        "ifnull(CAST(substr(published, 6, 2) AS INTEGER), 0) AS month, read_from AS address FROM article"
    )
    db.conn.execute("CREATE UNIQUE INDEX temp.number_of ON number(article_id)")
    for name, columns in TABLES.items():
        written = {_write(folder / name, columns, partition, rows) for partition, rows in _parts(db, columns)}
        _sweep(folder / name, outlets, written)


def fill_empty(folder: Path) -> None:
    """Let a table that has no rows at all have a file without rows, so that it can be asked like the others."""
    for name, columns in TABLES.items():
        nothing = folder / name / "year=0" / "month=0" / "site=none" / FILE
        others = (path for path in (folder / name).glob(f"**/{FILE}") if path != nothing)
        if next(others, None):
            nothing.unlink(missing_ok=True)
        elif not nothing.exists():
            write_whole(nothing, columns, iter(()))


def hashed(*parts: object) -> int:
    """Give a number of 63 bits for what names a row."""
    text = "\n".join("" if part is None else str(part) for part in parts)
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def _parts(db: Database, columns: Columns) -> Iterator[tuple[Partition, Iterator[tuple[object, ...]]]]:
    rows = db.conn.execute(columns.select)
    for partition, group in groupby(rows, key=lambda row: (str(row[0]), int(row[1]), int(row[2]))):
        yield partition, (tuple(row[3:]) for row in group)


def _write(table: Path, columns: Columns, partition: Partition, rows: Iterator[tuple[object, ...]]) -> Path:
    outlet, year, month = partition
    place = table if table.name in BY_OUTLET else table / f"year={year}" / f"month={month}"
    path = place / f"site={quote(outlet, safe='')}" / FILE
    write_whole(path, columns, rows)
    return path


def write_whole(path: Path, columns: Columns, rows: Iterator[tuple[object, ...]]) -> None:
    """Write a file that is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"_{path.name}")
    try:
        write_rows(part, Rows(columns.written, columns.kinds, rows))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sweep(table: Path, outlets: Sequence[str], written: set[Path]) -> None:
    """Take away the files of outlets whose rows now lie elsewhere."""
    for outlet in outlets:
        for path in table.glob(f"**/site={quote(outlet, safe='')}/{FILE}"):
            if path not in written:
                path.unlink()
                path.parent.rmdir()
