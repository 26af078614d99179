"""`redtop sites check`: what an outlet gives, reads and misses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from crawler.sample.server import SampleServer
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import HOST, ORIGIN, Outlet, feed, paths, story
from tests.crawler.test_listings import index, news, urlset

PLACES = f"""delay = 0
article_url = '^/news/'
[[sitemaps]]
url = "{ORIGIN}/index.xml"
kind = "index"
[[feeds]]
url = "{ORIGIN}/feed"
[[feeds]]
url = "{ORIGIN}/moved"
[[sections]]
url = "{ORIGIN}/celeb"
"""


def serve(folder: Path) -> Outlet:
    outlet = Outlet(folder, site=PLACES)
    outlet.serve("/robots.txt", f"User-agent: *\nDisallow:\nSitemap: {ORIGIN}/news.xml", type="text/plain")
    outlet.serve("/news.xml", news("/news/today 2026-11-20T08:00:00Z"))
    outlet.serve("/index.xml", index("/old.xml 2025-01-01", "/deep.xml 2026-11-19"))
    outlet.serve("/deep.xml", urlset("/news/yesterday 2026-11-19", "/about"))
    outlet.serve("/feed", feed("/news/today?utm_source=feed"))
    outlet.serve("/moved", "<!doctype html><title>Gull</title>")
    outlet.serve("/celeb", '<a href="/celebrities/a-gull-of-another-form-41239">Gull</a>')
    outlet.serve("/news/today", story("Gulls steal chips"))
    outlet.serve("/news/yesterday", status=500)
    return outlet


def own_files(server: SampleServer, outlet: Outlet, folder: Path) -> Path:
    """The site file with the server's port, in a folder for `--sites`."""
    folder.mkdir()
    text = (outlet.folder / "site.toml").read_text(encoding="utf-8").replace(":8800", f":{server.port}")
    (folder / f"{HOST}.toml").write_text(text, encoding="utf-8")
    return folder


def checked(tmp_path: Path, *options: str) -> tuple[Any, list[str]]:
    outlet = serve(tmp_path / "outlets")
    with SampleServer(tmp_path / "outlets") as server:
        files = own_files(server, outlet, tmp_path / "own")
        ran = redtop("sites", "check", HOST, "--sites", files, "--allow-private", *options)
        return ran, paths(server)


def test_every_place_is_told_with_what_it_gave_and_what_was_missed(tmp_path: Path) -> None:
    ran, asked = checked(tmp_path, "--json")
    assert ran.status == 0, ran.err
    (line,) = ran.out.splitlines()
    told = json.loads(line)
    places = [
        (
            place["url"].partition(HOST)[2].partition("/")[2],
            place["kind"],
            place["named"],
            place["articles"],
            place["error"],
        )
        for place in told["places"]
    ]
    assert places == [
        ("robots.txt", "robots", 1, 0, None),
        ("index.xml", "index", 2, 0, None),
        ("deep.xml", "urlset", 2, 1, None),
        ("feed", "feed", 1, 1, None),
        ("moved", "feed", 0, 0, "no feed"),
        ("celeb", "section", 1, 0, "none of its 1 addresses is an article's"),
        ("news.xml", "urlset", 1, 1, None),
        ("news/today", "article", 0, 1, None),
        ("news/yesterday", "article", 0, 0, places[8][4]),
    ]
    assert "500" in places[8][4]
    today = told["places"][7]
    assert (today["headline"], today["missing"]) == ("Gulls steal chips", ["published", "authors"])
    assert told["places"][3]["newest"] == "2026-11-20T08:00:00Z"
    assert told["is_served"]
    assert "/old.xml" not in asked


def test_the_table_says_it_in_words(tmp_path: Path) -> None:
    ran, _ = checked(tmp_path)
    assert ran.status == 0
    words = " ".join(ran.out.split())
    assert "names 2 sitemaps" in words
    assert "missed: no feed" in words
    assert "missed: none of its 1 addresses is an article's" in words
    assert "no published, no authors" in words


def test_an_outlet_that_does_not_answer_is_named_at_the_end(tmp_path: Path) -> None:
    outlet = serve(tmp_path / "outlets")
    with SampleServer(tmp_path / "outlets") as server:
        files = own_files(server, outlet, tmp_path / "own")
        feeds = f'[[feeds]]\nurl = "http://tern.localhost:{server.port}/f"'
        gone = f'name = "Tern"\nhosts = ["tern.localhost"]\nlanguage = "en"\n{feeds}'
        (files / "tern.localhost.toml").write_text(gone, encoding="utf-8")
        ran = redtop("sites", "check", HOST, "tern.localhost", "--sites", files, "--allow-private")
    assert ran.status == 1
    assert ran.err == "1 of 2 outlets gave an article; none from tern.localhost\n"
