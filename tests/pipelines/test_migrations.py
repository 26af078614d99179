"""A database of every earlier schema opens, is brought up to date, and says what it said."""

from __future__ import annotations

import logging
import lzma
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipelines import schema
from pipelines.database import DatabaseError, close_writer, open_reader, open_writer, transaction
from pipelines.rebuild import rebuild

FOLDER = Path(__file__).with_name("schemas")
OLD = sorted(FOLDER.glob("*.db.xz"))
VIEWS = {
    "site_health": "site, last_success, pages_7d, articles_7d, error_rate_7d, missing_headline, "
    "missing_date, missing_body",
    "quote_speaker": "quote_id, name, kind",
}
"""What they have said since the first schema; what `site_health` takes for alarming has changed."""


def unpacked(packed: Path, folder: Path) -> Path:
    file = folder / packed.name.removesuffix(".xz")
    file.write_bytes(lzma.decompress(packed.read_bytes()))
    return file


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def columns(file: Path) -> dict[str, list[str]]:
    """The columns of each table that people hold on to."""
    tables = [name for (name,) in rows(file, "SELECT name FROM sqlite_schema WHERE type = 'table'")]
    kept = [name for name in tables if not name.startswith(("_", "sqlite_")) and "_fts" not in name]
    return {name: [row[1] for row in rows(file, f"PRAGMA table_info({name})")] for name in kept}


def said(file: Path, tables: dict[str, list[str]]) -> dict[str, list[tuple[Any, ...]]]:
    found = {name: rows(file, f"SELECT {','.join(names)} FROM {name} ORDER BY 1, 2") for name, names in tables.items()}
    return found | {view: rows(file, f"SELECT {names} FROM {view} ORDER BY 1, 2") for view, names in VIEWS.items()}


def test_the_first_schema_has_a_database_of_its_time_and_no_database_is_of_an_unknown_one() -> None:
    kept = [file.name.partition(".")[0] for file in OLD]
    known = sorted(folder.name for folder in Path(schema.__file__).parent.glob("[0-9]*"))
    assert kept[0] == known[0] == "001"
    assert set(kept) < set(known)


@pytest.mark.parametrize("packed", OLD, ids=lambda file: file.stem)
def test_an_old_database_says_after_migration_what_it_said_before(packed: Path, tmp_path: Path) -> None:
    file = unpacked(packed, tmp_path)
    derived = {"story", "article_band", "article_signature"}
    tables = {name: names for name, names in columns(file).items() if name not in derived}
    tables["article"] = [name for name in tables["article"] if name not in ("story_id", "copy_of")]
    before = said(file, tables)
    assert len(before["article"]) > 10
    copies = rows(file, "SELECT id, copy_of FROM article WHERE copy_of IS NOT NULL")
    close_writer(open_writer(file))
    assert said(file, tables) == before
    assert rows(file, "SELECT id, copy_of FROM article WHERE copy_of IS NOT NULL") == copies
    assert rows(file, "PRAGMA integrity_check") == [("ok",)]
    assert rows(file, "PRAGMA foreign_key_check") == []


def test_an_update_that_takes_long_is_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("pipelines.database.MANY", 10)
    caplog.set_level(logging.WARNING)
    close_writer(open_writer(unpacked(OLD[-1], tmp_path)))
    (line,) = caplog.messages
    assert "once:" in line
    assert line.endswith("articles, about 1 min")


@pytest.mark.parametrize("packed", OLD, ids=lambda file: file.stem)
def test_what_later_schemas_know_is_filled_in(packed: Path, tmp_path: Path) -> None:
    file = unpacked(packed, tmp_path)
    close_writer(open_writer(file))
    assert rows(file, "SELECT count(*) FROM article WHERE story_id IS NULL") == [(0,)]
    assert rows(file, "SELECT articles, sites FROM story WHERE headline LIKE 'Imelda Farrow%'") == [(2, 2)]
    assert rows(file, "SELECT DISTINCT agency, agency_by FROM article WHERE agency IS NOT NULL") == [("PA", "credit")]
    assert rows(file, "SELECT quotes FROM person WHERE name = 'Imelda Farrow'")[0][0] >= 6
    assert rows(file, "SELECT cited_site FROM citation WHERE outlet = 'Variety' OR outlet = 'Vulture'")[0][0]
    told = "SELECT * FROM story ORDER BY id"
    before = rows(file, told)
    with closing(open_writer(file)) as db, transaction(db):
        rebuild(db)
    assert rows(file, told) == before


@pytest.mark.parametrize("packed", OLD, ids=lambda file: file.stem)
def test_a_reader_refuses_an_older_database_with_a_clear_word(packed: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="older redtop; a command that writes, such as `redtop crawl`, updates it"):
        open_reader(unpacked(packed, tmp_path))


@pytest.mark.parametrize("opening", [open_reader, open_writer])
def test_a_database_of_a_newer_program_is_refused_with_a_clear_word(opening: Any, tmp_path: Path) -> None:
    file = tmp_path / "newer.db"
    close_writer(open_writer(file))
    with closing(sqlite3.connect(file)) as connection:
        sql = (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('redtop', 'future', '2030-01-01')"
        )
        connection.execute(sql)
        connection.commit()
    with pytest.raises(DatabaseError, match="newer redtop; update the program"):
        opening(file)
