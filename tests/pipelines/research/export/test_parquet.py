"""Whole records in Parquet, as DuckDB and pandas read them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipelines.research.export import Exported, parquet
from pipelines.research.export.parquet import write_records


@pytest.fixture
def path(exported: list[Exported], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """All articles in row groups of four."""
    monkeypatch.setattr(parquet, "RECORDS", 4)
    write_records(tmp_path / "articles.parquet", iter(exported))
    return tmp_path / "articles.parquet"


def rows(sql: str) -> list[dict[str, Any]]:
    read = duckdb.sql(sql)
    return [dict(zip(read.columns, row, strict=True)) for row in read.fetchall()]


def test_duckdb_reads_every_field_of_every_record(path: Path, exported: list[Exported]) -> None:
    found = rows(f"SELECT * FROM '{path}' ORDER BY id")
    assert [list(row) for row in found] == [list(each.to_dict()) for each in exported]
    for row, each in zip(found, exported, strict=True):
        assert row == each.to_dict()


def test_parts_are_queried_in_place(path: Path, exported: list[Exported]) -> None:
    spoken = rows(f"SELECT q.speaker AS speaker, count(*) AS n FROM '{path}', unnest(quotes) AS t(q) GROUP BY ALL")
    expected: dict[str | None, int] = {}
    for each in exported:
        for quote in each.article.quotes:
            expected[quote.speaker] = expected.get(quote.speaker, 0) + 1
    assert {row["speaker"]: row["n"] for row in spoken} == expected


def test_it_is_written_in_row_groups(path: Path, exported: list[Exported]) -> None:
    meta = pq.ParquetFile(path).metadata
    assert [meta.row_group(number).num_rows for number in range(meta.num_row_groups)] == [4, 4, len(exported) - 8]


def test_pandas_reads_it(path: Path, exported: list[Exported]) -> None:
    read = pd.read_parquet(path)
    assert read["id"].tolist() == [each.id for each in exported]
    assert read["words"].tolist() == [each.words for each in exported]


def test_no_article_gives_a_file_with_all_columns(tmp_path: Path, exported: list[Exported]) -> None:
    write_records(tmp_path / "none.parquet", iter(()))
    read = duckdb.sql(f"SELECT * FROM '{tmp_path / 'none.parquet'}'")
    assert (read.columns, read.fetchall()) == (list(exported[0].to_dict()), [])
