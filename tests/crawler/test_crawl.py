from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from crawler.archive import Archive
from crawler.archive_files import read_page
from crawler.cli.progress import complaints
from crawler.frontier.pace import HOUR, Pace
from crawler.frontier.schema import frontier
from crawler.owner import Owner, _start_of, this_process
from crawler.quota import Bounds
from crawler.report import CrawlReport
from crawler.run import crawl
from crawler.sample import sample_sites
from crawler.sample.routes import load_routes
from crawler.sample.server import SampleServer
from crawler.settings import MAX_PAGE, MAX_ROBOTS
from pipelines.database import DatabaseError, close_writer, open_writer
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace
from pipelines.store import Stored, write_outcome
from tests.crawler.outlet import FEED, HOST, ORIGIN, PACE, Outlet, feed, gaps, paths, rows, run, story


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    return Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "data" / "redtop.db"


def test_articles_are_stored_with_the_place_of_their_bytes(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b", "/about"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    outlet.serve("/news/b", story("Chips steal gulls"))
    seen = []
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db, on_progress=lambda report: seen.append(report.total("new")))
        assert paths(server) == ["/robots.txt", "/feed", "/news/a", "/news/b"]
    assert report.is_served
    assert (report.total("new"), report.total("listings"), report.errors) == (2, 1, 0)
    assert seen[-1] == 2
    assert rows(db, "SELECT headline FROM article ORDER BY id") == [("Gulls steal chips",), ("Chips steal gulls",)]
    for url, file, offset in rows(db, "SELECT url, archive_file, archive_offset FROM fetch WHERE status = 200"):
        assert read_page(db.parent / "archive", ArchivePlace(file=file, offset=offset)).url == url
    assert rows(db, "SELECT status, articles_new, errors FROM crawl") == [("finished", 2, 0)]
    assert rows(db, "SELECT count(*) FROM frontier_host WHERE owner IS NOT NULL") == [(0,)]


def test_robots_are_obeyed_and_their_sitemaps_read(outlet: Outlet, db: Path) -> None:
    rules = f"User-agent: *\nDisallow: /news/secret\nCrawl-delay: 0.2\nSitemap: {ORIGIN}/map.xml"
    outlet.serve("/robots.txt", rules, type="text/plain")
    outlet.serve("/feed", feed("/news/secret", "/news/a"))
    outlet.serve("/map.xml", f"<urlset><url><loc>{ORIGIN}/news/b</loc></url></urlset>", type="application/xml")
    outlet.serve("/news/a", story("Gulls steal chips"))
    outlet.serve("/news/b", story("Chips steal gulls"))
    with SampleServer(outlet.folder.parent, latency=0.02) as server:
        report = run(server, outlet.folder.parent, db)
        assert sorted(paths(server)) == ["/feed", "/map.xml", "/news/a", "/news/b", "/robots.txt"]
        assert min(gaps(request.time for request in server.log)) >= 0.2
        assert {request.at_once for request in server.log} == {1}
    assert report.outlets[HOST].disallowed == 1


def test_the_second_run_asks_only_for_what_is_new(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b"), changed=feed("/news/b", updated="2026-11-21T08:00:00Z"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    outlet.serve("/news/b", story("Chips steal gulls"), changed=story("Chips steal gulls", words="They deny it."))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.log.clear()
        quiet = run(server, outlet.folder.parent, db)
        assert [(request.path, request.status) for request in server.log] == [("/feed", 304)]
        server.set_state(2)
        server.log.clear()
        report = run(server, outlet.folder.parent, db)
        assert [(request.path, request.status) for request in server.log] == [("/feed", 200), ("/news/b", 200)]
        assert all(request.conditional for request in server.log)
    assert quiet.is_served
    assert (report.total("changed"), report.total("new")) == (1, 0)
    assert rows(db, "SELECT url, revisions FROM article WHERE revisions > 1")[0][0].endswith("/news/b")


def test_a_revisit_that_finds_nothing_new_costs_a_304(outlet: Outlet, db: Path) -> None:
    outlet.serve("/robots.txt", "User-agent: *\nDisallow:", type="text/plain")
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.log.clear()
        in_two_hours = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 7200)
        assert [(line.path, line.status) for line in server.log if "news" in line.path] == [("/news/a", 304)]
        assert [(line.path, line.status) for line in server.log if "robots" in line.path] == [("/robots.txt", 200)]
    assert in_two_hours.total("unchanged") == 1
    assert rows(db, "SELECT visits FROM frontier_url WHERE kind = 'article'") == [(2,)]


