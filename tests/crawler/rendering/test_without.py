"""What is said where pages are made by script and there is no browser."""

from pathlib import Path

import pytest

from crawler.rendering import machine, why_none
from crawler.sample.server import SampleServer
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import HOST, Outlet, feed, run, story

OTHER = "puffin.localhost"


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "NAMES", ("no-such-browser",))


@pytest.mark.usefixtures("no_chromium")
def test_an_outlet_that_needs_a_browser_is_left_alone_with_a_word_and_the_others_are_served(tmp_path: Path) -> None:
    folder = tmp_path / "outlets"
    for host, more in ((HOST, ""), (OTHER, "browser = true\n")):
        listing = f'[[feeds]]\nurl = "http://{host}:8800/feed"'
        outlet = Outlet(folder, host=host, site=f"delay = 0\narticle_url = '^/news/'\n{more}{listing}")
        outlet.serve("/feed", feed("/news/a").replace(HOST, host))
        outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(folder) as server:
        report = run(server, folder, tmp_path / "redtop.db")
        assert {request.host for request in server.log} == {HOST}
    assert report.outlets[HOST].new == 1
    assert report.outlets[OTHER].note == why_none()
    assert "browser" in (why_none() or "")
    assert not report.is_served


@pytest.mark.usefixtures("no_chromium")
def test_extract_says_what_is_missing(tmp_path: Path) -> None:
    outlet = Outlet(tmp_path)
    outlet.serve("/news/a", story("Gulls steal chips"))
    with SampleServer(tmp_path) as server:
        ran = redtop("extract", f"{server.origin(HOST)}/news/a", "--allow-private", "--browser")
    assert ran.status == 1
    assert ran.err.startswith(f"Error: http://{HOST}")
    assert ran.err.count("\n") == 1
    assert "needs a browser" in ran.err
