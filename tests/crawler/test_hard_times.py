"""A full disk, a lock that another program holds, a clock set back, a machine that slept: a word, and nothing lost."""

from __future__ import annotations

import logging
import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler.archive_files import read_page
from crawler.frontier.hosts import renew_hosts
from crawler.frontier.pace import DAY, HOUR
from crawler.lanes import TRIES
from crawler.owner import Owner, _start_of, this_process
from crawler.plan import plans
from crawler.quota import Bounds
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from pipelines.database import open_writer
from pipelines.page import ArchivePlace
from tests.crawler.outlet import FEED, HOST, PACE, Outlet, feed, gaps, rows, run, story

COUNT = 12


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path / "outlets", site=f"delay = 0.02\narticle_url = '^/news/'\n{FEED}")
    made.serve("/feed", feed(*(f"/news/{number}" for number in range(COUNT))))
    for number in range(COUNT):
        made.serve(f"/news/{number}", story(f"Gulls steal {number} bags of chips"))
    return made


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "redtop.db"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one and a half megabytes, where this machine lets one be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def whole(db: Path) -> None:
    """The database has each article once, each with its archived bytes."""
    assert rows(db, "SELECT count(*), count(DISTINCT url) FROM article") == [(COUNT, COUNT)]
    assert rows(db, "PRAGMA integrity_check") == [("ok",)]
    for url, file, offset in rows(db, "SELECT url, archive_file, archive_offset FROM fetch WHERE result = 'new'"):
        assert read_page(db.parent / "archive", ArchivePlace(file=file, offset=offset)).url == url


def test_a_disk_that_fills_ends_the_run_with_a_word_and_the_next_one_goes_on(outlet: Outlet, small_disk: Path) -> None:
    db = small_disk / "redtop.db"
    (small_disk / "others").write_bytes(os.urandom(400_000))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert report.status == "failed"
        assert report.error
        assert "no space left" in report.error.lower() or "the disk is full" in report.error
        assert str(small_disk) in report.error
        subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
        stored = rows(db, "SELECT count(*) FROM article")[0][0] if db.stat().st_size else 0
        assert stored < COUNT
        again = run(server, outlet.folder.parent, db)
    assert (again.status, again.total("new")) == ("finished", COUNT - stored)
    whole(db)


def test_a_disk_that_is_full_already_is_named_by_the_command(outlet: Outlet, small_disk: Path) -> None:
    (small_disk / "others").write_bytes(bytes(1536 * 1024 - 8192))
    with SampleServer(outlet.folder.parent) as server:
        (small_disk.parent / "sites").mkdir()
        text = (outlet.folder / "site.toml").read_text(encoding="utf-8").replace(":8800", f":{server.port}")
        (small_disk.parent / "sites" / f"{HOST}.toml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-c", "from crawler.cli import main; main()", "crawl", HOST, "--allow-private"]
        command += ["--db", str(small_disk / "redtop.db"), "--sites", str(small_disk.parent / "sites")]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ran.returncode == 1
    assert ran.stderr.startswith("Error: ")
    assert "disk is full" in ran.stderr or "no space left" in ran.stderr.lower()
    assert "Traceback" not in ran.stderr


