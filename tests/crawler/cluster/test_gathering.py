"""`reextract` from shards that are all there already, so that it needs no cluster."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.contents import contents
from crawler.cluster import gathering
from crawler.cluster.folder import Folder
from crawler.cluster.gathering import Readings
from crawler.cluster.plan import reading_identity
from crawler.cluster.readings import keep
from crawler.cluster.rereading import RereadJob, page_units, reread_on_cluster
from crawler.frontier.schema import frontier
from crawler.importing import import_files
from crawler.rereading import reread_archive, sought
from crawler.worker import Unread
from pipelines.database import DatabaseError, close_writer, open_reader, open_writer, transaction
from pipelines.page import Page
from tests.crawler.cli.test_import import page
from tests.crawler.cluster.test_folder import MANIFEST
from tests.crawler.test_pages import hats
from tests.crawler.test_warc_pages import HTML, warc

NOWHERE = "no cluster is asked for"


def hat(number: int, more: str = "") -> tuple[str, str, bytes, list[tuple[str, str]]]:
    """A page of an article on three."""
    url = f"https://www.gull.example/ball/forty-finest-hats/{f'{number}/' if number > 1 else ''}"
    text = hats(number, 3, more=more).replace("http://gull.localhost:8800", "https://www.gull.example")
    return url, "200 OK", text.encode(), HTML


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a database and its archive: an article on three pages, of which the second has changed."""
    folder = tmp_path_factory.mktemp("hats")
    (folder / "one.warc.gz").write_bytes(warc(*map(hat, (1, 2, 3)), page(1)))
    (folder / "two.warc.gz").write_bytes(warc(hat(2, "The hat was stolen."), seconds=[20]))
    files = [folder / "one.warc.gz", folder / "two.warc.gz"]
    report = import_files(files, folder / "x.db", {}, workers=1, folder=folder / "archive", keep=True)
    assert (report.new, report.broken) == (2, [])
    with closing(sqlite3.connect(folder / "x.db")) as connection, connection:
        for table in ("article", "revision", "article_page"):
            connection.execute(f"UPDATE {table} SET headline = 'worse', extractor_version = '0.0.1'")
    return folder


def read_ahead(where: Path) -> Folder:
    """Have the units of a run done, as workers would."""
    folder = Folder(str(where / "x-shards"))
    folder.prepare()
    reader = open_reader(where / "x.db", frontier)
    pages = sought(reader)
    reader.close()
    job = RereadJob({}, where / "archive")
    for unit in page_units(pages, reading_identity({})):
        with folder.making(unit.name) as shard:
            job.do(unit, shard, lambda pages, size: None)
            folder.finish(shard, unit.name, replace(MANIFEST, unit=unit.name))
    return folder


def test_states_that_have_a_page_in_common_are_all_read_again(old: Path, tmp_path: Path) -> None:
    plain, other = tmp_path / "plain", tmp_path / "other"
    for folder in (plain, other):
        shutil.copytree(old, folder)
    assert reread_archive(plain / "x.db", plain / "archive", {}, workers=1).status == "finished"
    shards = read_ahead(other)
    run, report = reread_on_cluster(other / "x.db", other / "archive", {}, where=NOWHERE, folder=shards)
    assert (run.known, run.is_whole) == (2, True)
    assert not report.failed
    assert not report.missing
    assert report.read == 3
    with closing(sqlite3.connect(other / "x.db")) as connection:
        assert connection.execute("SELECT max(revisions) FROM article").fetchone() == (2,)
    assert contents(other / "x.db") == contents(plain / "x.db")


def test_a_damaged_shard_is_named_and_its_unit_is_done_anew(old: Path, tmp_path: Path) -> None:
    where = tmp_path / "where"
    shutil.copytree(old, where)
    shards = read_ahead(where)
    for shard in (where / "x-shards").glob("one*.db"):
        os.truncate(shard, 40_000)
    run, report = reread_on_cluster(where / "x.db", where / "archive", {}, where=NOWHERE, folder=shards)
    ((name, reason),) = run.unmerged.items()
    assert name.startswith("one")
    assert reason.endswith("; the next run makes it anew")
    assert report.failed
    assert len(shards.finished()) == 1


def test_a_database_that_fails_ends_the_run(old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody needs the rest of the readings then."""
    where = tmp_path / "where"
    shutil.copytree(old, where)
    shards = read_ahead(where)

    def fails(*_: object, **__: object) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("crawler.cluster.rereading.reread_archive", fails)
    with pytest.raises(DatabaseError, match="the disk is full"):
        reread_on_cluster(where / "x.db", where / "archive", {}, where=NOWHERE, folder=shards)


def test_readings_stay_in_their_shards_until_they_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "OPEN", 2)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    pages = [Page(url=f"https://gull.example/{number}", status=200, body=b"x", fetched_at=at) for number in range(40)]
    readings = Readings(Folder(str(tmp_path)))
    early = readings.submit(pages[39])
    for number in range(8):
        db = open_writer(tmp_path / f"{number}.db", frontier)
        with transaction(db):
            for each in pages[number::8]:
                keep(db, each, Unread(f"reading of {each.url}"))
        close_writer(db)
        readings.take(str(number))
    assert early.done()
    gc.collect()
    assert sum(isinstance(found, Unread) for found in gc.get_objects()) == 1, "that of the one who waited"
    for _ in range(2):
        found = [readings.submit(each).result() for each in pages]
        assert [one.reason for one in found if isinstance(one, Unread)] == [f"reading of {each.url}" for each in pages]
    assert len(readings._open) == 2
    readings.close(None)
    late = Page(url="https://gull.example/late", status=200, body=b"x", fetched_at=at)
    assert readings.submit(late).result() == Unread(gathering.LEFT)
    readings.forget()
