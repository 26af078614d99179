from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from pipelines.database import open_reader, open_writer
from pipelines.research import QueryError, Selection
from pipelines.research.cells import plain_cell, safe_cell
from pipelines.research.export import chosen, table_rows
from pipelines.research.export.lines import as_objects, csv_lines
from pipelines.research.export.parquet import write_rows
from pipelines.research.export.tables import tables_of

TABLES = (
    "article", "article_author", "author", "block", "citation", "date_mention", "embed", "image", "quote",
    "quote_speaker", "revision",
)  # fmt: skip


def in_database(db: Database, table: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    columns = [
        name for name, kind in db.conn.execute("SELECT name, type FROM pragma_table_info(?)", [table]) if kind != "BLOB"
    ]
    return columns, db.conn.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()


def everything(db: Database) -> Any:
    return chosen(db, Selection())


def by_text(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return sorted(rows, key=repr)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_exported_as_it_stands(source: Database, table: str) -> None:
    columns, expected = in_database(source, table)
    found = table_rows(source, table, everything(source))
    assert list(found.columns) == columns
    assert by_text(list(found.rows)) == by_text(expected)
    assert expected


@pytest.mark.parametrize("table", TABLES)
def test_duckdb_reads_the_same_from_parquet(source: Database, tmp_path: Path, table: str) -> None:
    path = tmp_path / "table.parquet"
    write_rows(path, table_rows(source, table, everything(source)))
    columns, expected = in_database(source, table)
    read = duckdb.sql(f"SELECT * FROM '{path}'")
    assert read.columns == columns
    assert by_text(read.fetchall()) == by_text(expected)


@pytest.mark.parametrize("table", TABLES)
def test_pandas_reads_the_same_from_csv(source: Database, tmp_path: Path, table: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text("".join(csv_lines(table_rows(source, table, everything(source)))), encoding="utf-8", newline="")
    columns, expected = in_database(source, table)
    read = pd.read_csv(path, dtype=str, keep_default_na=False, na_filter=False)
    assert list(read.columns) == columns
    found = [tuple(plain_cell(cell) for cell in row) for row in read.to_numpy().tolist()]
    assert by_text(found) == by_text([tuple("" if cell is None else str(cell) for cell in row) for row in expected])


def test_no_cell_of_a_csv_file_is_a_formula(source: Database) -> None:
    text = "".join(csv_lines(table_rows(source, "article", everything(source))))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["headline"] for row in rows if "HYPERLINK" in row["headline"]] == [
        '\'=HYPERLINK("http://evil.example";"Maud")'
    ]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert text.count("\r\n") == len(rows) + 1


@given(st.one_of(st.text(), st.text(alphabet="'=+-@\t\r\n＝ a")))
def test_a_safe_cell_is_read_back_and_is_no_formula(text: str) -> None:
    cell = safe_cell(text)
    assert plain_cell(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_numbers_and_nothing_stay_what_they_are() -> None:
    assert [safe_cell(value) for value in (-1, None, 2.5)] == [-1, None, 2.5]


def test_only_rows_of_the_selection(source: Database) -> None:
    ids = chosen(source, Selection(sites=("tattle.example",)))
    assert {row["article_id"] for row in as_objects(table_rows(source, "quote", ids))} == set(ids) == {1}
    quotes = {row["id"] for row in as_objects(table_rows(source, "quote", ids))}
    assert {row["quote_id"] for row in as_objects(table_rows(source, "quote_speaker", ids))} == quotes
    assert list(table_rows(source, "quote", []).rows) == []


def test_an_empty_selection_gives_a_file_with_columns(source: Database, tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    write_rows(path, table_rows(source, "embed", []))
    read = duckdb.sql(f"SELECT * FROM '{path}'")
    assert (read.columns, read.fetchall()) == (in_database(source, "embed")[0], [])
    assert "".join(csv_lines(table_rows(source, "embed", []))).startswith("id,article_id,provider")


def test_what_is_the_programs_own_is_no_table_for_export(source: Database) -> None:
    known = tables_of(source)
    assert set(TABLES) <= set(known)
    assert not {"block_print", "story_sign", "article_band"} & set(known)
    others = set(known) - {"fetch_day"}  # counts only, for telling a gap from a quiet day
    assert not {
        name for name in others if name.startswith(("frontier", "fetch", "crawl", "_", "sqlite")) or "fts" in name
    }
    with pytest.raises(QueryError, match=r"no table 'fetch' can be exported: .*article, article_author, "):
        table_rows(source, "fetch", [1])


def test_tables_of_your_own_go_out_too(file: Path, tmp_path: Path) -> None:
    writer = open_writer(file)
    writer.conn.executescript(
        'CREATE TABLE my_codes (article_id, "the code", share); INSERT INTO my_codes VALUES (1, 7, .5), (2, NULL, 1.5);'
        "CREATE TABLE my_mix (article_id INTEGER, code INTEGER); INSERT INTO my_mix VALUES (1, 1), (1, 'one');"
    )
    writer.close()
    reader = open_reader(file)
    path = tmp_path / "mine.parquet"
    write_rows(path, table_rows(reader, "my_codes", [1, 2]))
    assert duckdb.sql(f"SELECT * FROM '{path}'").fetchall() == [(1, 7, 0.5), (2, None, 1.5)]
    with pytest.raises(QueryError, match="column code has both numbers and words"):
        write_rows(path, table_rows(reader, "my_mix", [1]))
    reader.close()
