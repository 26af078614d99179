"""A slow host is asked more slowly."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.core.downloader import Slot
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from crawler.lane import Lane
from crawler.robots import Robots
from crawler.sample.server import SampleServer
from crawler.site import Site
from crawler.throttle import MAX_DELAY, next_delay
from tests.crawler.outlet import FEED, Outlet, feed, gaps, paths, run, story

ANSWERS = [
    *((0.2, 200), (0.2, 200), (5.0, 200), (0.1, 404), (0.1, 301), (0.3, 304), (7.0, 503)),
    *((0.1, 200), (0.1, 200), (0.1, 200), (90.0, 200), (0.01, 200), (0.01, 500), (0.01, 200)),
]


def of_scrapy(concurrency: int, least: float) -> Iterator[float]:
    """What Scrapy's own extension makes of the answers."""
    throttle = object.__new__(AutoThrottle)
    throttle.target_concurrency, throttle.mindelay, throttle.maxdelay = concurrency, least, MAX_DELAY
    slot = Slot(concurrency=concurrency, delay=least, jitter=0)
    for latency, status in ANSWERS:
        throttle._adjust_delay(slot, latency, Response("http://gull.example/", status=status))
        yield slot.delay


@pytest.mark.parametrize(("concurrency", "least"), [(1, 1.0), (1, 0.02), (4, 1.0), (2, 10.0)])
def test_the_delay_is_that_of_scrapy(concurrency: int, least: float) -> None:
    delay, delays = least, []
    for latency, status in ANSWERS:
        delay = next_delay(delay, latency, concurrency=concurrency, least=least, is_ok=status == 200)
        delays.append(delay)
    assert delays == pytest.approx(list(of_scrapy(concurrency, least)))


def lane(delay: float, robots: str = "") -> Lane:
    site = Site(domain="gull.example", name="The Gull", hosts=("gull.example",), language="en", delay=delay)
    return Lane(host="gull.example", sites=[site], next_at=0.0, robots=Robots(robots))


def test_what_the_outlet_asks_for_is_the_least_and_may_be_more_than_the_most() -> None:
    patient = lane(1.0, "User-agent: *\nCrawl-delay: 120")
    patient.throttle(90.0, is_ok=True)
    assert patient.delay == 120.0
    plain = lane(1.0)
    plain.throttle(90.0, is_ok=True)
    assert plain.delay == MAX_DELAY


def test_a_delay_of_nought_switches_it_off_but_not_the_crawl_delay() -> None:
    quick = lane(0.0, "User-agent: *\nCrawl-delay: 0.2")
    quick.throttle(3.0, is_ok=True)
    assert quick.delay == 0.2


@pytest.mark.parametrize(("delay", "least"), [(0.01, 0.25), (0, 0.0)])
def test_a_slow_host_rests_as_long_as_it_worked(tmp_path: Path, delay: float, least: float) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = {delay}\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/feed", feed("/news/a", "/news/b", "/news/c"))
    for name in "abc":
        outlet.serve(f"/news/{name}", story(f"Gulls {name} steal chips"))
    with SampleServer(outlet.folder.parent, latency=0.25) as server:
        report = run(server, outlet.folder.parent, tmp_path / "x.db")
        assert paths(server) == ["/robots.txt", "/feed", "/news/a", "/news/b", "/news/c"]
        pauses = [gap - 0.25 for gap in gaps(request.time for request in server.log)][2:]
    assert report.total("new") == 3
    assert min(pauses) >= least
    if not least:
        assert min(pauses) < 0.25
