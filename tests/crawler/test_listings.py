"""Feeds and sitemaps as outlets have them, in a crawl: which are asked, in which order, and what comes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cli.progress import complaints
from crawler.discovery.sitemaps import MAX_CHILDREN
from crawler.quota import Bounds
from crawler.sample.server import SampleServer
from tests.crawler.outlet import FEED, HOST, ORIGIN, Outlet, feed, paths, rows, run, story

INDEX = f'delay = 0\narticle_url = "^/news/"\n[[sitemaps]]\nurl = "{ORIGIN}/index.xml"\nkind = "index"'


def index(*children: str) -> str:
    """A sitemap index; a child may have its time after a blank."""
    parts = (child.partition(" ") for child in children)
    named = (f"<loc>{ORIGIN}{path}</loc>" + (f"<lastmod>{at}</lastmod>" if at else "") for path, _, at in parts)
    return f"<sitemapindex>{''.join(f'<sitemap>{one}</sitemap>' for one in named)}</sitemapindex>"


def urlset(*entries: str) -> str:
    """A sitemap; an entry may have its time after a blank."""
    return index(*entries).replace("sitemapindex", "urlset").replace("sitemap>", "url>")


def news(*entries: str) -> str:
    """A news sitemap, each entry with its time after a blank."""
    named = "".join(
        f"<url><loc>{ORIGIN}{path}</loc><n:news><n:publication><n:name>The Gull</n:name><n:language>en</n:language>"
        f"</n:publication><n:publication_date>{at}</n:publication_date><n:title>Gulls</n:title></n:news></url>"
        for path, _, at in (entry.partition(" ") for entry in entries)
    )
    space = 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" {space}>{named}</urlset>'


def serve_news(outlet: Outlet, *names: str) -> None:
    for name in names:
        outlet.serve(f"/news/{name}", story(f"The gull of {name} steals chips"))


def asked(folder: Path, db: Path, bounds: Bounds | None = None) -> list[str]:
    with SampleServer(folder) as server:
        run(server, folder, db, bounds=bounds)
        return paths(server, "/robots.txt")


def test_news_sitemaps_come_first_and_the_newest_article_first_of_all(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=INDEX)
    outlet.serve("/index.xml", index("/posts-1.xml 2026-11-20", "/posts-2.xml 2026-11-22", "/google-news.xml"))
    hours = ("/news/dusk 2026-11-22T19:00:00+01:00", "/news/dawn 2026-11-22T07:00:00+01:00")
    outlet.serve("/google-news.xml", news(*hours))
    outlet.serve("/posts-1.xml", urlset("/news/old 2026-11-20"))
    outlet.serve("/posts-2.xml", urlset("/news/noon 2026-11-22T11:00:00Z", "/about"))
    serve_news(outlet, "dusk", "dawn", "old", "noon")
    assert asked(outlet.folder.parent, tmp_path / "x.db") == [
        "/index.xml", "/google-news.xml", "/posts-2.xml", "/posts-1.xml",
        "/news/dusk", "/news/noon", "/news/dawn", "/news/old",
    ]  # fmt: skip


def test_indexes_are_nested_packed_and_asked_again_only_where_their_time_is_newer(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=INDEX)
    outlet.serve(
        "/index.xml", index("/2026.xml 2026-11-20", "/2025.xml.gz 2025-12-31"),
        changed=index("/2026.xml 2026-11-21", "/2025.xml.gz 2025-12-31"),
    )  # fmt: skip
    outlet.serve("/2026.xml", index("/2026-11.xml.gz 2026-11-20"), changed=index("/2026-11.xml.gz 2026-11-21"))
    outlet.serve("/2026-11.xml.gz", urlset("/news/a"), changed=urlset("/news/b", "/news/a"), gzip=True)
    outlet.serve("/2025.xml.gz", urlset("/news/c"), gzip=True)
    serve_news(outlet, "a", "b", "c")
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, tmp_path / "x.db")
        assert sorted(paths(server, "/robots.txt")) == [
            "/2025.xml.gz", "/2026-11.xml.gz", "/2026.xml", "/index.xml", "/news/a", "/news/c",
        ]  # fmt: skip
        server.log.clear()
        server.set_state(2)
        run(server, outlet.folder.parent, tmp_path / "x.db")
        assert paths(server) == ["/index.xml", "/2026.xml", "/2026-11.xml.gz", "/news/b"]


def test_a_huge_index_is_asked_for_its_newest_sitemaps(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=INDEX)
    days = [f"2026-{month:02}-{day:02}" for month in range(1, 11) for day in range(1, 29)]
    outlet.serve("/index.xml", index(*(f"/day-{day}.xml {day}" for day in days)))
    for day in days[-MAX_CHILDREN:]:
        outlet.serve(f"/day-{day}.xml", urlset())
    found = asked(outlet.folder.parent, tmp_path / "x.db")
    assert found == ["/index.xml", *(f"/day-{day}.xml" for day in reversed(days[-MAX_CHILDREN:]))]


def test_a_huge_sitemap_gives_its_newest_articles(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=INDEX)
    many = (f"/news/{n} 20{10 + n // 4000:02}-{1 + n // 340 % 12:02}-{1 + n % 28:02}" for n in range(40_000))
    outlet.serve("/index.xml", urlset(*many, "/news/today 2026-11-22"))
    serve_news(outlet, "today")
    assert asked(outlet.folder.parent, tmp_path / "x.db", Bounds(limit=1)) == ["/index.xml", "/news/today"]
    assert rows(tmp_path / "x.db", "SELECT count(*) FROM frontier_url WHERE kind = 'article'") == [(5000,)]


ITEMS = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "7", "url": "/news/a"}, {"id": "8"}]}
RSS = (
    '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Gull & Tern</title><item>'
    f"<title>Chips &nbsp; gulls</title><link>{ORIGIN}/news/a</link><pubDate>yesterday</pubDate></item>"
)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        (json.dumps(ITEMS), "application/feed+json"),
        (RSS, "text/html; charset=utf-8"),
        ("\n\n  " + RSS + "</channel></rss>", "application/rss+xml"),
        ("\ufeff" + RSS + "</channel></rss>", "application/rss+xml"),
        (RSS + "</channel></rss><!-- 7 queries --><script>gull()</script>", "application/rss+xml"),
        (RSS.replace("utf-8", "gull-8"), "application/rss+xml"),
        (RSS.replace("yesterday", "\x00\x0b"), "application/rss+xml"),
        (feed("/news/a").replace("<entry>", "<entry><title>&bogus; <b></title>"), "application/atom+xml"),
    ],
)
def test_a_feed_gives_its_articles_whatever_is_wrong_with_it(text: str, type_: str, tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", text, type=type_)
    serve_news(outlet, "a")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
    assert report.total("new") == 1


def test_a_feed_that_is_a_page_by_now_is_told(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/feed", "<!doctype html><title>Gull</title><p>Our feeds have moved.</p>")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
        name = f"http://{HOST}:{server.port}/feed"
    assert report.outlets[HOST].failed == {f"{name}: no feed": 1}


def test_a_pattern_that_fits_nothing_any_more_is_told(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/feed", feed(*(f"/stories/{n}" for n in range(7))))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
    assert complaints(report) == [
        f"{HOST}: none of the 7 addresses that it lists is taken for an article's; see article_url in its site file"
    ]
    outlet.serve("/feed", feed("/news/a", *(f"/stories/{n}" for n in range(7))))
    serve_news(outlet, "a")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "y.db")
    assert complaints(report) == []
    assert (report.total("listed"), report.total("passed_over")) == (1, 7)


@pytest.mark.parametrize(("kind", "path"), [("feeds", "/old"), ("sections", "/old"), ("sections", "/")])
def test_a_listing_that_moved_is_read_where_it_stands_in_every_run(tmp_path: Path, kind: str, path: str) -> None:
    place = f'[[{kind}]]\nurl = "{ORIGIN}{path}"'
    outlet = Outlet(tmp_path / "outlets", site=f'delay = 0\narticle_url = "^/news/"\n{place}')
    outlet.serve(path, status=301, location="/half-way")
    outlet.serve("/half-way", status=302, location="/new")
    pages = [feed(f"/news/{n}") if kind == "feeds" else f'<a href="/news/{n}">Gulls</a>' for n in (1, 2)]
    outlet.serve("/new", pages[0], changed=pages[1])
    serve_news(outlet, "1", "2")
    with SampleServer(outlet.folder.parent) as server:
        first = run(server, outlet.folder.parent, tmp_path / "x.db")
        server.set_state(2)
        server.log.clear()
        second = run(server, outlet.folder.parent, tmp_path / "x.db")
        assert paths(server) == [path, "/half-way", "/new", "/news/2"]
    assert (first.total("new"), second.total("new"), second.total("listings")) == (1, 1, 1)


def test_listings_that_lead_to_each_other_are_asked_once_a_run(tmp_path: Path) -> None:
    places = "".join(f'[[sections]]\nurl = "{ORIGIN}/{name}"\n' for name in "ab")
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{places}")
    outlet.serve("/a", status=302, location="/b")
    outlet.serve("/b", status=302, location="/a")
    for _ in range(2):
        assert asked(outlet.folder.parent, tmp_path / "x.db") == ["/a", "/b"]
