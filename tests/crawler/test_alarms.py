"""Alarms of whole runs: whose fault it is, and outlets that are not asked."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from crawler.cli.progress import tell
from crawler.frontier.pace import DAY, HOUR, Pace
from crawler.plan import plans
from crawler.quota import Bounds
from crawler.report import CrawlReport
from crawler.run import crawl
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from tests.crawler.outlet import FEED, HOST, PACE, Outlet, feed, rows, run, story

HOSTS = ("gull.localhost", "puffin.localhost", "tern.localhost")


def later(seconds: float) -> Callable[[], float]:
    """A clock that is ahead."""
    return lambda: time.time() + seconds


def press(folder: Path) -> list[Outlet]:
    """Three outlets with an article each."""
    outlets = []
    for host in HOSTS:
        own = Outlet(folder, host=host, site=f"delay = 0\narticle_url = '^/news/'\n{FEED.replace(HOST, host)}")
        own.serve("/feed", feed("/news/a").replace(HOST, host))
        own.serve("/news/a", story(f"{host} steals chips"))
        outlets.append(own)
    return outlets


def test_an_outage_at_our_own_side_is_told_once_and_blames_no_outlet(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    press(tmp_path / "outlets")
    db = tmp_path / "x.db"
    with SampleServer(tmp_path / "outlets") as server:
        for number in range(4):
            report = run(server, tmp_path / "outlets", db, clock=later(number * HOUR))
            assert (report.alarms, report.outage) == ({}, None)
        sites = list(sample_sites(server.port, tmp_path / "outlets").values())
    quick = Pace(retries=PACE.retries[:1])
    report = crawl(sites, db, allow_private=True, workers=1, pace=quick, clock=later(4 * HOUR))
    assert report.alarms == {}
    assert report.outage is not None
    assert report.news.outage == report.outage == report.summary()["outage"]
    tell(report, db, quiet=True)
    assert f"Error: alarm: {report.outage}" in capsys.readouterr().err.splitlines()


def test_a_first_visit_that_fails_is_no_alarm(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", status=503, headers={"Retry-After": "120"})
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
        assert (report.alarms, report.outage) == ({}, None)
        again = run(server, outlet.folder.parent, tmp_path / "x.db")
    assert "left alone" in (again.outlets[HOST].note or "")
    assert again.alarms == {}
    assert rows(tmp_path / "x.db", "SELECT crawl_id, pages FROM site_run") == [(1, 1), (2, 0)]


@pytest.mark.parametrize("way", ["forbids", "rests"])
def test_an_outlet_that_may_not_be_asked_any_more_is_noticed_by_its_silence(tmp_path: Path, way: str) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/robots.txt", "User-agent: *\nDisallow:", changed="User-agent: *\nDisallow: /", type="text/plain")
    outlet.serve("/feed", feed(*(f"/news/{number}" for number in range(10))))
    for number in range(10):
        outlet.serve(f"/news/{number}", story(f"Gulls steal {number} bags", words=f"It was {number}."))
    db = tmp_path / "x.db"
    with SampleServer(outlet.folder.parent) as server:

        def day(number: int) -> CrawlReport:
            if number > 8 and way == "rests":
                with closing(sqlite3.connect(db)) as connection, connection:
                    until = time.time() + number * DAY + HOUR
                    connection.execute("UPDATE frontier_host SET next_request_at = ?", [until])
            return run(server, outlet.folder.parent, db, bounds=Bounds(limit=1), clock=later(number * DAY))

        assert [day(number).total("new") for number in range(9)] == [1] * 9
        server.log.clear()
        server.set_state(2 if way == "forbids" else 1)
        quiet = [day(number) for number in range(9, 12)]
        expected = [] if way == "rests" else ["/robots.txt"] * 3
        assert [request.path for request in server.log] == expected
    said = "no new article for 3.0 days, never more than 1.0 before"
    assert [report.alarms.get(HOST) for report in quiet] == [None, None, said]
    assert rows(db, "SELECT DISTINCT pages FROM site_run WHERE crawl_id > 9") == [(0,)]
    sites = list(sample_sites(server.port, outlet.folder.parent).values())
    assert not plans(sites, db, time.time() + 11 * DAY)[0].is_due(time.time() + 11 * DAY)
    assert plans(sites, db, time.time() + 12 * DAY)[0].is_due(time.time() + 12 * DAY)


def test_an_outlet_that_never_allowed_anything_is_not_due_all_the_time(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/robots.txt", "User-agent: *\nDisallow: /", type="text/plain")
    outlet.serve("/feed", feed("/news/0"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, tmp_path / "x.db")
    plan = plans(sample_sites(server.port, outlet.folder.parent).values(), tmp_path / "x.db", time.time())[0]
    assert plan.last_visit is not None
    assert not plan.is_due(time.time())
