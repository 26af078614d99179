"""`redtop merge`: shards of workers into the database that one process would have made."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.archive_files import read_page
from pipelines.page import ArchivePlace
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import story
from tests.crawler.test_warc_pages import HTML, warc


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def page(number: int, site: str) -> tuple[str, str, bytes, list[tuple[str, str]]]:
    text = story(f"Gull number {number} steals chips", words=f"“I saw gull number {number} do it,” said Ann Tern.")
    return f"https://www.{site}/news/{number}", "200 OK", text.encode(), HTML


@pytest.fixture
def shards(tmp_path: Path) -> list[Path]:
    """Two imports of a WARC file each, with their archives."""
    made = []
    for name, site in (("gull", "gull.example"), ("tern", "tern.example")):
        folder = tmp_path / name
        folder.mkdir()
        file = folder / f"{name}.warc.gz"
        file.write_bytes(warc(*(page(number, site) for number in range(3))))
        made.append(folder / f"{name}.db")
        assert redtop("import", file, "--db", made[-1], "--keep", "--workers", "1", "-q").status == 0
    return made


def test_a_folder_stands_for_the_shards_in_it(shards: list[Path], tmp_path: Path) -> None:
    (tmp_path / "shards").mkdir()
    for shard in shards:
        shard.rename(tmp_path / "shards" / shard.name)
    assert "2 shards, 6 pages" in redtop("merge", tmp_path / "shards", "--db", tmp_path / "all.db").err
    assert len(rows(tmp_path / "all.db", "SELECT * FROM article")) == 6
    (tmp_path / "nothing").mkdir()
    ran = redtop("merge", tmp_path / "nothing", "--db", tmp_path / "other.db")
    assert (ran.status, ran.err) == (1, f"Error: {tmp_path / 'nothing'} has no shards in it\n")
    assert not (tmp_path / "other.db").exists()


def test_shards_become_one_database(shards: list[Path], tmp_path: Path) -> None:
    db, summary = tmp_path / "all.db", tmp_path / "summary.json"
    ran = redtop("merge", *shards, "--db", db, "--summary", summary)
    assert ran.status == 0, ran.err
    assert ran.out == ""
    assert "2 shards, 6 pages: 6 new articles" in ran.err
    assert f"2 WARC files of the shards are not in {tmp_path / 'archive'}; --keep puts them there" in ran.err
    told = json.loads(summary.read_text())
    assert {name: told[name] for name in ("shards", "pages", "known", "new", "failed")} == {
        "shards": 2, "pages": 6, "known": 0, "new": 6, "failed": [],
    }  # fmt: skip
    assert rows(db, "SELECT site, count(*) FROM article GROUP BY 1") == [("gull.example", 3), ("tern.example", 3)]
    assert redtop("search", "chips", "--db", db, "--format", "json").out.count("\n") == 6
    again = redtop("merge", *reversed(shards), "--db", db)
    assert "0 new articles, 0 joined with what was there, 6 pages known before" in again.err


def test_the_raw_pages_are_found_after_a_merge_that_keeps_them(shards: list[Path], tmp_path: Path) -> None:
    db = tmp_path / "all.db"
    ran = redtop("merge", *shards, "--db", db, "--keep")
    assert ran.status == 0, ran.err
    assert "WARC files" not in ran.err
    ((file, offset),) = rows(db, "SELECT archive_file, archive_offset FROM fetch WHERE url LIKE '%tern%/2'")
    page = read_page(tmp_path / "archive", ArchivePlace(file=file, offset=offset))
    assert b"Gull number 2 steals chips" in page.body
    again = redtop("reextract", "--again", "--db", db, "--workers", "1")
    assert again.status == 0, again.err
    assert again.err.startswith("6 ")
    assert redtop("merge", *shards, "--db", db, "--keep", "-q").err == ""


def test_another_file_of_the_name_is_not_written_over(shards: list[Path], tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "tern.warc.gz").write_bytes(b"other")
    ran = redtop("merge", *shards, "--db", tmp_path / "all.db", "--keep")
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert "cannot be kept: another file of that name lies in" in ran.err
    assert not (tmp_path / "all.db").exists()


def test_the_frontiers_of_shards_are_merged(shards: list[Path], tmp_path: Path) -> None:
    for shard, visits, url in ((shards[0], 2, "one"), (shards[1], 5, "two")):
        with closing(sqlite3.connect(shard)) as db, db:
            sql = "INSERT INTO frontier_url (url_key, url, site, host, kind, state, visits, crawl_id) VALUES "
            db.execute(
                f"{sql} ('gull.example/a', ?, 'gull.example', 'gull.example', 'article', 'done', ?, 1)", [url, visits]
            )
            db.execute(
                "INSERT INTO frontier_host (host, owner, next_request_at) VALUES ('gull.example', 'me', ?)", [visits]
            )
    for order in (shards, shards[::-1]):
        db_path = tmp_path / f"{order[0].stem}-first.db"
        assert redtop("merge", *order, "--db", db_path, "-q").status == 0
        assert rows(db_path, "SELECT url, visits, crawl_id IS NOT NULL FROM frontier_url") == [("two", 5, 1)]
        assert rows(db_path, "SELECT host, owner, next_request_at FROM frontier_host") == [("gull.example", None, 5.0)]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ([], 2, "Missing argument"),
        (["nowhere.db"], 1, "Error: nowhere.db: no such database\n"),
        (["gull.db", "--parquet", "x", "--keep"], 2, "--parquet writes no database"),
    ],
)
def test_what_cannot_be_merged_is_one_line(
    tmp_path: Path, arguments: list[str], status: int, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = redtop("merge", *arguments)
    assert ran.status == status
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_damaged_shard_is_one_line_and_the_others_are_merged(shards: list[Path], tmp_path: Path) -> None:
    ((page,),) = rows(shards[1], "SELECT rootpage FROM sqlite_schema WHERE name = 'quote'")
    data = bytearray(shards[1].read_bytes())
    data[4096 * (page - 1) : 4096 * page] = bytes(4096)
    shards[1].write_bytes(data)
    ran = redtop("merge", *shards, "--db", tmp_path / "all.db", "-q")
    assert ran.status == 1
    assert ran.err == f"Error: {shards[1]} is damaged (the sqlite3 shell's .recover may save what is left)\n"
    assert rows(tmp_path / "all.db", "SELECT DISTINCT site FROM article") == [("gull.example",)]


def test_a_dataset_is_written_instead(shards: list[Path], tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    ran = redtop("merge", *shards, "--parquet", tmp_path / "set")
    assert ran.status == 0, ran.err
    assert "2 shards, 6 pages: 6 new articles" in ran.err
    assert not (tmp_path / "data").exists()
    found = duckdb.sql(f"SELECT site, count(*) FROM '{tmp_path}/set/article/**/*.parquet' GROUP BY 1 ORDER BY 1")
    assert found.fetchall() == [("gull.example", 3), ("tern.example", 3)]
    less = redtop("merge", shards[0], "--parquet", tmp_path / "set")
    assert (less.status, less.err) == (
        1, f"Error: {tmp_path / 'set'} was made of {shards[1]} too: name them as well, or take another folder\n",
    )  # fmt: skip


def test_the_frontier_of_a_shard_that_lacks_the_newest_columns_is_merged(shards: list[Path], tmp_path: Path) -> None:
    with closing(sqlite3.connect(shards[0])) as db, db:
        for column in ("misled", "heed_at"):
            db.execute(f"ALTER TABLE frontier_url DROP COLUMN {column}")
        db.execute(
            "INSERT INTO frontier_url (url_key, url, site, host, kind) VALUES ('a', 'one', 'gull.example', 'b', 'feed')"
        )
    assert redtop("merge", *shards, "--db", tmp_path / "all.db", "-q").status == 0
    assert rows(tmp_path / "all.db", "SELECT url, misled FROM frontier_url WHERE url_key = 'a'") == [("one", 0)]
