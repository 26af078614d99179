"""`redtop publish`, as somebody meets it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.writer import Writer
from tests.crawler.cli.command import redtop
from tests.pipelines.research.conftest import outcomes


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("publish") / "redtop.db"
    with Writer(file) as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
    return file


def test_the_copy_opens_in_sqlite_and_in_every_verb_that_reads(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.db"
    ran = redtop("publish", out, "--db", db)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err.startswith(f"4 articles with 8 quotations in {out}, ")
    assert out.stat().st_mode & 0o222 == 0
    with closing(sqlite3.connect(f"file:{out}?immutable=1", uri=True)) as copy:
        found = copy.execute("SELECT count(*) FROM article_fts WHERE article_fts MATCH 'maud'").fetchone()
    assert redtop("search", "maud", "--count", "--db", out).out == f"{found[0]}\n" == "2\n"
    for verb in (["quotes"], ["show", "1"], ["diff", "1"], ["export", "-q"]):
        assert redtop(*verb, "--db", out) == redtop(*verb, "--db", db) or verb[0] == "show"
        assert redtop(*verb, "--db", out).status == 0
    assert [path.name for path in out.parent.iterdir()] == ["out.db"]


def test_it_is_made_anew_over_an_older_copy_only(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    assert redtop("publish", out, "--db", db, "-q").err == ""
    assert redtop("publish", out, "--db", db, "-q").status == 0
    ran = redtop("publish", db, "--db", db)
    assert (ran.status, ran.err) == (1, f"Error: {db} is there and is no copy made by `redtop publish`\n")
    ran = redtop("publish", tmp_path / "twice.db", "--db", out)
    assert (ran.status, ran.err) == (1, "Error: a copy made by `redtop publish` is not copied again; copy the file\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.db"]


def test_a_crawl_does_not_write_to_it(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.db"
    redtop("publish", out, "--db", db)
    shutil.copy(out, tmp_path / "loose.db")
    (tmp_path / "loose.db").chmod(0o644)
    ran = redtop("crawl", "her.ie", "--contact", "desk@gull.example", "--db", tmp_path / "loose.db")
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {tmp_path / 'loose.db'} is a copy made by `redtop publish`")


def test_what_is_broken_off_leaves_nothing(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipelines.research.publish.program_version", stopped)
    assert redtop("publish", tmp_path / "out.db", "--db", db).status == 130
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("target", [os.devnull, f"{os.devnull}/out.db"])
def test_where_no_file_can_be_is_one_line(db: Path, target: str) -> None:
    ran = redtop("publish", target, "--db", db)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(f"Error: {os.devnull}")
    assert ran.err.count("\n") == 1
