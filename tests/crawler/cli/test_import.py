"""`redtop import`: anybody's WARC files become the database that a crawl would have made."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.cli.command import redtop
from tests.crawler.outlet import story
from tests.crawler.test_warc_pages import HTML, warc

ROOT = Path(__file__).parents[3]


def rows(db: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


def page(number: int, site: str = "gull.example") -> tuple[str, str, bytes, list[tuple[str, str]]]:
    text = story(f"Gull number {number} steals chips", words=f"“I saw gull number {number} do it,” said Ann Tern.")
    return f"https://www.{site}/news/{number}", "200 OK", text.encode(), HTML


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "gull.warc.gz"
    path.write_bytes(warc(*map(page, range(6)), page(9, "tern.example")))
    return path


def test_pages_become_articles_once(file: Path, tmp_path: Path) -> None:
    db, summary = tmp_path / "x.db", tmp_path / "summary.json"
    ran = redtop("import", file, "--db", db, "--workers", "1", "--summary", summary)
    assert ran.status == 0, ran.err
    assert ran.err.startswith("7 pages: 7 new and 0 changed articles")
    assert json.loads(summary.read_text())["new"] == 7
    assert rows(db, "SELECT site, count(*) FROM article GROUP BY 1") == [("gull.example", 6), ("tern.example", 1)]
    assert rows(db, "SELECT DISTINCT first_seen FROM article") == [("2026-09-01T08:00:00Z",)]
    assert rows(db, "SELECT status, pages, articles_new FROM crawl") == [("finished", 7, 7)]
    before = rows(db, "SELECT * FROM article") + rows(db, "SELECT * FROM fetch")
    again = redtop("import", file, "--db", db, "--workers", "1")
    assert "7 known before" in again.err
    assert rows(db, "SELECT * FROM article") + rows(db, "SELECT * FROM fetch") == before


def test_pages_are_chosen_by_outlet_and_date(file: Path, tmp_path: Path) -> None:
    def imported(*options: str) -> list[tuple[Any, ...]]:
        db = tmp_path / f"{'-'.join(options)}.db".replace("/", "")
        assert redtop("import", file, "--db", db, "--workers", "1", "-q", *options).status == 0
        return rows(db, "SELECT site, count(*) FROM article GROUP BY 1")

    assert imported("--site", "www.tern.example") == [("tern.example", 1)]
    assert imported("--since", "2026-09", "--until", "2026-09-01") == [("gull.example", 6), ("tern.example", 1)]
    assert imported("--since", "2026-09-02") == []
    assert imported("--until", "2026-08") == []
    assert imported("--known") == []
    assert redtop("import", file, "--db", tmp_path / "x.db", "--since", "yesterday").status == 2


def test_kept_files_give_the_raw_page(file: Path, tmp_path: Path) -> None:
    db = tmp_path / "folder" / "x.db"
    assert redtop("import", file, "--db", db, "--workers", "1", "-q").status == 0
    assert "no raw page of article 1 is kept" in redtop("raw", "1", "--db", db).err
    assert redtop("import", file, "--db", db, "--workers", "1", "-q", "--keep").status == 0
    raw = subprocess.run(
        [sys.executable, "-c", "from crawler.cli import main; main()", "raw", "1", "--db", db],
        capture_output=True, cwd=ROOT, timeout=60,
    )  # fmt: skip
    assert raw.stdout == page(0)[2]


def test_a_kept_file_never_takes_the_place_of_another(file: Path, tmp_path: Path) -> None:
    db, kept = tmp_path / "x.db", tmp_path / "archive" / file.name
    kept.parent.mkdir()
    kept.write_bytes(b"another")
    ran = redtop("import", file, "--db", db, "--workers", "1", "-q", "--keep")
    assert (ran.status, kept.read_bytes()) == (1, b"another")
    assert ran.err == f"Error: {file} cannot be kept: another file of that name lies in {kept.parent}\n"
    kept.write_bytes(file.read_bytes())
    assert redtop("import", file, "--db", db, "--workers", "1", "-q", "--keep").status == 0
    assert rows(db, "SELECT DISTINCT archive_file FROM fetch") == [(file.name,)]


def test_a_bad_file_is_named_and_the_others_are_read(file: Path, tmp_path: Path) -> None:
    bad, cut, db = tmp_path / "bad.warc", tmp_path / "cut.warc.gz", tmp_path / "x.db"
    bad.write_bytes(b"junk" * 100)
    cut.write_bytes(file.read_bytes()[:-900])
    ran = redtop("import", bad, cut, tmp_path / "missing.warc", "--db", db, "--workers", "1", "-q")
    assert ran.status == 1
    assert ran.err.splitlines() == [
        f"Error: {bad} is no WARC file",
        f"Error: {cut} breaks off in the middle of a record",
        f"Error: {tmp_path}/missing.warc: No such file or directory",
    ]
    assert rows(db, "SELECT count(*) FROM article WHERE site = 'gull.example'") == [(6,)]


def test_files_are_named_by_a_list(file: Path, tmp_path: Path) -> None:
    (tmp_path / "list").write_text(f"# all there is\n{file}\n\n")
    for listed, stdin in ((tmp_path / "list", b""), ("-", f"{file}\n".encode())):
        db = tmp_path / f"{Path(listed).name}.db"
        ran = redtop("import", "-i", listed, "--db", db, "--workers", "1", "-q", stdin=stdin)
        assert (ran.status, ran.err) == (0, "")
        assert rows(db, "SELECT count(*) FROM article") == [(7,)]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "name at least one FILE, or a list of them with -i"),
        (("cc-news:2026",), "a month of CC-NEWS is named cc-news:YYYY-MM"),
        (("cc-news:2026-13",), "a month of CC-NEWS is named cc-news:YYYY-MM"),
        (("s3://press/x.warc.gz", "--keep"), "--keep copies files of this machine, which s3://press/x.warc.gz is not"),
        (("-", "--keep"), "--keep copies files of this machine"),
        (("x.warc.gz", "--no-merge"), "--no-merge goes with --cluster"),
    ],
)
def test_wrong_usage_says_what_is_right(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    ran = redtop("import", *arguments, "--db", tmp_path / "x.db")
    assert ran.status == 2
    assert words in " ".join(ran.err.split())
    assert not (tmp_path / "x.db").exists()


def test_an_import_that_is_killed_goes_on_where_it_ended(tmp_path: Path) -> None:
    file, db, whole = tmp_path / "gull.warc.gz", tmp_path / "x.db", tmp_path / "whole.db"
    file.write_bytes(warc(*map(page, range(200))))
    verb = [sys.executable, "-c", "from crawler.cli import main; main()", "import", str(file), "--workers", "1", "-q"]
    for number in (signal.SIGKILL, signal.SIGTERM):
        running = subprocess.Popen([*verb, "--db", str(db)], cwd=ROOT, stderr=subprocess.PIPE)
        had = rows(db, "SELECT count(*) FROM article")[0][0] if db.exists() else 0
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and running.poll() is None:
            time.sleep(0.01)
            if db.exists() and db.stat().st_size and _count(db) > had:
                os.kill(running.pid, number)
                break
        said = running.communicate(timeout=60)[1]
        assert running.returncode == (1 if number == signal.SIGTERM else -number), said
        assert 0 < _count(db) < 200
    for path in (db, whole):
        assert subprocess.run([*verb, "--db", str(path)], cwd=ROOT, timeout=120).returncode == 0
    sql = "SELECT url, headline, body, revisions FROM article ORDER BY url"
    assert rows(db, sql) == rows(whole, sql)
    assert rows(db, "SELECT count(*), count(DISTINCT url) FROM fetch") == [(200, 200)]
    assert rows(db, "SELECT status FROM crawl ORDER BY id") == [("interrupted",), ("interrupted",), ("finished",)]


def _count(db: Path) -> int:
    try:
        return int(rows(db, "SELECT count(*) FROM article")[0][0])
    except sqlite3.OperationalError:
        return 0
