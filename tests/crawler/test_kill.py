"""A crawl that is killed again and again ends with the database of an undisturbed one."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.kill import kill_and_compare
from tests.crawler.outlet import FEED, Outlet, feed, story


def test_three_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
    outlet.serve("/robots.txt", "User-agent: *\nDisallow: /news/secret\nCrawl-delay: 0.05", type="text/plain")
    outlet.serve("/feed", feed("/news/ill", *(f"/news/{number}" for number in range(20)), "/news/secret"))
    outlet.serve("/news/ill", story("Gulls fall ill"), status=500, heals_after=2)
    for number in range(20):
        outlet.serve(f"/news/{number}", story(f"Gulls steal {number} bags of chips", words="“They do,” said Ann Wade."))
    findings = kill_and_compare(tmp_path, kills=3, seed=11, outlets=outlet.folder.parent)
    assert findings.wrong == []
    assert findings.kills == 3
    assert findings.archived


@pytest.mark.soak
def test_fifty_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    findings = kill_and_compare(tmp_path, kills=50, seed=12)
    assert findings.wrong == []
    assert findings.kills == 50
    assert findings.cut
