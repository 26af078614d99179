"""When an outlet is due."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.frontier.schema import frontier
from crawler.plan import plans
from crawler.sample import sample_sites
from crawler.sample.server import SampleServer
from crawler.site import Site
from pipelines.database import close_writer, open_writer, transaction
from pipelines.fetches import start_crawl, write_failure
from tests.crawler.outlet import FEED, Outlet, run

START = 1_790_000_000.0


def visit(db_path: Path, site: Site, start: float, seconds: float) -> None:
    """A run that began at a moment and asked an outlet for the last time so many seconds later."""
    db = open_writer(db_path, frontier)
    with transaction(db):
        crawl_id = start_crawl(db, datetime.fromtimestamp(start, UTC))
        write_failure(
            db, f"https://{site.domain}/", site.domain, datetime.fromtimestamp(start + seconds, UTC), "", crawl_id
        )
    close_writer(db)


@pytest.mark.parametrize(("minutes", "early"), [(30, 120), (60 * 12, 120), (1, 6)])
def test_an_interval_counts_from_the_beginning_of_a_visit(tmp_path: Path, minutes: int, early: int) -> None:
    site = Site(domain="gull.example", name="The Gull", hosts=("gull.example",), language="en", interval=minutes * 60)
    visit(tmp_path / "x.db", site, START, 700)
    (plan,) = plans([site], tmp_path / "x.db", START)
    assert (plan.last_visit, plan.due_at) == (START, START + minutes * 60)
    assert not plan.is_due(plan.due_at - early - 1)
    assert plan.is_due(plan.due_at - early)


def test_a_timer_of_a_quarter_of_an_hour_that_wavers_visits_every_half(tmp_path: Path) -> None:
    site = Site(domain="gull.example", name="The Gull", hosts=("gull.example",), language="en")
    visits = []
    for tick, wavering in enumerate((50, 0, 10, 60, 0, 20, 60, 5, 0)):
        now = START + 900 * tick + wavering
        if plans([site], tmp_path / "x.db", now)[0].is_due(now):
            visits.append(15 * tick)
            visit(tmp_path / "x.db", site, now, 70)
    assert visits == [0, 30, 60, 90, 120]


def test_an_outlet_whose_robots_txt_allows_nothing_was_visited_all_the_same(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\n{FEED}")
    outlet.serve("/robots.txt", "User-agent: *\nDisallow: /", type="text/plain")
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, tmp_path / "x.db")
        (site,) = sample_sites(server.port, outlet.folder.parent).values()
    (plan,) = plans([site], tmp_path / "x.db", time.time())
    assert not plan.is_due(time.time())
