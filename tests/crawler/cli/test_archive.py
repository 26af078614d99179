"""`redtop archive`: the oldest raw pages go, what was read from them stays."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from crawler.sample.server import SampleServer
from tests.crawler.cli.command import redtop
from tests.crawler.cli.test_import import page, rows
from tests.crawler.outlet import FEED, Outlet, feed, story
from tests.crawler.test_warc_pages import warc


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Three kept files, each received a month after the other, and one that no row speaks of."""
    db, archive = tmp_path / "x.db", tmp_path / "archive"
    for number in range(3):
        file = tmp_path / f"{number}.warc.gz"
        file.write_bytes(warc(page(number)))
        assert redtop("import", file, "--db", db, "--workers", "1", "--keep", "-q").status == 0
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "UPDATE fetch SET fetched_at = '2026-0' || (substr(archive_file, 1, 1) + 7) || '-01T08:00:00Z'"
        )
    (archive / "orphan.warc.gz").write_bytes(b"x" * 1000)
    os.utime(archive / "orphan.warc.gz", (1, 1))
    (archive / "fresh.warc.gz").write_bytes(b"x" * 1000)
    (archive / "busy.warc.gz.open").write_bytes(b"x" * 1000)
    return db


def test_files_are_listed_the_oldest_first(db: Path) -> None:
    files = [json.loads(line) for line in redtop("archive", "list", "--db", db, "--json").out.splitlines()]
    assert [file["name"] for file in files] == [
        "busy.warc.gz", "fresh.warc.gz", "orphan.warc.gz", "0.warc.gz", "1.warc.gz", "2.warc.gz",
    ]  # fmt: skip
    assert [(file["pages"], file["is_open"]) for file in files[:4]] == [(0, True), (0, True), (0, False), (1, False)]
    assert files[3]["first"] == files[3]["last"] == "2026-07-01T08:00:00Z"
    assert "0.warc.gz" in redtop("archive", "list", "--db", db).out


def test_the_oldest_go_until_the_rest_fits(db: Path) -> None:
    archive = db.parent / "archive"
    most = sum(path.stat().st_size for path in archive.iterdir()) - 1001
    dry = redtop("archive", "prune", "--max-size", most, "--unknown", "--db", db, "--dry-run")
    assert [line.partition(":")[0] for line in dry.err.splitlines()[:-1]] == ["orphan.warc.gz", "0.warc.gz"]
    assert len(list(archive.iterdir())) == 6
    assert redtop("archive", "prune", "--max-size", most, "--unknown", "--db", db).status == 0
    assert sorted(path.name for path in archive.iterdir()) == [
        "1.warc.gz",
        "2.warc.gz",
        "busy.warc.gz.open",
        "fresh.warc.gz",
    ]
    assert rows(db, "SELECT archive_file, archive_offset IS NULL FROM fetch ORDER BY id") == [
        (None, 1), ("1.warc.gz", 0), ("2.warc.gz", 0),
    ]  # fmt: skip
    assert rows(db, "SELECT count(*) FROM article") == [(3,)]
    assert "no raw page of article 1 is kept" in redtop("raw", "1", "--db", db).err


def test_files_of_another_database_stay_and_are_told_of(db: Path) -> None:
    archive, other = db.parent / "archive", db.parent / "other.db"
    file = db.parent / "3.warc.gz"
    file.write_bytes(warc(page(3)))
    assert redtop("import", file, "--db", other, "--workers", "1", "--keep", "-q").status == 0
    for path in archive.iterdir():
        os.utime(path, (1, 1))
    told = redtop("archive", "prune", "--max-size", "1", "--db", db)
    assert told.err.splitlines()[3].startswith("3 files, ")
    assert told.err.splitlines()[4].startswith("4 files, 0.0 MB stay of which ")
    assert "--unknown" in told.err.splitlines()[4]
    assert sorted(path.name for path in archive.iterdir()) == [
        "3.warc.gz", "busy.warc.gz.open", "fresh.warc.gz", "orphan.warc.gz",
    ]  # fmt: skip
    assert rows(other, "SELECT archive_file FROM fetch") == [("3.warc.gz",)]


def test_the_size_counts_only_files_that_the_database_knows(db: Path) -> None:
    (db.parent / "archive" / "orphan.warc.gz").write_bytes(b"x" * 100_000)
    assert redtop("archive", "prune", "--max-size", "50K", "--db", db).err.startswith("0 files")


def test_what_a_killed_prune_set_aside_is_forgotten_by_the_next(db: Path) -> None:
    archive = db.parent / "archive"
    (archive / "0.warc.gz").rename(archive / "0.warc.gz.pruned")
    assert redtop("archive", "prune", "--max-size", "1G", "--db", db).status == 0
    assert not (archive / "0.warc.gz.pruned").exists()
    assert rows(db, "SELECT archive_file FROM fetch ORDER BY id") == [(None,), ("1.warc.gz",), ("2.warc.gz",)]


def test_what_is_too_old_goes(db: Path) -> None:
    told = redtop("archive", "prune", "--older-than", "3650", "--db", db).err
    assert told.startswith("0 files, 0.0 MB were deleted\n")
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("UPDATE fetch SET fetched_at = '2016-01-01T08:00:00Z' WHERE archive_file = '1.warc.gz'")
    told = redtop("archive", "prune", "--older-than", "3650", "--db", db).err
    assert told.startswith("1.warc.gz: 0.0 MB, 1 pages up to 2016-01-01T08:00:00Z\n1 files")


@pytest.mark.parametrize("arguments", [[], ["--max-size", "much"], ["--older-than", "-1"]])
def test_wrong_usage(db: Path, arguments: list[str]) -> None:
    assert redtop("archive", "prune", "--db", db, *arguments).status == 2
    assert redtop("archive", "prune", "--db", db.with_name("no.db"), "--max-size", "1G").status == 1
    assert not db.with_name("no.db").exists()


def test_a_crawl_keeps_the_archive_within_its_bounds(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/feed", feed(*(f"/news/{number}" for number in range(3))))
    for number in range(3):
        outlet.serve(f"/news/{number}", story(f"Gulls steal {number} chips", words=os.urandom(20_000).hex()))
    db, sites = tmp_path / "x.db", tmp_path / "sites"
    sites.mkdir()
    with SampleServer(outlet.folder.parent) as server:
        text = (outlet.folder / "site.toml").read_text().replace(":8800", f":{server.port}")
        (sites / "gull.localhost.toml").write_text(text)
        verb = ["crawl", "gull.localhost", "--sites", sites, "--allow-private", "--db", db, "--workers", "1"]
        for number in range(3):
            ran = redtop(*verb, "--limit", "1", "--archive-max", "50K")
            assert ran.status == 0, ran.err
            told = [line for line in ran.err.splitlines() if line.startswith("archive: ")]
            assert len(told) == (number > 0), ran.err
    assert told[0].startswith("archive: 1 files with the oldest raw pages were deleted, 0.0 MB")
    assert rows(db, "SELECT count(*), total(archive_file IS NOT NULL) FROM fetch WHERE result = 'new'") == [(3, 1.0)]
    assert sum(path.stat().st_size for path in (tmp_path / "archive").iterdir()) < 50_000
    assert redtop(*verb, "--cluster", "local:1", "--archive-max", "50K").status == 2
