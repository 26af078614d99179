"""`redtop reextract`: the past read by today's extractors, from the archive and nothing else."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler.warc_pages import read_pages
from tests.crawler.cli.command import redtop
from tests.crawler.cli.test_import import ROOT, page, rows
from tests.crawler.test_warc_pages import HTML, warc
from tests.crawler.vices import MISSING

SQL = (
    "SELECT id, url, headline, body, words, extractor_version, revisions, provenance FROM article ORDER BY id",
    "SELECT article_id, number, fetched_at, headline, body, changed, record, extractor_version FROM revision "
    "ORDER BY article_id, number",
    "SELECT article_id, position, text, speaker FROM quote ORDER BY 1, 2",
    "SELECT article_id, position, text FROM block ORDER BY 1, 2",
    "SELECT rowid FROM article_fts WHERE article_fts MATCH 'gull' ORDER BY 1",
    "SELECT count(*) FROM fetch",
)


def content(db: Path) -> list[list[tuple[Any, ...]]]:
    return [rows(db, sql) for sql in SQL]


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its archive: forty articles and a page that is none."""
    folder = tmp_path_factory.mktemp("reextract")
    (folder / "gull.warc.gz").write_bytes(
        warc(*map(page, range(40)), ("https://www.gull.example/lost", "200 OK", MISSING.encode(), HTML))
    )
    return folder


@pytest.fixture
def old(imported: Path, tmp_path: Path) -> Path:
    """The database as an older redtop, with worse extractors, would have left it."""
    for file in imported.iterdir():
        shutil.copy(file, tmp_path)
    db = tmp_path / "x.db"
    ran = redtop("import", tmp_path / "gull.warc.gz", "--db", db, "--workers", "2", "--keep", "-q")
    assert ran.status == 0, ran.err
    with closing(sqlite3.connect(db)) as connection, connection:
        for table in ("article", "revision"):
            connection.execute(f"UPDATE {table} SET headline = 'worse', extractor_version = '0.0.1'")
        connection.execute("DELETE FROM quote WHERE article_id > 20")
    return db


def test_what_an_older_program_read_is_read_anew(old: Path) -> None:
    before = rows(old, "SELECT article_id, number, fetched_at, changed FROM revision")
    dry = redtop("reextract", "--db", old, "--dry-run", "--workers", "1")
    assert dry.status == 0, dry.err
    assert dry.out.split() == ["field", "records", "that", "differ", "headline", "40"]
    assert rows(old, "SELECT DISTINCT headline FROM article") == [("worse",)]
    ran = redtop("reextract", "--db", old, "--format", "json", "--workers", "1")
    assert ran.status == 0, ran.err
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert len(told) == 40
    assert told[0] == {
        "article": 1, "revision": 1, "url": "https://www.gull.example/news/0", "fields": ["headline"]
    }  # fmt: skip
    assert rows(old, "SELECT headline FROM article WHERE id = 3") == [("Gull number 2 steals chips",)]
    assert rows(old, "SELECT DISTINCT extractor_version = '0.0.1' FROM article") == [(0,)]
    assert rows(old, "SELECT count(DISTINCT article_id) FROM quote") == [(40,)]
    assert rows(old, "SELECT article_id, number, fetched_at, changed FROM revision") == before
    assert rows(old, "SELECT count(*) FROM article_fts WHERE article_fts MATCH 'worse'") == [(0,)]
    again = redtop("reextract", "--db", old, "--workers", "1")
    assert again.err.startswith("0 pages of 0 articles")


