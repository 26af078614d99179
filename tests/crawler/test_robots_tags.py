"""Meta robots and X-Robots-Tag: how they are read, and what a crawl makes of them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.cli.progress import tell
from crawler.frontier.pace import DAY
from crawler.rereading import reread_archive
from crawler.robots_tags import MAX_HEAD, NOFOLLOW, robots_tags
from crawler.run import crawl
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from pipelines.page import Page
from tests.crawler.outlet import FEED, HOST, ORIGIN, PACE, Outlet, feed, rows, run, story
from tests.crawler.test_alarms import later

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def asked(body: str | bytes = "", *headers: str, is_html: bool = True) -> str:
    """What a page asks: i for noindex, f for nofollow, a for noarchive, o for a day that is over."""
    tags = robots_tags(
        Page(
            url="https://gull.example/a", status=200, headers=tuple(("X-Robots-Tag", value) for value in headers),
            body=body if isinstance(body, bytes) else body.encode(), fetched_at=NOON,
        ),
        is_html=is_html,
    )  # fmt: skip
    letters = {"i": tags.noindex, "f": tags.nofollow, "a": tags.noarchive, "o": tags.is_over}
    return "".join(letter for letter, is_set in letters.items() if is_set)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("noindex", "i"), ("NoIndex,NOFOLLOW", "if"), ("none", "if"), ("noarchive, max-image-preview:large", "a"),
        ("noindex nofollow", "if"), ("noindex;noarchive", "ia"), ("nocache", "a"), ("index, follow, noindex", "i"),
        ("all", ""), ("index,follow,max-snippet:-1", ""), ("noimageindex, nosnippet, noai, noodp", ""), ("", ""),
        ("max-snippet:0, noindex", "i"), ("unavailable_after: 19 Nov 2026 15:00:00 GMT", "o"),
        ("unavailable_after: 21 Nov 2026 15:00:00 GMT", ""), ("unavailable_after: 20 Nov 2026 06:30:00 EST", "o"),
        ("unavailable_after: 20 Nov 2026 08:00:00 EST", ""), ("unavailable_after:2026-11-19", "o"),
        ("unavailable_after:2026-11-20", ""), ("unavailable_after: 2026-11-20T12:30:00+02:00, nofollow", "fo"),
        ("unavailable_after: Thursday, 19-Nov-26 15:00:00 GMT, noarchive", "ao"), ("unavailable_after: soon", ""),
        ("unavailable_after: 9999-12-31T23:59:59Z, noarchive", "a"), ("unavailable_after: 19 Nov 2026", "o"),
    ],
)  # fmt: skip
def test_directives(content: str, expected: str) -> None:
    assert asked(f'<html><head><meta name="robots" content="{content}"></head></html>') == expected
    assert asked("", content) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("noindex", "noarchive"), "ia"), (("redtop: noindex",), "i"), (("RedTop: noindex, nofollow",), "if"),
        (("googlebot: noindex, nofollow",), ""), (("googlebot: noindex", "nofollow"), "f"),
        (("noarchive, googlebot: noindex, redtop: nofollow",), "fa"), (("*: noindex",), "i"),
        (("otherbot: unavailable_after: 19 Nov 2026 15:00:00 GMT",), ""),
        (("redtop: unavailable_after: 19 Nov 2026 15:00:00 GMT",), "o"),
    ],
)  # fmt: skip
def test_headers_that_name_a_robot(headers: tuple[str, ...], expected: str) -> None:
    assert asked("", *headers) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<META CONTENT=noindex NAME=ROBOTS>", "i"), ("<meta content='nofollow' name='redtop'/>", "f"),
        ('<meta name="robots" content="noindex"><meta name="robots" content="index, noarchive">', "ia"),
        ('<meta name="googlebot" content="noindex">', ""), ('<meta property="robots" content="noindex">', ""),
        ('<!-- <meta name="robots" content="noindex"> --><meta name="robots" content="noarchive">', "a"),
        ("<script>var x = '<meta name=\"robots\" content=\"noindex\">'</script>", ""),
        ('<meta name="robots" content="noindex&#44;nofollow">', "if"), ('<meta name="robots">', ""),
        ("<style>" + "a{}" * 60_000 + '</style><meta name="robots" content="noindex">', "i"),
    ],
)  # fmt: skip
def test_tags_of_a_head(head: str, expected: str) -> None:
    page = f'<!doctype html><html><head>{head}</head><body><meta name="robots" content="none,noarchive"></body></html>'
    assert asked(page) == expected
    assert asked(page.encode("utf-16")) == expected
    assert asked(page, is_html=False) == ""


def test_what_is_made_to_cost_time_costs_little() -> None:
    assert asked(b"<meta " * MAX_HEAD) == ""
    assert asked(b"<meta name=robots " * MAX_HEAD) == ""
    assert asked(b"<!--<meta name=robots>" * (MAX_HEAD // 20)) == ""


def head(page: str, *tags: str) -> str:
    return page.replace("<head>", "<head>" + "".join(f'<meta name="robots" content="{tag}">' for tag in tags))


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    made.serve("/feed", feed("/news/kept", "/news/meta", "/news/header", "/news/over", "/news/unarchived"))
    made.serve("/news/kept", story("Gulls are kept", words="It was kept."))
    made.serve("/news/meta", head(story("Gulls hide", words="It hid."), "noindex"))
    made.serve("/news/header", story("Gulls fly", words="It flew."), headers={"X-Robots-Tag": "redtop: noindex"})
    made.serve("/news/over", head(story("Gulls age", words="It aged."), "unavailable_after: 2020-01-01"))
    made.serve("/news/unarchived", head(story("Gulls pass", words="It passed."), "noarchive"))
    return made


def test_a_page_that_asks_not_to_be_kept_is_not_and_one_that_asks_not_to_be_archived_is_not(
    outlet: Outlet, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "x.db"
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        sites = sample_sites(server.port, outlet.folder.parent)
    stored = rows(db, "SELECT headline FROM article ORDER BY headline")
    assert stored == [("Gulls are kept",), ("Gulls pass",)]
    kept = rows(db, "SELECT result, archive_file IS NOT NULL FROM fetch WHERE url LIKE '%/unarchived'")
    assert kept == [("new", 0)]
    noindex, over = (f"asks robots not to keep it ({word})" for word in ("noindex", "unavailable_after"))
    assert report.outlets[HOST].declined == {noindex: 2, over: 1}
    assert report.summary()["outlets"][0]["declined"] == {noindex: 2, over: 1}
    assert (report.total("fetched"), report.total("new"), report.errors, report.is_served) == (5, 2, 0, True)
    tell(report, db, quiet=False)
    assert f"{HOST}: {noindex}: 2 pages" in capsys.readouterr().err.splitlines()
    again = reread_archive(db, db.parent / "archive", sites, again=True, workers=1)
    assert (again.new, again.read, again.missing) == (0, 1, 0)
    assert rows(db, "SELECT headline FROM article ORDER BY headline") == stored


def test_an_article_that_was_had_stays_as_it_was(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    before, after = (story("Gulls steal", words=f"It was {word}.") for word in ("chips", "bread"))
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", before, changed=head(after, "none"))
    db = tmp_path / "x.db"
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
        server.set_state(2)
        report = run(server, outlet.folder.parent, db, clock=later(DAY))
    assert sum(report.outlets[HOST].declined.values()) == 1
    assert rows(db, "SELECT revisions, gone_at, body LIKE '%chips%' FROM article") == [(1, None, 1)]


@pytest.mark.parametrize("kind", ["feeds", "sections", "sitemaps"])
def test_links_of_a_listing_that_asks_for_that_are_not_followed_but_a_sitemaps_are(tmp_path: Path, kind: str) -> None:
    listing = f'[[{kind}]]\nurl = "{ORIGIN}/list"' + ('\nkind = "news"' if kind == "sitemaps" else "")
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{listing}")
    links = {
        "feeds": feed("/news/a"),
        "sections": '<html><body><a href="/news/a">A gull</a></body></html>',
        "sitemaps": f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{ORIGIN}/news/a</loc></url>'
        "</urlset>",
    }[kind]
    outlet.serve("/list", links, headers={"X-Robots-Tag": "noindex, nofollow"})
    outlet.serve("/news/a", story("Gulls steal"))
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
    is_followed = kind == "sitemaps"
    assert (report.total("new"), report.total("listings")) == (int(is_followed), 1)
    assert report.outlets[HOST].declined == ({} if is_followed else {NOFOLLOW: 1})


def test_further_pages_of_an_article_that_ask_not_to_be_indexed_are_joined_to_it(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/feed", feed("/news/gulls-steal-chips/", "/news/gulls-rest-here/"))
    for name, tag in (("gulls-steal-chips", ""), ("gulls-rest-here", "nofollow")):
        first = story(f"Now {name}", words=f"It began with {name}.")
        path = f"/news/{name}/"
        outlet.serve(path, head(first, tag).replace("</head>", f'<link rel="next" href="{path}page/2/"></head>'))
        second = story(f"Now {name}", words=f"And it ended with {name}.")
        outlet.serve(
            f"{path}page/2/", head(second, "noindex").replace("</head>", f'<link rel="prev" href="{path}"></head>')
        )
    db = tmp_path / "x.db"
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        asked_for = {request.path for request in server.log}
    assert report.total("new") == 2
    assert report.outlets[HOST].declined == {}
    ends = rows(db, "SELECT url LIKE '%chips/', body LIKE '%And it ended%' FROM article ORDER BY 1")
    assert ends == [(0, 0), (1, 1)]
    assert "/news/gulls-steal-chips/page/2/" in asked_for
    assert "/news/gulls-rest-here/page/2/" not in asked_for


def test_an_outlet_whose_pages_all_ask_to_be_left_out_raises_no_error(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/feed", feed("/news/a"))
    outlet.serve("/news/a", head(story("Gulls steal"), "noindex"))
    with SampleServer(outlet.folder.parent) as server:
        sites = sample_sites(server.port, outlet.folder.parent).values()
        report = crawl(sites, tmp_path / "x.db", allow_private=True, pace=PACE, workers=1)
    assert (report.is_served, report.errors, report.total("other_pages")) == (True, 0, 0)
