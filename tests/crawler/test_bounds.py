"""How much a run asks for, and how far back it goes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from crawler.plan import plans
from crawler.quota import Bounds
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from crawler.since import since
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import FEED, HOST, ORIGIN, Outlet, feed, paths, run, story

NOW = 1_795_000_000.0


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7d", NOW - 7 * 86400),
        ("36 h", NOW - 36 * 3600),
        ("2W", NOW - 14 * 86400),
        ("99y", 0.0),
        ("1970-01-02", 86400.0),
        ("1971", 365 * 86400.0),
        ("1970-02", 31 * 86400.0),
        ("1970-01-01T02:00+01:00", 3600.0),
    ],
)
def test_a_date_or_an_age_says_how_far_back(text: str, seconds: float) -> None:
    assert since(text, NOW) == seconds


@pytest.mark.parametrize("text", ["yesterday", "7", "7m", "d", "", "2026-13"])
def test_what_is_neither_is_wrong_usage(text: str, tmp_path: Path) -> None:
    ran = redtop("crawl", "her.ie", "--since", text or " ", "--db", tmp_path / "x.db", "--contact", "you@example.org")
    assert ran.status == 2
    assert f"{text or ' '!r} is neither a date" in ran.err
    assert not (tmp_path / "x.db").exists()


def test_since_leaves_older_articles_to_another_run_and_asks_what_nobody_dates(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f'delay = 0\n{FEED}\n[[sections]]\nurl = "{ORIGIN}/celeb"')
    entry = '<entry><link href="{}"/><updated>{}</updated></entry>'
    told = entry.format("/new-gull", "2026-11-20T08:00:00Z") + entry.format("/old-gull", "2026-11-02T08:00:00Z")
    outlet.serve("/feed", f'<feed xmlns="http://www.w3.org/2005/Atom">{told}</feed>')
    linked = ("/2026/11/19/gull-by-its-day", "/2025/03/01/gull-of-last-year", "/a-gull-that-nobody-dates")
    outlet.serve("/celeb", "".join(f'<a href="{path}">gull</a>' for path in linked))
    for number, path in enumerate(("/new-gull", "/old-gull", *linked)):
        outlet.serve(path, story(f"Gull number {number} steals chips"))
    db = tmp_path / "redtop.db"
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db, bounds=Bounds(since=since("2026-11-19", time.time())))
        asked = paths(server, "/robots.txt", "/feed", "/celeb")
        assert asked == ["/new-gull", "/2026/11/19/gull-by-its-day", "/a-gull-that-nobody-dates"]
        sites = sample_sites(server.port, outlet.folder.parent).values()
        counts = [plans(sites, db, time.time(), moment)[0].articles for moment in (None, since("2026-11", time.time()))]
        assert counts == [2, 1]
        server.log.clear()
        run(server, outlet.folder.parent, db)
        assert paths(server, "/robots.txt", "/feed", "/celeb") == ["/old-gull", "/2025/03/01/gull-of-last-year"]


def test_an_article_once_had_is_visited_again_however_old(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", feed("/old-gull", updated="2026-01-02T08:00:00Z"))
    outlet.serve("/old-gull", story("Gulls steal chips"))
    db = tmp_path / "redtop.db"
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.log.clear()
        later = time.time() + 7200
        run(server, outlet.folder.parent, db, clock=lambda: later, bounds=Bounds(since=later - 3600))
        assert paths(server, "/robots.txt", "/feed") == ["/old-gull"]


def test_sitemaps_that_ended_before_are_not_asked(tmp_path: Path) -> None:
    site = f'delay = 0\n[[sitemaps]]\nurl = "{ORIGIN}/index.xml"\nkind = "index"'
    outlet = Outlet(tmp_path / "outlets", site=site)
    child = f"<sitemap><loc>{ORIGIN}/{{0}}.xml</loc><lastmod>{{1}}</lastmod></sitemap>"
    named = child.format("new", "2026-11-20") + child.format("old", "2025-02-01")
    outlet.serve("/index.xml", f"<sitemapindex>{named}</sitemapindex>")
    outlet.serve("/new.xml", "<urlset></urlset>")
    outlet.serve("/old.xml", "<urlset></urlset>")
    with SampleServer(outlet.folder.parent) as server:
        bounds = Bounds(since=since("2026-11", time.time()))
        run(server, outlet.folder.parent, tmp_path / "redtop.db", bounds=bounds)
        assert paths(server, "/robots.txt") == ["/index.xml", "/new.xml"]


def test_a_run_and_an_outlet_have_limits_of_their_own(tmp_path: Path) -> None:
    folder = tmp_path / "outlets"
    for host, limit in ((HOST, "limit = 2"), ("tern.localhost", "")):
        outlet = Outlet(folder, host=host, site=f'delay = 0\n{limit}\n[[feeds]]\nurl = "http://{host}:8800/feed"')
        outlet.serve("/feed", feed(*(f"/{number}" for number in range(9))).replace(HOST, host))
        for number in range(9):
            outlet.serve(f"/{number}", story(f"{host} steals {number} bags of chips"))
    with SampleServer(folder) as server:
        report = run(server, folder, tmp_path / "a.db", bounds=Bounds(limit=5))
        assert {host: outlet.new for host, outlet in report.outlets.items()} == {HOST: 2, "tern.localhost": 5}
        report = run(server, folder, tmp_path / "b.db", bounds=Bounds(max_pages=3))
        assert report.total("new") == 3
