"""Parquet files (https://parquet.apache.org), written in row groups."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq

from extractors import Article, Provenance, Stamp
from pipelines.research.export.records import Exported
from pipelines.research.export.tables import Rows
from pipelines.research.filters import QueryError

RECORDS = 1000
"""Articles a row group: some ten megabytes of text."""
ROWS = 50_000
"""Rows of a table a row group; of tables that hold whole texts a tenth."""

_KINDS = {"INTEGER": pa.int64(), "INT": pa.int64(), "REAL": pa.float64(), "TEXT": pa.string()}
_PLAIN: dict[Any, pa.DataType] = {str: pa.string(), int: pa.int64(), bool: pa.bool_(), float: pa.float64()}
Item = TypeVar("Item")


def write_records(path: Path, exported: Iterable[Exported]) -> None:
    """Write whole records: the fields of JSON lines, parts as lists of structs, times as text, provenance as a map."""
    schema = record_schema()
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(exported, RECORDS):
            rows = [{**each.to_dict(), "provenance": list(each.article.provenance.items())} for each in group]
            writer.write_table(pa.Table.from_pylist(rows, schema), row_group_size=RECORDS)


def write_rows(path: Path, table: Rows) -> None:
    """Write the rows of a table; a column whose kind the database does not say takes that of its first rows.

    Raises:
        QueryError: a column has both numbers and words.
    """
    size = ROWS // 10 if {"body", "record"} & set(table.columns) else ROWS
    groups = _groups(table.rows, size)
    first = next(groups, [])
    columns = [(name, _kind(kind, first, at)) for at, (name, kind) in enumerate(_described(table))]
    schema = pa.schema(columns)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in (first, *groups) if first else ():
            writer.write_table(_columns(schema, group), row_group_size=size)


def record_schema() -> pa.Schema:
    """Give the columns of whole records, as the record's dataclasses have them."""
    first, *beside = (field.name for field in fields(Exported) if field.name != "article")
    about, record = get_type_hints(Exported), get_type_hints(Article)
    names = [first, *(field.name for field in fields(Article))]
    kinds = {**record, **about}
    names += [name for name in beside if name not in names]
    return pa.schema([(name, _arrow(kinds[name])) for name in names])


def _arrow(hint: Any) -> pa.DataType:
    """Give the Arrow type for a field's annotation."""
    if get_origin(hint) in (Union, types.UnionType):
        return _arrow(next(part for part in get_args(hint) if part is not type(None)))
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(_arrow(get_args(hint)[0]))
    if hint is Provenance:
        return pa.map_(pa.string(), pa.string())
    if is_dataclass(hint):
        parts = get_type_hints(hint)
        times = {"value": str} if hint is Stamp else {}
        return pa.struct([(name, _arrow(times.get(name, kind))) for name, kind in parts.items()])
    return _PLAIN[hint]


def _described(table: Rows) -> Iterable[tuple[str, str]]:
    return zip(table.columns, table.kinds, strict=True)


def _kind(kind: str, rows: list[tuple[object, ...]], at: int) -> pa.DataType:
    if kind in _KINDS:
        return _KINDS[kind]
    found = {type(row[at]) for row in rows} - {type(None)}
    return _PLAIN[found.pop()] if len(found) == 1 and found <= {int, float} else pa.string()


def _columns(schema: pa.Schema, rows: list[tuple[object, ...]]) -> pa.Table:
    arrays = []
    for field, values in zip(schema, zip(*rows, strict=True), strict=True):
        if field.type == pa.string():
            values = tuple(value if value is None else str(value) for value in values)
        try:
            arrays.append(pa.array(values, field.type))
        except (pa.ArrowInvalid, pa.ArrowTypeError) as problem:
            raise QueryError(f"column {field.name} has both numbers and words, and Parquet takes one kind") from problem
    return pa.Table.from_arrays(arrays, schema=schema)


def _groups(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while group := list(islice(iterator, size)):
        yield group