def test_an_article_that_changed_is_visited_again_as_soon_as_before(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b"))
    outlet.serve("/news/a", story("Gulls steal chips"), changed=story("Gulls steal all chips"))
    outlet.serve("/news/b", story("Chips steal gulls", words="It was a chip."))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.set_state(2)
        run(server, outlet.folder.parent, db, clock=lambda: time.time() + 7200)
    pauses = rows(
        db, "SELECT step, round((due_at - unixepoch() - 7200) / 3600) FROM frontier_url WHERE kind = 'article'"
    )
    assert pauses == [(1, 1), (2, 6)]


def later(hours: float) -> Callable[[], float]:
    return lambda: time.time() + hours * HOUR


def runs_at(server: SampleServer, folder: Path, db: Path, *hours: float) -> dict[float, list[str]]:
    """Crawl at each of these hours from now; give which articles were asked."""
    asked = {}
    for hour in hours:
        server.log.clear()
        run(server, folder, db, clock=later(hour))
        asked[hour] = [path for path in paths(server) if path.startswith("/news/")]
    return asked


def serve_anew(server: SampleServer, outlet: Outlet, path: str, text: str, **route: Any) -> None:
    """Serve something else at a path from now on."""
    outlet.serve(path, text, **route)
    server.routes[HOST] = load_routes(outlet.folder.parent)[HOST]


def test_a_feed_that_runs_ahead_of_its_page_loses_no_story(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b"))
    outlet.serve("/news/a", story("Gulls steal chips"), status=404, heals_after=2)
    with SampleServer(outlet.folder.parent) as server:
        asked = runs_at(server, outlet.folder.parent, db, 0, 0.1, 0.2, 0.5, 1.3, 8, 20)
    both = ["/news/a", "/news/b"]
    assert asked == {0: both, 0.1: [], 0.2: both, 0.5: [], 1.3: both, 8: ["/news/b", "/news/a"], 20: ["/news/a"]}
    assert rows(db, "SELECT count(*) FROM article") == [(1,)]
    gone = "SELECT url LIKE '%/news/b', reason LIKE '%404 Not Found' FROM frontier_url WHERE state = 'gave_up'"
    assert rows(db, gone) == [(1, 1)]


CHALLENGE = "<title>Just a moment...</title><h1>Checking your browser before accessing gull.localhost</h1>"


@pytest.mark.parametrize(
    ("path", "text", "how"),
    [
        ("/news/a", "", {"status": 403}),
        ("/news/a", "", {"status": 302, "location": "/"}),
        ("/news/a", CHALLENGE, {}),
        ("/robots.txt", "User-agent: *\nDisallow: /", {"type": "text/plain"}),
    ],
    ids=["refused", "led away", "challenged", "forbidden"],
)
def test_a_block_of_some_days_ends_no_revisits(
    outlet: Outlet, db: Path, path: str, text: str, how: dict[str, Any]
) -> None:
    outlet.serve("/robots.txt", "User-agent: *\nAllow: /", type="text/plain")
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        healthy = server.routes[HOST]
        serve_anew(server, outlet, path, text, **how)
        runs_at(server, outlet.folder.parent, db, 1.1, 26, 99, 124)
        server.routes[HOST] = healthy
        report = run(server, outlet.folder.parent, db, clock=later(20 * 24))
    assert report.total("unchanged") == 1
    assert rows(db, "SELECT state, attempts, visits FROM frontier_url WHERE kind = 'article'") == [("done", 0, 2)]


def test_what_was_given_up_is_asked_again_when_it_is_still_listed_some_days_later(outlet: Outlet, db: Path) -> None:
    outlet.serve("/news/a", story("Gulls steal chips"), status=403)
    asked = []
    with SampleServer(outlet.folder.parent) as server:
        for day in range(13):
            named = re.sub("<updated>.*?</updated>", "", feed("/news/a")) + f"<!-- {day} -->"
            serve_anew(server, outlet, "/feed", named)
            asked += [day for paths in runs_at(server, outlet.folder.parent, db, 24.1 * day).values() if paths]
        assert asked == [0, 1, 4, 7, 11]
        serve_anew(server, outlet, "/news/a", story("Gulls steal chips"))
        serve_anew(server, outlet, "/feed", feed())
        assert runs_at(server, outlet.folder.parent, db, 24 * 40) == {24 * 40: []}
        serve_anew(server, outlet, "/feed", named)
        assert runs_at(server, outlet.folder.parent, db, 24 * 41) == {24 * 41: ["/news/a"]}
    assert rows(db, "SELECT count(*) FROM article") == [(1,)]


def test_a_listing_that_always_says_updated_now_is_believed_until_it_was_in_vain(outlet: Outlet, db: Path) -> None:
    outlet.serve("/news/a", story("Gulls steal chips"), changed=story("Gulls steal all chips"))
    asked = []
    with SampleServer(outlet.folder.parent) as server:
        for hour in (0, 0.5, 1, 2, 3, 8.1, 9, 33, 33.5, 34):
            if hour == 33:
                server.set_state(2)
            serve_anew(server, outlet, "/feed", feed("/news/a", updated=f"{datetime.fromtimestamp(hour * 3600, UTC)}"))
            asked += [hour for paths in runs_at(server, outlet.folder.parent, db, hour).values() if paths]
    assert asked == [0, 0.5, 2, 8.1, 33, 33.5]
    assert rows(db, "SELECT revisions FROM article") == [(2,)]


def test_a_vanished_article_is_marked_and_kept(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.routes[HOST]["/news/a"] = replace(server.routes[HOST]["/news/a"], status=410)
        report = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 7200)
    assert report.total("gone") == 1
    assert rows(db, "SELECT headline FROM article WHERE gone_at IS NOT NULL") == [("Gulls steal chips",)]


def test_what_fails_is_asked_again_and_what_stays_wrong_is_told(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/heals", "/news/ill", "/news/missing", "/news/paper"))
    outlet.serve("/news/heals", story("Gulls steal chips"), status=500, heals_after=2)
    outlet.serve("/news/ill", status=502)
    outlet.serve("/news/paper", "%PDF-1.7", type="application/pdf")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert [paths(server).count(f"/news/{name}") for name in ("heals", "ill", "missing", "paper")] == [3, 4, 1, 1]
        name = f"{HOST}:{server.port}"
    assert report.is_served
    assert report.total("new") == 1
    assert report.outlets[HOST].failed == {
        f"{name} answered 500 Internal Server Error": 2,
        f"{name} answered 502 Bad Gateway": 4,
        f"{name} answered 404 Not Found": 1,
        "is a PDF, no page": 1,
    }
    states = rows(db, "SELECT state FROM frontier_url WHERE kind = 'article' ORDER BY url")
    assert states == [("done",), ("gave_up",), ("waiting",), ("gave_up",)]


@pytest.mark.parametrize(("status", "form"), [(429, "seconds"), (503, "date")])
def test_retry_after_holds_the_whole_host(outlet: Outlet, db: Path, status: int, form: str) -> None:
    wait = "1" if form == "seconds" else formatdate(time.time() + 2.5, usegmt=True)
    outlet.serve("/feed", feed("/news/a", "/news/b"))
    outlet.serve("/news/a", story("Gulls steal chips"), status=status, heals_after=1, headers={"Retry-After": wait})
    outlet.serve("/news/b", story("Chips steal gulls"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        refused = next(line for line in server.log if line.status == status)
        later = [line for line in server.log if line.time > refused.time]
        assert min(line.time for line in later) - refused.time >= (1.0 if form == "seconds" else 0.5)
    assert report.total("new") == 2


def test_a_host_that_asks_for_a_long_pause_is_left_to_a_later_run(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b"))
    outlet.serve("/news/a", story("Gulls steal"), status=429, heals_after=1, headers={"Retry-After": "3600"})
    outlet.serve("/news/b", story("Chips steal gulls"))
    with SampleServer(outlet.folder.parent) as server:
        first = run(server, outlet.folder.parent, db)
        asked = len(server.log)
        second = run(server, outlet.folder.parent, db)
        assert len(server.log) == asked
        third = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 3700)
    assert first.total("new") == 0
    assert "left alone" in (second.outlets[HOST].note or "")
    assert (second.is_served, second.outlets[HOST].is_served) == (True, False)  # it rests as it asked: no failure
    assert third.total("new") == 2


def test_redirects_are_looked_at_hop_by_hop(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/short", "/news/round", "/news/away", "/news/front"))
    outlet.serve("/news/short", status=301, location="/news/long")
    outlet.serve("/news/long", story("Gulls steal chips"))
    outlet.serve("/news/round", status=302, location="/news/and-round")
    outlet.serve("/news/and-round", status=302, location="/news/round")
    outlet.serve("/news/away", status=302, location="http://other.localhost:8800/news/x")
    outlet.serve("/news/front", status=302, location="/")
    other = Outlet(outlet.folder.parent / "elsewhere", host="other.localhost")
    other.serve("/news/x", story("Somebody else's"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert {line.host for line in server.log} == {HOST}
    assert report.total("new") == 1
    assert set(report.outlets[HOST].failed) == {
        "redirects in a circle", "redirects to another outlet", "redirects to a page that is no article",
    }  # fmt: skip
    assert rows(db, "SELECT requested_url IS NOT NULL FROM fetch WHERE result = 'new'") == [(1,)]


def test_the_limit_takes_the_newest_and_leaves_the_rest_to_the_next_run(outlet: Outlet, db: Path) -> None:
    entries = "".join(
        f'<entry><link href="{ORIGIN}/news/{n}"/><updated>2026-11-{n:02}T08:00:00Z</updated></entry>'
        for n in range(1, 7)
    )
    outlet.serve("/feed", f'<feed xmlns="http://www.w3.org/2005/Atom">{entries}</feed>')
    for number in range(1, 7):
        outlet.serve(f"/news/{number}", story(f"Gulls steal {number} bags of chips"))
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db, bounds=Bounds(limit=2))
        assert paths(server, "/robots.txt", "/feed") == ["/news/6", "/news/5"]
        run(server, outlet.folder.parent, db, bounds=Bounds(limit=2))
        assert paths(server, "/robots.txt", "/feed") == ["/news/6", "/news/5", "/news/4", "/news/3"]


def test_a_page_leads_to_feeds_and_a_sitemap_index_to_sitemaps(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f'delay = 0\n[[sections]]\nurl = "{ORIGIN}/"')
    outlet.serve("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {ORIGIN}/index.xml", type="text/plain")
    outlet.serve("/", '<link rel="alternate" type="application/atom+xml" href="/atom"><a href="/about">about</a>')
    outlet.serve("/atom", feed("/chips"))
    outlet.serve("/chips", story("Chips steal gulls"))
    outlet.serve("/index.xml", f"<sitemapindex><sitemap><loc>{ORIGIN}/p.xml.gz</loc></sitemap></sitemapindex>")
    outlet.serve("/p.xml.gz", f"<urlset><url><loc>{ORIGIN}/gulls-steal-chips-again/</loc></url></urlset>", gzip=True)
    outlet.serve("/gulls-steal-chips-again/", story("Gulls steal chips again"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        asked = paths(server)
    assert asked[0] == "/robots.txt"
    assert sorted(asked[1:]) == ["/", "/atom", "/chips", "/gulls-steal-chips-again/", "/index.xml", "/p.xml.gz"]
    assert report.total("new") == 2


def test_private_addresses_are_not_asked_and_an_unserved_outlet_is_told(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db, allow_private=False)
        assert server.log == []
    assert not report.is_served
    assert report.status == "finished"
    assert [count for reason, count in report.outlets[HOST].failed.items() if "only --allow-private" in reason] == [1]
    assert "only --allow-private opens" in (report.outlets[HOST].note or "")


def test_an_outlet_that_cannot_be_reached_is_left_alone_and_told(outlet: Outlet, db: Path) -> None:
    with SampleServer(outlet.folder.parent) as server:
        port = server.port
    report = crawl(sample_sites(port, outlet.folder.parent).values(), db, allow_private=True, pace=PACE, workers=1)
    assert not report.is_served
    assert report.outlets[HOST].note == f"{HOST}:{port} refused the connection"
    assert rows(db, "SELECT DISTINCT result, status FROM fetch") == [("failed", None)]


def test_a_page_beyond_all_bounds_is_asked_once(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/huge", "/news/a"))
    outlet.serve("/news/huge", b" " * (MAX_PAGE + 1))
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert paths(server).count("/news/huge") == 1
    assert report.total("new") == 1
    assert rows(db, "SELECT reason FROM frontier_url WHERE state = 'gave_up'")[0][0].endswith("sent more than 16 MB")


def test_an_outlet_that_another_living_process_asks_is_skipped(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a"))
    parent = Owner(this_process().boot, this_process().namespace, os.getppid(), _start_of(os.getppid()) or "")
    with SampleServer(outlet.folder.parent) as server:
        database = open_writer(db, frontier)
        database.conn.execute(
            "INSERT INTO frontier_host (host, owner, lease_until) VALUES (?, ?, ?)",
            [f"{HOST}:{server.port}", str(parent), time.time() + 60],
        )
        close_writer(database)
        report = run(server, outlet.folder.parent, db)
        assert server.log == []
    assert report.outlets[HOST].is_busy
    assert report.is_served


def test_a_file_that_is_no_database_is_refused_before_anything_is_asked(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a"))
    db.parent.mkdir()
    db.write_bytes(b"no database" * 100)
    with SampleServer(outlet.folder.parent) as server:
        with pytest.raises(DatabaseError):
            run(server, outlet.folder.parent, db)
        assert server.log == []


SIGNALLED = """
import sys
from pathlib import Path
from crawler.sample import sample_sites
from crawler.run import crawl
if __name__ == "__main__":
    sites = sample_sites(int(sys.argv[1]), Path(sys.argv[2])).values()
    report = crawl(sites, Path(sys.argv[3]), allow_private=True, workers=1)
    print(report.status, report.total("new"))
"""


def test_a_signal_ends_a_run_in_order(outlet: Outlet, db: Path, tmp_path: Path) -> None:
    outlet.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.2", type="text/plain")
    outlet.serve("/feed", feed(*(f"/news/{n}" for n in range(50))))
    for n in range(50):
        outlet.serve(f"/news/{n}", story(f"Gulls steal {n} bags of chips"))
    script = tmp_path / "signalled.py"
    script.write_text(SIGNALLED, encoding="utf-8")
    with SampleServer(outlet.folder.parent) as server:
        command = [sys.executable, str(script), str(server.port), str(outlet.folder.parent), str(db)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            while len(server.log) < 4:
                time.sleep(0.02)
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert said.startswith("interrupted")
    assert rows(db, "SELECT status FROM crawl") == [("interrupted",)]
    assert int(said.split()[1]) == rows(db, "SELECT count(*) FROM article")[0][0]
    assert not list(db.parent.glob("archive/*.open"))


def test_a_page_is_compared_with_itself_when_the_extractors_are_others(outlet: Outlet, db: Path) -> None:
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"), changed=story("Gulls steal chips") + "<!-- -->")
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        database = open_writer(db, frontier)
        database.conn.execute("UPDATE article SET extractor_version = '0.0.1', headline = 'Gulls stealing chips'")
        database.conn.execute("UPDATE revision SET headline = 'Gulls stealing chips'")
        close_writer(database)
        server.set_state(2)
        report = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 7200)
    assert (report.total("unchanged"), report.total("changed")) == (1, 0)


def test_the_pace_of_tests_is_only_faster_and_without_chance() -> None:
    assert replace(Pace(), retries=PACE.retries, chance=PACE.chance) == PACE


def test_a_delay_longer_than_a_runs_patience_is_waited_for(outlet: Outlet, db: Path) -> None:
    outlet.serve("/robots.txt", "User-agent: *\nCrawl-delay: 0.3", type="text/plain")
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db, pace=replace(PACE, patience=0.1))
    assert report.total("new") == 1


def test_rules_that_stand_elsewhere_are_those_of_the_host_that_led_there(outlet: Outlet, db: Path) -> None:
    outlet.serve("/robots.txt", status=301, location="http://rules.localhost:8800/robots.txt")
    outlet.serve("/feed", feed("/news/a", "/news/secret"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    rules = Outlet(outlet.folder.parent, host="rules.localhost")
    (rules.folder / "site.toml").unlink()
    rules.serve("/robots.txt", "User-agent: *\nDisallow: /news/secret", type="text/plain")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert paths(server) == ["/robots.txt", "/robots.txt", "/feed", "/news/a"]
    assert (report.total("new"), report.outlets[HOST].disallowed) == (1, 1)


def test_a_page_that_cannot_be_settled_does_not_end_the_run(
    outlet: Outlet, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.serve("/feed", feed("/news/a", "/news/b"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    outlet.serve("/news/b", story("Chips steal gulls"))

    def odd(database: Database, outcome: Outcome) -> Stored:
        if outcome.article is not None and outcome.page.url.endswith("/a"):
            raise ValueError("a fault that this page brings about")
        return write_outcome(database, outcome)

    monkeypatch.setattr("crawler.clerk.articles.write_outcome", odd)
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
    assert (report.status, report.total("new")) == ("finished", 1)
    assert "could not be settled: ValueError: a fault that this page brings about" in report.outlets[HOST].failed


def test_a_database_that_fails_ends_the_run_with_a_word(
    outlet: Outlet, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", story("Gulls steal chips"))
    real = Archive.sync

    def full(archive: Archive) -> None:
        if archive._unsynced:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(archive)

    monkeypatch.setattr(Archive, "sync", full)
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
    assert report.status == "failed"
    assert "No space left on device" in (report.error or "")
    assert rows(db, "SELECT count(*) FROM article") == [(0,)]


def test_listings_that_name_each_other_are_asked_once(tmp_path: Path, db: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f'delay = 0\n[[sitemaps]]\nurl = "{ORIGIN}/a.xml"\nkind = "index"')
    for name, other in (("a", "b"), ("b", "a")):
        names = "".join(f"<sitemap><loc>{ORIGIN}/{n}.xml</loc></sitemap>" for n in (name, other))
        outlet.serve(f"/{name}.xml", f"<sitemapindex>{names}</sitemapindex>", type="application/xml")
    with SampleServer(outlet.folder.parent) as server:
        for _ in range(2):
            server.log.clear()
            run(server, outlet.folder.parent, db)
            assert sorted(paths(server, "/robots.txt")) == ["/a.xml", "/b.xml"]


def test_two_processes_share_a_database_without_doing_anything_twice(tmp_path: Path, db: Path) -> None:
    for name in ("one", "two"):
        site = f"delay = 0.02\narticle_url = '^/news/'\n[[feeds]]\nurl = 'http://{name}.localhost:8800/feed'"
        outlet = Outlet(tmp_path / "outlets", host=f"{name}.localhost", site=site)
        outlet.serve("/feed", feed(*(f"/news/{n}" for n in range(15))).replace(HOST, f"{name}.localhost"))
        for n in range(15):
            outlet.serve(f"/news/{n}", story(f"Gulls of {name} steal {n} bags of chips"))
    script = tmp_path / "shared.py"
    script.write_text(SIGNALLED, encoding="utf-8")
    with SampleServer(tmp_path / "outlets", latency=0.01) as server:
        command = [sys.executable, str(script), str(server.port), str(tmp_path / "outlets"), str(db)]
        processes = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
        assert [process.wait() for process in processes] == [0, 0]
        articles = [(line.host, line.path) for line in server.log if "news" in line.path]
        assert len(articles) == len(set(articles)) == 30
        assert {line.at_once for line in server.log} == {1}
    assert rows(db, "SELECT count(*), count(DISTINCT url) FROM article") == [(30, 30)]


def two_at_one_host(folder: Path, **robots: Any) -> Path:
    """Two outlets whose feeds stand at a host that belongs to neither."""
    shared = Outlet(folder, host="feeds.localhost")
    (shared.folder / "site.toml").unlink()
    shared.serve("/robots.txt", "User-agent: *\nDisallow: /secret", type="text/plain", **robots)
    for name in ("gull", "tern"):
        host = f"{name}.localhost"
        site = f"delay = 0\narticle_url = '^/news/'\n[[feeds]]\nurl = 'http://feeds.localhost:8800/{name}'"
        outlet = Outlet(folder, host=host, site=site)
        shared.serve(f"/{name}", feed("/news/a").replace(HOST, host))
        outlet.serve("/news/a", story(f"{name.title()}s steal chips"))
    return folder


def crawl_some(server: SampleServer, folder: Path, db: Path, *names: str, hours: float = 0) -> CrawlReport:
    sites = [site for site in sample_sites(server.port, folder).values() if site.domain.split(".")[0] in names]
    at = partial(lambda later: time.time() + later, 3600 * hours)
    return crawl(sites, db, allow_private=True, pace=PACE, workers=1, clock=at)


def test_outlets_that_share_a_host_are_served_together_and_one_by_one(tmp_path: Path, db: Path) -> None:
    folder = two_at_one_host(tmp_path / "outlets")
    with SampleServer(folder) as server:
        for hours, names in enumerate((("gull", "tern"), ("tern",), ("gull",), ("tern",), ("gull", "tern"))):
            server.log.clear()
            report = crawl_some(server, folder, db, *names, hours=2 * hours)
            shared = [line.path for line in server.log if line.host == "feeds.localhost"]
            assert shared[0] == "/robots.txt"
            assert sorted(shared[1:]) == [f"/{name}" for name in names]
            assert report.is_served
    assert rows(db, "SELECT count(*) FROM article") == [(2,)]


def test_a_shared_host_that_is_left_alone_is_told_of_each_outlet(tmp_path: Path, db: Path) -> None:
    folder = two_at_one_host(tmp_path / "outlets", status=503, headers={"Retry-After": "7200"})
    with SampleServer(folder) as server:
        crawl_some(server, folder, db, "gull")
        report = crawl_some(server, folder, db, "gull", "tern")
    notes = [report.outlets[f"{name}.localhost"].note or "" for name in ("gull", "tern")]
    assert all(note.startswith(f"feeds.localhost:{server.port} is left alone for 7") for note in notes)


@pytest.mark.parametrize(("status", "text"), [(403, ""), (200, CHALLENGE)], ids=["403", "challenge"])
def test_a_host_that_goes_on_refusing_is_left_alone_and_told(outlet: Outlet, db: Path, status: int, text: str) -> None:
    outlet.serve("/feed", feed(*(f"/news/{number}" for number in range(60))))
    for number in range(60):
        outlet.serve(f"/news/{number}", text, status=status)
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        asked = len(paths(server, "/robots.txt", "/feed"))
    assert PACE.host_troubles <= asked < 30  # what was under way while the eighth page was read
    name = f"{HOST}:{server.port}"
    assert (report.outlets[HOST].note or "").startswith(f"{name} answered ")
    assert "times in a row with 403 or a challenge page" in (report.outlets[HOST].note or "")
    assert any(line.startswith(f"{HOST} was left alone: {name}") for line in complaints(report))
    assert report.is_served
    assert rows(db, "SELECT count(*) FROM frontier_url WHERE kind = 'article' AND attempts = 0")[0][0] == 60 - asked


def test_one_good_answer_makes_up_for_refusals(outlet: Outlet, db: Path) -> None:
    names = [f"{number}" for number in range(3 * PACE.host_troubles)]
    outlet.serve("/feed", feed(*(f"/news/{name}" for name in names)))
    for number, name in enumerate(names):
        outlet.serve(f"/news/{name}", story(f"Gulls steal {name} chips"), status=403 if number % 3 else 200)
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        assert len(paths(server, "/robots.txt", "/feed")) == len(names)
    assert (report.outlets[HOST].note, report.total("new")) == (None, PACE.host_troubles)


@pytest.mark.parametrize("status", [200, 203])
def test_what_is_kept_of_rules_is_what_was_obeyed(outlet: Outlet, db: Path, status: int) -> None:
    filler = "".join(f"Disallow: /{'x' * 1000}{number}\n" for number in range(600))
    rules = f"User-agent: *\nDisallow: /news/secret\n{filler}Disallow: /news/far\n"
    outlet.serve("/robots.txt", rules, type="text/plain", status=status)
    outlet.serve("/feed", feed("/news/secret"), changed=feed("/news/secret", "/news/secret-too", "/news/far"))
    outlet.serve("/news/far", story("Gulls steal chips"))
    with SampleServer(outlet.folder.parent) as server:
        assert run(server, outlet.folder.parent, db).outlets[HOST].disallowed == 1
        assert rows(db, "SELECT length(robots) FROM frontier_host") == [(MAX_ROBOTS,)]
        server.set_state(2)
        server.log.clear()
        report = run(server, outlet.folder.parent, db)
        assert paths(server) == ["/feed", "/news/far"]
    assert (report.outlets[HOST].disallowed, report.total("new")) == (1, 1)
