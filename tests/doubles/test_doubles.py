"""Twelve real outlets, their shipped site files as they are, crawled on loopback in the shapes that they use."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from crawler.report import CrawlReport
from crawler.run import crawl
from crawler.sample.server import Request, SampleServer
from crawler.site import load_sites
from tests.crawler.outlet import PACE
from tests.doubles.double import Double, Piece, load_doubles
from tests.doubles.loopback import loopback_settings

DOUBLES = {double.domain: double for double in load_doubles()}
PIECES = [(double, piece) for double in DOUBLES.values() for piece in double.articles]
NAMES = [f"{double.domain}-{number % 2 + 1}" for number, (double, _) in enumerate(PIECES)]


@dataclass(frozen=True)
class Crawled:
    """What one crawl of all twelve left behind."""

    db: sqlite3.Connection
    report: CrawlReport
    log: list[Request]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    folder = tmp_path_factory.mktemp("doubles")
    for double in DOUBLES.values():
        double.serve(folder / "outlets")
    known = load_sites()
    sites = [replace(known[domain], delay=0.01) for domain in DOUBLES]  # all else as the file has it
    with SampleServer(folder / "outlets") as server, pytest.MonkeyPatch.context() as patch:
        patch.setattr("crawler.run.scrapy_settings", loopback_settings(server.port))
        report = crawl(sites, folder / "x.db", contact="you@example.org", allow_private=True, pace=PACE)
        log = list(server.log)
    with closing(sqlite3.connect(folder / "x.db")) as db:
        db.row_factory = sqlite3.Row
        yield Crawled(db, report, log)


def test_twelve_outlets_in_seven_languages() -> None:
    assert len(DOUBLES) == 12
    assert len({double.language for double in DOUBLES.values()}) == 7


@pytest.mark.parametrize("double", DOUBLES.values(), ids=DOUBLES)
def test_every_place_of_the_site_file_is_there_and_was_asked(double: Double, crawled: Crawled) -> None:
    site = load_sites()[double.domain]
    stated = {place.url for place in (*site.feeds, *site.sitemaps, *site.sections)}
    assert stated <= set(double.places)
    asked = {url for (url,) in crawled.db.execute("SELECT url FROM fetch WHERE site = ?", [double.domain])}
    assert stated <= asked
    assert not crawled.report.outlets[double.domain].failed
    assert crawled.report.outlets[double.domain].other_pages == 0


@pytest.mark.parametrize(("double", "piece"), PIECES, ids=NAMES)
def test_an_article_comes_out_as_it_was_written(double: Double, piece: Piece, crawled: Crawled) -> None:
    found = crawled.db.execute("SELECT * FROM article WHERE url = ?", [piece.url]).fetchall()
    assert [row["headline"] for row in found] == [piece.headline]
    (row,) = found
    assert row["body"].split("\n\n") == piece.paragraphs
    assert json.loads(row["authors"]) == piece.authors
    assert row["published"] == datetime.fromisoformat(piece.published).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert (row["language"], row["site"], row["revisions"]) == (double.language, double.domain, 1)


def test_nothing_else_is_stored_and_nothing_is_asked_twice(crawled: Crawled) -> None:
    stored = {url for (url,) in crawled.db.execute("SELECT url FROM article")}
    assert stored == {piece.url for _, piece in PIECES}
    asked = [(line.host, line.path) for line in crawled.log]
    assert len(asked) == len(set(asked))
    assert {line.at_once for line in crawled.log} == {1}


def test_a_twin_is_not_asked_and_a_second_page_is_joined(crawled: Crawled) -> None:
    assert not [line for line in crawled.log if line.host == "amp.tmz.com"]
    assert [line.path for line in crawled.log if "page=2" in line.path] == [
        "/celeb/d-7781203/penyanyi-raka-menikah-di-atas-perahu-nelayan?page=2"
    ]
    pages = crawled.db.execute("SELECT count(*) FROM article WHERE json_extract(provenance, '$.pages') = '2'")
    assert pages.fetchone()[0] == 1