def hold(db: Path, until: threading.Event, held: threading.Event) -> None:
    """Lock the database as another program does that writes for a long time."""
    with closing(sqlite3.connect(db, timeout=10, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held.set()
        until.wait(30)
        other.execute("ROLLBACK")


@pytest.mark.parametrize("patience", [0.2, 30.0])
def test_a_lock_is_waited_for_and_where_it_lasts_ends_the_run_with_a_word(
    outlet: Outlet, db: Path, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    monkeypatch.setattr("pipelines.writer.open_writer", partial(open_writer, patience=patience))
    until, held, others = threading.Event(), threading.Event(), []

    def lock(report: object) -> None:
        if not others and rows(db, "SELECT count(*) FROM article")[0][0] >= 3:
            others.append(threading.Thread(target=hold, args=(db, until, held)))
            others[0].start()
            held.wait(10)
            if patience > 1:
                threading.Timer(1.0, until.set).start()

    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db, on_progress=lock)
        until.set()
        others[0].join()
        if patience > 1:
            assert report.status == "finished"
        else:
            assert (report.status, report.error) == ("failed", f"{db} is locked by another program")
            again = run(server, outlet.folder.parent, db)
            assert again.status == "finished"
    whole(db)


def test_a_clock_set_back_is_told_and_what_waited_is_asked(
    outlet: Outlet, db: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with SampleServer(outlet.folder.parent) as server:
        ahead = run(server, outlet.folder.parent, db, bounds=Bounds(limit=5), clock=lambda: time.time() + 400 * DAY)
        assert ahead.total("new") == 5
        with caplog.at_level(logging.WARNING):
            report = run(server, outlet.folder.parent, db)
        assert "the clock was set back" in caplog.text
        caplog.clear()
        assert (report.status, report.total("new")) == ("finished", COUNT - 5)
        whole(db)
        later = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 2 * HOUR)
        assert later.total("unchanged") == COUNT
        assert "clock" not in caplog.text


def test_an_outlet_whose_last_visit_lies_ahead_is_due(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        sites = list(sample_sites(server.port, outlet.folder.parent).values())
    now = time.time()
    assert not plans(sites, db, now)[0].is_due(now)
    assert plans(sites, db, now - 5 * DAY)[0].is_due(now - 5 * DAY)


def test_a_pause_that_was_asked_for_outlasts_a_clock_set_back(outlet: Outlet, db: Path) -> None:
    outlet.serve("/news/0", story("Gulls come back"), status=429, heals_after=1, headers={"Retry-After": "7200"})
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db, clock=lambda: time.time() + 5 * DAY)
        server.log.clear()
        report = run(server, outlet.folder.parent, db)
        assert server.log == []
        assert "left alone for 7" in (report.outlets[HOST].note or "")
        run(server, outlet.folder.parent, db, clock=lambda: time.time() + 2.1 * HOUR)
        assert "/news/1" in {request.path for request in server.log}


def test_a_machine_that_slept_for_a_week_goes_on_where_it_was(outlet: Outlet, db: Path) -> None:
    slept: list[float] = []

    def sleep(report: object) -> None:
        if rows(db, "SELECT count(*) FROM article")[0][0] >= 4:
            slept.append(7 * DAY)

    with SampleServer(outlet.folder.parent) as server:
        report = run(
            server, outlet.folder.parent, db, on_progress=sleep, clock=lambda: time.time() + (slept[0] if slept else 0)
        )
        assert (report.status, report.total("new"), report.errors) == ("finished", COUNT, 0)
        assert [request.path for request in server.log].count("/news/11") == 1
        assert min(gaps(request.time for request in server.log if "news" in request.path)) >= 0.02
    whole(db)


def test_a_host_that_was_taken_over_in_sleep_is_left_to_whoever_has_it(outlet: Outlet, db: Path) -> None:
    slept: list[float] = []
    parent = os.getppid()
    here = this_process()
    other = Owner(here.boot, here.namespace, parent, _start_of(parent) or "")

    def sleep(report: object) -> None:
        if not slept and rows(db, "SELECT count(*) FROM article")[0][0] >= 4:
            with closing(sqlite3.connect(db, timeout=10)) as connection, connection:
                taken = [str(other), time.time() + 8 * DAY]
                connection.execute("UPDATE frontier_host SET owner = ?, lease_until = ?", taken)
            slept.append(7 * DAY)
            server.log.clear()

    with SampleServer(outlet.folder.parent, latency=0.05) as server:
        report = run(
            server, outlet.folder.parent, db, on_progress=sleep, clock=lambda: time.time() + (slept[0] if slept else 0)
        )
        assert len(server.log) <= 1  # what was under way
    assert report.total("new") < COUNT
    assert "another process took" in (report.outlets[HOST].note or "")


def failing_renewals(monkeypatch: pytest.MonkeyPatch, *, times: int) -> list[int]:
    """Let the first renewals of the leases fail; give the list that grows with each."""
    tried: list[int] = []

    def renew(*given: Any, **more: Any) -> set[str]:
        tried.append(len(tried))
        if len(tried) <= times:
            raise sqlite3.OperationalError("disk I/O error")
        return renew_hosts(*given, **more)

    monkeypatch.setattr("crawler.lanes.renew_hosts", renew)
    return tried


def test_a_renewal_of_the_leases_that_fails_is_tried_again(
    outlet: Outlet, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = failing_renewals(monkeypatch, times=2)
    with SampleServer(outlet.folder.parent, latency=0.05) as server:
        report = run(server, outlet.folder.parent, db, pace=replace(PACE, lease=0.3))
    assert len(tried) > 2
    assert (report.status, report.total("new")) == ("finished", COUNT)
    whole(db)


def test_leases_that_cannot_be_renewed_end_the_run_with_a_word(
    outlet: Outlet, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = failing_renewals(monkeypatch, times=1_000)
    with SampleServer(outlet.folder.parent, latency=0.1) as server:
        report = run(server, outlet.folder.parent, db, pace=replace(PACE, lease=0.3), max_time=30)
    assert (report.status, report.error) == ("failed", f"{db}: disk I/O error")
    assert len(tried) >= TRIES
    assert not report.is_out_of_time


def test_a_run_whose_time_is_over_before_it_begins_ends_all_the_same(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent, latency=0.1) as server:
        report = run(server, outlet.folder.parent, db, max_time=0.0)
    assert report.status == "finished"
    assert report.is_out_of_time
    assert report.total("new") < COUNT
