"""A crawl of outlets with every vice beside the healthy sample: it ends, has all that is good, and tells the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler import settings
from crawler.frontier.pace import Pace
from crawler.quota import Bounds
from crawler.report import CrawlReport, OutletReport
from crawler.run import crawl
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from crawler.site import load_folder
from crawler.spiders import outlet as spider
from tests.crawler.outlet import rows
from tests.crawler.vices import HOSTS, ViceServer

PACE = Pace(retries=(0.1, 0.4, 10.0), patience=3.0, host_troubles=3)
LIMIT = 60


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CrawlReport, Path, ViceServer]]:
    folder = tmp_path_factory.mktemp("vices")
    with pytest.MonkeyPatch.context() as patch, ViceServer() as vices, SampleServer() as sample:
        for module in (settings, spider):
            patch.setattr(module, "DOWNLOAD_TIMEOUT", 3.0)
        hosts = [f"{name}.localhost" for name in HOSTS]
        sites = [*load_folder(vices.sites(folder / "sites", *hosts)).values(), *sample_sites(sample.port).values()]
        report = crawl(sites, folder / "x.db", allow_private=True, pace=PACE, bounds=Bounds(limit=LIMIT), workers=2)
        yield report, folder / "x.db", vices


def of(crawled: tuple[CrawlReport, Path, ViceServer], name: str) -> OutletReport:
    return crawled[0].outlets[f"{name}.localhost"]


def test_it_ends_with_every_good_page_of_every_outlet(crawled: tuple[CrawlReport, Path, ViceServer]) -> None:
    report, _, _ = crawled
    assert (report.status, report.error) == ("finished", None)
    new = {name: of(crawled, name).new for name in (*HOSTS, "dailyglint", "starling")}
    assert new == {
        "vice": 1,
        "drip": 1,
        "page": 1,
        "maze": 1,
        "long": LIMIT,
        "session": 3,
        "seconds": 0,
        "date": 0,
        "dailyglint": 18,
        "starling": 20,
    }


def test_each_vice_is_told_by_its_name(crawled: tuple[CrawlReport, Path, ViceServer]) -> None:
    told = " | ".join(of(crawled, "vice").failed)
    for words in ("redirects in a circle", "redirects more than", "sent more than 16 MB", "broke off", "binary data"):
        assert words in told
    assert "did not answer within" in " ".join(of(crawled, "drip").failed)


def test_what_is_no_article_is_stored_as_none(crawled: tuple[CrawlReport, Path, ViceServer]) -> None:
    stored = {
        urlsplit(url).path for (url,) in rows(crawled[1], "SELECT url FROM article WHERE site = 'vice.localhost'")
    }
    assert stored == {"/news/good"}
    assert of(crawled, "vice").other_pages == 2  # the challenge and the page that says it is lost


def test_sitemaps_that_name_ever_more_sitemaps_are_followed_only_so_deep(
    crawled: tuple[CrawlReport, Path, ViceServer],
) -> None:
    assert of(crawled, "maze").listings == 1 + 2 + 4 + 1  # three levels of sitemaps, and the feed


def test_a_session_in_the_address_makes_no_second_article(crawled: tuple[CrawlReport, Path, ViceServer]) -> None:
    asked = Counter(path.partition("?")[0] for path in crawled[2].asked if "gulls-steal-chips-again" in path)
    assert set(asked.values()) == {1}


@pytest.mark.parametrize("name", ["seconds", "date"])
def test_a_host_that_goes_on_saying_too_many_is_left_alone(
    crawled: tuple[CrawlReport, Path, ViceServer], name: str
) -> None:
    outlet = of(crawled, name)
    assert outlet.failed.total() == PACE.host_troubles
    assert outlet.note is not None
    assert "in a row" in outlet.note
