"""Shards into a Parquet dataset: what it holds, and what other programs read out of it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import polars
import pyarrow.parquet
import pytest

from extractors import Stamp
from pipelines.database import DatabaseError, close_writer, open_writer, transaction
from pipelines.merge import merge
from pipelines.merge.dataset import write_dataset
from pipelines.merge.dataset.columns import TABLES
from pipelines.merge.dataset.manifest import NAME
from pipelines.merge.dataset.views import views
from pipelines.store import write_outcomes
from tests.pipelines.builders import article, outcome
from tests.pipelines.merge.press import split, stored, visits
from tests.pipelines.promised import PROMISED

ROOT = Path(__file__).parents[3]
PLAIN = ("anonymous_by_language", "anonymous_share", "anonymous_share_by_month", "article_length", "embeds_by_provider")
"""Questions of data/queries whose text runs in both."""
MADE = visits(4)[::2]


@pytest.fixture(scope="module")
def shards(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("shards")
    runs = [datetime(2026, 11, 20, 5, minute, tzinfo=UTC) for minute in (0, 0, 7)]
    return [
        stored(folder / f"{number}.db", part, run)
        for number, (part, run) in enumerate(zip(split(MADE, 3, 1), runs, strict=True))
    ]


@pytest.fixture(scope="module")
def database(shards: list[Path]) -> Path:
    path = shards[0].with_name("all.db")
    merge(shards, path)
    return path


@pytest.fixture(scope="module")
def dataset(shards: list[Path]) -> Path:
    folder = shards[0].with_name("dataset")
    write_dataset(shards, folder, batch=1)
    return folder


@pytest.fixture
def duck(dataset: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect()) as connection:
        for statement in views(dataset):
            connection.execute(statement)
        yield connection


def asked(path: Path, sql: str, values: dict[str, str] | None = None) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql, values or {}).fetchall()


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


SAME = {
    "article": "SELECT url, headline, body, published, revisions, first_seen, last_fetched, gone_at FROM article",
    "block": "SELECT url, position, kind, level, text FROM block JOIN article ON article.id = article_id",
    "quote": "SELECT url, quote.text, speaker, speaker_kind FROM quote JOIN article ON article.id = article_id",
    "quote_speaker": "SELECT quote.text, name, kind FROM quote_speaker JOIN quote ON quote.id = quote_id",
    "embed": "SELECT article.url, provider, embed_id FROM embed JOIN article ON article.id = article_id",
    "image": "SELECT article.url, caption, credit, lead FROM image JOIN article ON article.id = article_id",
    "citation": "SELECT article.url, outlet, start_char FROM citation JOIN article ON article.id = article_id",
    "date_mention": "SELECT url, value, precision FROM date_mention JOIN article ON article.id = article_id",
    "revision": "SELECT url, number, revision.headline, changed FROM revision JOIN article ON article.id = article_id",
    "fetch": 'SELECT url, "fetch".status, fetched_at, result, started FROM "fetch" JOIN crawl ON crawl.id = crawl_id',
    "crawl": "SELECT started, finished, status, pages, articles_new, articles_changed, errors FROM crawl",
    "article_author": "SELECT DISTINCT article.url, position, name, kind FROM article_author "
    "JOIN author ON author.id = author_id JOIN article ON article.id = article_id",
}


@pytest.mark.parametrize("table", SAME)
def test_a_table_holds_what_the_merged_database_holds(
    table: str, database: Path, duck: duckdb.DuckDBPyConnection
) -> None:
    sql = SAME[table]
    expected = asked(database, sql)
    assert expected
    assert sorted(duck.execute(sql).fetchall(), key=repr) == sorted(expected, key=repr)


def test_the_contract_s_columns_are_there() -> None:
    for table, columns in PROMISED.items():
        if table in TABLES:
            assert set(columns.split()) <= set(TABLES[table].names)
    assert PROMISED.keys() - TABLES.keys() == {"story", "crawl", "site_health"}


def test_ids_are_whole_and_rows_fit_together(duck: duckdb.DuckDBPyConnection) -> None:
    for table in ("article", "quote", "embed", "image", "citation", "date_mention", "revision", "fetch", "crawl"):
        assert duck.execute(f'SELECT count(*) - count(DISTINCT id) FROM "{table}"').fetchall() == [(0,)]
    lost = "SELECT count(*) FROM quote ANTI JOIN article ON article.id = article_id"
    assert duck.execute(lost).fetchall() == [(0,)]


@pytest.mark.parametrize("name", PLAIN)
def test_a_question_of_ours_has_the_same_answer_from_both(
    name: str, database: Path, duck: duckdb.DuckDBPyConnection
) -> None:
    text = (ROOT / "data" / "queries" / f"{name}.sql").read_text(encoding="utf-8")
    parameters = dict.fromkeys(re.findall(r"^-- :(\w+)", text, re.MULTILINE), "")
    expected = asked(database, text, parameters)
    assert expected
    for parameter in parameters:
        text = re.sub(rf":{parameter}\b", f"${parameter}", text)
    text = re.sub(r"^--.*\n", "", text, flags=re.MULTILINE)
    assert duck.execute(text, parameters).fetchall() == expected


def test_polars_reads_years_months_and_outlets_of_the_folders(dataset: Path, database: Path) -> None:
    scanned = polars.scan_parquet(dataset / "quote" / "**" / "*.parquet", hive_partitioning=True)
    found = scanned.group_by("year", "month", "site").len().sort("year", "month", "site").collect()
    assert found.rows() == asked(
        database,
        "SELECT CAST(substr(article.published, 1, 4) AS INTEGER), CAST(substr(article.published, 6, 2) AS INTEGER), "
        "article.site, count(*) FROM quote JOIN article ON article.id = article_id GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    )
    narrow = scanned.filter(polars.col("site") == "starling.localhost").select(polars.len()).collect()
    assert narrow.rows() == asked(database, "SELECT count(*) FROM quote WHERE site = 'starling.localhost'")


def test_pyarrow_reads_a_table_as_one(dataset: Path, database: Path) -> None:
    read = pyarrow.parquet.read_table(dataset / "article", columns=["url", "site", "year"])
    expected = asked(database, "SELECT url, site, CAST(substr(published, 1, 4) AS INTEGER) FROM article ORDER BY 1")
    assert sorted((row["url"], row["site"], row["year"]) for row in read.to_pylist()) == expected


def test_a_second_time_and_another_order_change_nothing(shards: list[Path], dataset: Path, tmp_path: Path) -> None:
    before = files(dataset)
    report = write_dataset(shards[::-1], dataset)
    assert files(dataset) == before
    assert (report.pages, report.known, report.new) == (len(MADE), len(MADE), 0)
    write_dataset(shards[::-1], tmp_path / "other")
    other = files(tmp_path / "other")
    assert {name: data for name, data in other.items() if name != NAME} == {
        name: data for name, data in before.items() if name != NAME
    }
    assert not [name for name in before if Path(name).name.startswith("_") and name != NAME]


def test_a_further_shard_changes_only_its_outlets(tmp_path: Path) -> None:
    first = stored(tmp_path / "1.db", [outcome(article()), outcome(article(site="gull.example"))])
    undated = replace(article("/undated"), published=None)
    moved = replace(
        article(), published=Stamp(value=datetime(2026, 1, 2, tzinfo=UTC), precision="second", raw="", source="meta")
    )
    second = stored(tmp_path / "2.db", [outcome(undated), outcome(moved, hours=1)])
    write_dataset([first], tmp_path / "set")
    before = {name: (tmp_path / "set" / name).stat().st_mtime_ns for name in files(tmp_path / "set")}
    write_dataset([first, second], tmp_path / "set")
    after = files(tmp_path / "set")
    places = sorted(name for name in after if name.startswith("article/"))
    assert places == [
        "article/year=0/month=0/site=tattle.example/part.parquet",
        "article/year=2026/month=1/site=tattle.example/part.parquet",
        "article/year=2026/month=11/site=gull.example/part.parquet",
    ]
    assert (tmp_path / "set" / places[2]).stat().st_mtime_ns == before[places[2]]


def test_a_shard_that_has_grown_is_written_anew_with_all_that_it_had(tmp_path: Path) -> None:
    made = [outcome(article()), outcome(article(site="gull.example"))]
    first, second = stored(tmp_path / "1.db", made), stored(tmp_path / "2.db", [outcome(article("/x"), hours=1)])
    write_dataset([first, second], tmp_path / "set")
    db = open_writer(first)
    with transaction(db):
        write_outcomes(db, [outcome(article("/new"), hours=3)])
    close_writer(db)
    report = write_dataset([first, second], tmp_path / "set")
    assert (report.pages, report.failed) == (4, [])
    write_dataset([first, second], tmp_path / "whole")
    mine, whole = files(tmp_path / "set"), files(tmp_path / "whole")
    assert {name: data for name, data in mine.items() if name != NAME} == {
        name: data for name, data in whole.items() if name != NAME
    }


def test_what_a_killed_run_left_is_taken_away(tmp_path: Path) -> None:
    first = stored(tmp_path / "1.db", [outcome(article())])
    write_dataset([first], tmp_path / "set")
    (tmp_path / "set" / "_redtop-x").mkdir()
    (tmp_path / "set" / "_redtop-x" / "passage.db").write_bytes(b"")
    write_dataset([first], tmp_path / "set")
    assert not (tmp_path / "set" / "_redtop-x").exists()


def test_a_run_that_broke_off_is_gone_on_with(shards: list[Path], dataset: Path, tmp_path: Path) -> None:
    class BreakOffError(Exception): ...

    def note(progress: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise BreakOffError

    left = 10
    with pytest.raises(BreakOffError):
        write_dataset(shards, tmp_path / "set", batch=1, note=note)
    assert not list((tmp_path / "set").glob("_redtop-*"))
    write_dataset(shards, tmp_path / "set", batch=1)
    mine, whole = files(tmp_path / "set"), files(dataset)
    assert {name: data for name, data in mine.items() if name != NAME} == {
        name: data for name, data in whole.items() if name != NAME
    }


def test_a_folder_of_something_else_and_one_in_use_are_refused(tmp_path: Path) -> None:
    shard = stored(tmp_path / "1.db", [outcome(article())])
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear Ann")
    with pytest.raises(DatabaseError, match="has other files in it"):
        write_dataset([shard], tmp_path / "full")
    with pytest.raises(DatabaseError, match="is no folder"):
        write_dataset([shard], shard)

    def meanwhile(progress: object) -> None:
        with pytest.raises(DatabaseError, match="locked by another program"):
            write_dataset([shard], tmp_path / "set")
        told.append(1)

    told: list[int] = []
    write_dataset([shard], tmp_path / "set", note=meanwhile)
    assert told
