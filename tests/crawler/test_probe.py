"""Finding out about an outlet and writing its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.fetch import FetchError
from crawler.probe import probe
from crawler.sample.server import SampleServer
from crawler.site import Listing, Site, load_folder
from crawler.site_file import parse_site
from crawler.site_text import site_text
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import HOST, Outlet, feed, story


@pytest.fixture(scope="module")
def sample() -> Iterator[SampleServer]:
    with SampleServer() as server:
        yield server


def test_robots_front_page_and_feeds_become_a_file(sample: SampleServer, tmp_path: Path) -> None:
    address = f"http://starling.localhost:{sample.port}"
    ran = redtop("sites", "add", f"{address}/", "--sites", tmp_path / "own", "--allow-private")
    assert ran.status == 0, ran.err
    site = load_folder(tmp_path / "own")["starling.localhost"]
    assert (site.name, site.language) == ("Starling", "en")
    assert [place.url for place in site.feeds] == [f"{address}/atom.xml"]
    assert [(place.kind, place.url) for place in site.sitemaps] == [
        ("news", f"{address}/sitemap-news.xml"),
        ("index", f"{address}/sitemap.xml"),
    ]
    assert all(place.seen for place in (*site.feeds, *site.sitemaps))
    assert "redtop sites check starling.localhost" in ran.err
    assert ran.err.count("\narticle ") == 3


def test_a_file_that_is_there_is_written_over_only_with_force(sample: SampleServer, tmp_path: Path) -> None:
    file = tmp_path / "dailyglint.localhost.toml"
    file.write_text("mine")
    verb = ["sites", "add", f"http://dailyglint.localhost:{sample.port}/", "--sites", str(tmp_path), "--allow-private"]
    ran = redtop(*verb)
    assert (ran.status, ran.err) == (1, f"Error: {file} is there already (--force writes over it)\n")
    assert file.read_text() == "mine"
    assert redtop(*verb, "--force", "-q").status == 0
    assert parse_site(file.read_text(), "x").feeds


def test_common_places_are_tried_where_nothing_is_named(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.serve("/", "<html><title>Front</title><body><a href='/about'>About the gulls</a></body></html>")
    outlet.serve("/feed/", feed("/news/a", "/news/b"), type="application/xml")
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(tmp_path) as server:
        found = probe(f"http://{HOST}:{server.port}/", day="2026-11-25", allow_private=True)
        asked = [request.path for request in server.log]
    assert [place.url.rpartition(":")[2].partition("/")[2] for place in found.site.feeds] == ["feed/"]
    assert asked[:2] == ["/robots.txt", "/"]
    assert [article.headline for article in found.articles] == ["Gulls steal chips"]
    assert any("404" in line for line in found.problems)


def test_an_outlet_without_a_front_page_is_named(sample: SampleServer) -> None:
    with pytest.raises(FetchError, match=r"nobody\.localhost:\d+ answered 404"):
        probe(f"http://nobody.localhost:{sample.port}/", day="2026-11-25", allow_private=True)


def test_the_text_of_a_file_is_read_back_as_it_was() -> None:
    site = Site(
        domain="gull.example", name='The "Gull"\\\t—', hosts=("www.gull.example", "gull.example"), language="de",
        country="AT", kind="celebrity", timezone="Europe/Vienna", delay=2.5,
        feeds=(Listing(url="https://www.gull.example/feed", kind="feed", seen="a 'list' of \"feeds\""),),
        sitemaps=(Listing(url="https://www.gull.example/map", kind="news", seen=None),),
    )  # fmt: skip
    read = parse_site(site_text(site), "gull.example.toml")
    assert replace(read, rules=site.rules) == site
