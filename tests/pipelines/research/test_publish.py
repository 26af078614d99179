from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipelines.database import DatabaseError, close_writer, open_reader, open_writer, transaction
from pipelines.research import Selection, count, quotes, search, show
from pipelines.research.publish import Published, check_target, publish
from tests.house.test_database_docs import documented

RESEARCH = {
    "annotation", "article", "article_address", "article_author", "article_day", "article_person", "author", "block",
    "citation", "citation_month", "copy_delay", "copy_link", "date_mention", "embed", "embed_month", "fetch_day",
    "image", "person", "person_site", "quote", "quote_annotation", "quote_month", "quote_speaker", "revision",
    "revision_quote", "story", "story_citation", "story_link", "story_outlet", "story_redirect",
}  # fmt: skip


@pytest.fixture
def working(shelf: Path, tmp_path: Path) -> Path:
    """A database in use: with a code, a table of one's own, a crawl and archives at a path of this machine."""
    file = tmp_path / "redtop.db"
    shutil.copy(shelf, file)
    db = open_writer(file)
    with transaction(db):
        db.conn.execute("INSERT INTO annotation (article_id, name, value) VALUES (1, 'topic', 'farewell')")
        db.conn.execute("CREATE TABLE my_notes (article_id INTEGER, text TEXT)")
        db.conn.execute("UPDATE fetch SET archive_file = '/srv/ines/archive/2026.warc.gz'")
    close_writer(db)
    return file


def published(working: Path, target: Path, **options: Any) -> Published:
    reader = open_reader(working)
    try:
        return publish(reader, target, **options)
    finally:
        reader.close()


@pytest.fixture
def copy(working: Path, tmp_path: Path) -> Iterator[Path]:
    target = tmp_path / "out.db"
    published(working, target)
    return target  # type: ignore[return-value]


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as db:
        return db.execute(sql).fetchall()


def names(file: Path) -> set[str]:
    found = rows(file, "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    return {name for (name,) in found if not name.startswith(("_", "sqlite_")) and "_fts" not in name}


def test_what_is_for_research_is_there_and_nothing_else(working: Path, copy: Path) -> None:
    assert names(copy) == RESEARCH | {"dataset", "coverage"}
    for name in RESEARCH - {"annotation", "quote_annotation"}:
        assert rows(copy, f"SELECT * FROM {name} ORDER BY 1, 2") == rows(working, f"SELECT * FROM {name} ORDER BY 1, 2")
    assert set(documented()) > RESEARCH


def test_nothing_of_the_machine_is_in_the_file(copy: Path) -> None:
    data = copy.read_bytes()
    assert b"/srv/ines" not in data
    assert b".warc" not in data
    assert re.search(rb"farewell", data) is None


def test_it_is_one_whole_file_without_a_log(copy: Path) -> None:
    assert rows(copy, "PRAGMA journal_mode") == [("delete",)]
    assert rows(copy, "PRAGMA integrity_check") == [("ok",)]
    assert rows(copy, "PRAGMA foreign_key_check") == []
    assert rows(copy, "PRAGMA freelist_count") == [(0,)]
    assert [path.name for path in copy.parent.iterdir() if path.name.startswith("out.db")] == ["out.db"]


def test_indexes_and_full_text_are_there(working: Path, copy: Path) -> None:
    sql = (
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN "
        f"({','.join(repr(name) for name in RESEARCH)}) ORDER BY 1"
    )
    assert rows(copy, sql) == rows(working, sql)
    for index in ("article_fts", "quote_fts"):
        with closing(sqlite3.connect(copy)) as db:
            db.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_redtop_reads_it_as_it_reads_the_original(working: Path, copy: Path) -> None:
    original, reader = open_reader(working), open_reader(copy)
    only = Selection(query="maud OR lind", copies=False)
    assert search(reader, only) == search(original, only) != []
    assert count(reader, only) == count(original, only)
    assert quotes(reader, Selection()) == quotes(original, Selection())
    assert show(reader, 1).article == show(original, 1).article
    assert show(reader, 1).archive is None
    original.close()
    reader.close()


def test_it_says_what_it_holds_and_what_was_fetched_when(copy: Path, working: Path) -> None:
    (row,) = rows(copy, "SELECT articles, sites, quotes, first_published, last_published FROM dataset")
    assert row == (4, 2, 8, "2026-11-20T08:00:00Z", "2026-11-22T10:30:00Z")
    (versions,) = rows(copy, "SELECT extractor_versions FROM dataset")[0]
    assert json.loads(versions) == [
        version for (version,) in rows(working, "SELECT DISTINCT extractor_version FROM article")
    ]
    assert rows(copy, "SELECT * FROM coverage") == [
        ("glimmer.example", "2026-11-22", 3, 0), ("tattle.example", "2026-11-22", 2, 0),
    ]  # fmt: skip


def test_codes_and_tables_of_your_own_go_along_where_you_say_so(working: Path, tmp_path: Path) -> None:
    target = tmp_path / "own.db"
    published(working, target, own=True)
    assert names(target) == RESEARCH | {"dataset", "coverage", "my_notes"}
    assert rows(target, "SELECT value FROM annotation") == [("farewell",)]


def test_a_copy_is_not_written_to(copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    with pytest.raises(DatabaseError, match="is a copy made by `redtop publish`; nothing is written to it"):
        open_writer(copy)
    with pytest.raises(DatabaseError, match="is not copied again"):
        published(copy, tmp_path / "again.db")
    assert copy.read_bytes() == before


def test_only_a_copy_gives_way_to_a_copy(working: Path, copy: Path, tmp_path: Path) -> None:
    check_target(copy)
    check_target(tmp_path / "none.db")
    other = tmp_path / "letter.txt"
    other.write_text("Dear Maud")
    for kept in (working, other):
        with pytest.raises(DatabaseError, match="is there and is no copy"):
            check_target(kept)


def test_an_old_copy_is_to_be_made_anew(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as db, db:
        db.execute(
            "DELETE FROM _sqlite_migrations WHERE name = (SELECT name FROM _sqlite_migrations ORDER BY id DESC LIMIT 1)"
        )
    with pytest.raises(
        DatabaseError, match="was published by an older redtop: read it with that one, or publish it anew"
    ):
        open_reader(copy)
