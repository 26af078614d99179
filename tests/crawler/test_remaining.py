"""What a run has still to do, as its progress shows it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from crawler.cli.progress import CrawlProgress, queue_line
from crawler.frontier.remaining import Remaining, outlet_remaining
from crawler.quota import Bounds
from crawler.report import CrawlReport
from crawler.sample.server import SampleServer
from tests.crawler.outlet import FEED, HOST, Outlet, feed, run, story

COUNT = 8


def test_what_is_left_falls_to_nothing_while_a_run_goes_on_and_keeps_to_its_bounds(tmp_path: Path) -> None:
    for name, bounds, expected in (
        ("all", Bounds(), COUNT),
        ("some", Bounds(limit=3), 3),
        ("few", Bounds(max_pages=2), 2),
    ):
        outlet = Outlet(tmp_path / name, site=f"delay = 0.01\narticle_url = '^/news/'\n{FEED}")
        outlet.serve("/feed", feed(*(f"/news/{number}" for number in range(COUNT))))
        for number in range(COUNT):
            outlet.serve(f"/news/{number}", story(f"Gulls steal {number} bags", words=f"It was {number}."))
        seen: list[tuple[int, int, float]] = []

        def look(report: CrawlReport, seen: list[tuple[int, int, float]] = seen) -> None:
            left = report.remaining()
            seen.append((report.total("fetched"), left.pages.get(HOST, 0), left.seconds))

        with SampleServer(outlet.folder.parent) as server:
            report = run(server, outlet.folder.parent, tmp_path / f"{name}.db", on_progress=look, bounds=bounds)
        assert report.total("fetched") == expected
        assert [left for _, left, _ in seen][:2] == [1, expected]  # after robots.txt the feed, then what it names
        assert [left for _, left, _ in seen][-1] == 0
        falling = [left for _, left, _ in seen[1:]]
        assert falling == sorted(falling, reverse=True)
        assert [seconds for _, _, seconds in seen] == pytest.approx([left * 0.01 for _, left, _ in seen])
        assert report.remaining() == Remaining()


def test_the_least_time_is_that_of_the_slowest_host() -> None:
    assert outlet_remaining({"a": (2, 10), "b": (0, 3)}, float("inf"), 2.0) == (15, 24.0)
    assert outlet_remaining({"a": (2, 10), "b": (0, 3)}, 4, 2.0) == (6, 6.0)
    assert outlet_remaining({}, 4, 2.0) == (0, 0.0)


def test_the_live_table_shows_what_is_left(tmp_path: Path) -> None:
    out = io.StringIO()
    progress = CrawlProgress(Console(file=out, force_terminal=True, width=120), quiet=False)
    report = CrawlReport(crawl_id=1, outlets={})
    report.remaining = lambda: Remaining(pages={HOST: 12}, seconds=180.0)
    with progress:
        progress(report)
    assert "12 pages left, as far as is known, for at least 3 min" in out.getvalue()
    assert Remaining(pages={HOST: 40, "tern": 50}, most=60).total == 60
    assert queue_line(Remaining(pages={HOST: 1, "tern": 2})) == "3 pages left, as far as is known"