def test_only_what_differs_is_written(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        for number in (3, 4):  # as today's extractors read them, but for the version
            headline = f"Gull number {number - 1} steals chips"
            connection.execute("UPDATE article SET headline = ? WHERE id = ?", [headline, number])
            connection.execute("UPDATE revision SET headline = ? WHERE article_id = ?", [headline, number])
    before = rows(old, "SELECT * FROM revision WHERE article_id IN (3, 4)")
    ran = redtop("reextract", "--db", old, "--changed-only", "--workers", "1")
    assert ran.err.startswith("40 pages of 40 articles"), ran.err
    assert "38 records differ" in ran.err
    assert rows(old, "SELECT id FROM article WHERE extractor_version = '0.0.1'") == [(3,), (4,)]
    assert rows(old, "SELECT * FROM revision WHERE article_id IN (3, 4)") == before
    assert rows(old, "SELECT count(*) FROM article WHERE headline = 'worse'") == [(0,)]
    again = redtop("reextract", "--db", old, "--changed-only", "--workers", "1")
    assert again.err.startswith("2 pages of 2 articles")
    assert "0 records differ" in again.err
    assert redtop("reextract", "--db", old, "--workers", "1").err.startswith("2 pages of 2 articles")
    assert rows(old, "SELECT count(*) FROM article WHERE extractor_version = '0.0.1'") == [(0,)]


def test_it_is_the_same_whether_killed_or_not(old: Path, tmp_path: Path) -> None:
    undisturbed = tmp_path / "folder" / "x.db"
    undisturbed.parent.mkdir()
    shutil.copytree(tmp_path / "archive", undisturbed.parent / "archive")
    shutil.copy(old, undisturbed)
    verb = [sys.executable, "-c", "from crawler.cli import main; main()", "reextract", "--workers", "1", "-q", "--db"]
    assert subprocess.run([*verb, undisturbed], cwd=ROOT, timeout=120).returncode == 0
    for number in (signal.SIGKILL, signal.SIGTERM):
        running = subprocess.Popen([*verb, old], cwd=ROOT, stderr=subprocess.PIPE)
        deadline, had = time.monotonic() + 60, _done(old)
        while running.poll() is None and time.monotonic() < deadline and _done(old) == had:
            time.sleep(0.01)
        running.send_signal(number)
        running.communicate(timeout=60)
        assert _done(old) > 0
    assert subprocess.run([*verb, old], cwd=ROOT, timeout=120).returncode == 0
    assert content(old) == content(undisturbed)


def _done(db: Path) -> int:
    return int(rows(db, "SELECT count(*) FROM article WHERE extractor_version <> '0.0.1'")[0][0])


def test_a_page_that_is_not_in_the_archive_keeps_what_was_read(old: Path, tmp_path: Path) -> None:
    ran = redtop("reextract", "--db", old, "--archive", tmp_path / "nothing", "--workers", "1", "-q")
    assert ran.status == 1
    assert ran.err == "Error: 40 states of articles have no page in the archive: what was read before stays\n"
    assert rows(old, "SELECT DISTINCT headline FROM article") == [("worse",)]


def test_a_page_that_was_refused_becomes_an_article_when_it_is_one(old: Path) -> None:
    file = old.parent / "archive" / "more.warc.gz"
    file.write_bytes(warc(page(77)))
    (found,) = read_pages(file)
    with closing(sqlite3.connect(old)) as db, db:
        db.execute(
            "INSERT INTO fetch (url, site, status, fetched_at, archive_file, archive_offset, error, result) "
            "VALUES (?, 'gull.example', 200, '2026-09-01T08:00:00Z', ?, ?, 'no article: a whim', 'not_article')",
            [found.page.url, file.name, found.offset],
        )
    ran = redtop("reextract", "--db", old, "--workers", "1")
    assert ran.err.rstrip().endswith("1 new articles"), ran.err
    assert rows(old, "SELECT headline FROM article WHERE url LIKE '%/news/77'") == [("Gull number 77 steals chips",)]
    assert redtop("reextract", "--db", old, "--workers", "1").err.rstrip().endswith("0 new articles")


def test_only_what_is_asked_for(old: Path) -> None:
    assert redtop("reextract", "--db", old, "--site", "tern.example").err.startswith("0 pages of 0 articles")
    assert redtop("reextract", "--db", old, "--since", "2027").err.startswith("0 pages of 0 articles")
    assert redtop("reextract", "--db", old, "--since", "soon").status == 2
    assert redtop("reextract", "--db", old.with_name("missing.db")).err.endswith("missing.db: no such database\n")
