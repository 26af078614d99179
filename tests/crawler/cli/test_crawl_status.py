"""The exit status of `redtop crawl`, and what it says with -q."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler.cli.crawl import _status
from crawler.report import CrawlReport, OutletReport
from crawler.sample.server import SampleServer
from tests.crawler.cli.command import Ran, redtop
from tests.crawler.outlet import FEED, HOST, Outlet, feed, story


@dataclass
class Press:
    """One outlet, and the command that crawls it."""

    outlet: Outlet
    server: SampleServer
    verb: list[str]

    def crawl(self, *options: str | Path) -> Ran:
        return redtop(*self.verb, *options)


Serve = Callable[..., Press]
"""Start an outlet that answers these things: `robots`, `feed`, and articles by their names."""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    servers: list[SampleServer] = []

    def make(**routes: dict[str, Any]) -> Press:
        outlet = Outlet(tmp_path / "outlets", site=f"delay = 0\narticle_url = '^/news/'\n{FEED}")
        for name, route in routes.items():
            outlet.serve({"robots": "/robots.txt", "feed": "/feed"}.get(name, f"/news/{name}"), **route)
        server = SampleServer(outlet.folder.parent)
        servers.append(server)
        server.__enter__()
        (tmp_path / "sites").mkdir()
        text = (outlet.folder / "site.toml").read_text().replace(":8800", f":{server.port}")
        (tmp_path / "sites" / f"{HOST}.toml").write_text(text)
        verb = ["crawl", HOST, "--sites", str(tmp_path / "sites"), "--allow-private", "--db", str(tmp_path / "x.db")]
        return Press(outlet, server, [*verb, "--workers", "1"])

    yield make
    for server in servers:
        server.__exit__(None, None, None)


def test_an_outlet_that_forbids_everything_is_told_as_such(serve: Serve) -> None:
    press = serve(
        robots={"text": "User-agent: *\nDisallow: /", "type": "text/plain"}, feed={"text": feed("/news/a")}
    )  # fmt: skip
    said = f"Error: {HOST} gave nothing: its robots.txt allows nothing of what it lists\n"
    assert press.crawl("-q") == Ran(1, "", said)


def test_an_outlet_that_asked_to_be_left_alone_is_no_failure(serve: Serve) -> None:
    press = serve(feed={"status": 503, "headers": {"Retry-After": "7200"}})
    assert press.crawl("-q") == Ran(0, "", "")
    assert press.crawl("-q") == Ran(0, "", "")
    assert "left alone for 7" in press.crawl().err


def test_an_outlet_that_only_refuses_is_a_failure(serve: Serve) -> None:
    press = serve(feed={"status": 403})
    ran = press.crawl("-q")
    assert (ran.status, ran.err) == (
        1, f"Error: {HOST} gave nothing: {HOST}:{press.server.port} answered 403 Forbidden\n"
    )  # fmt: skip


def test_single_pages_that_fail_are_no_failure_and_quiet_says_nothing_of_them(serve: Serve) -> None:
    press = serve(feed={"text": feed("/news/a", "/news/b")}, a={"text": story("Gulls steal")}, b={"status": 403})
    assert press.crawl("-q") == Ran(0, "", "")


def test_a_summary_that_cannot_be_written_is_found_before_anything_is_asked(serve: Serve, tmp_path: Path) -> None:
    press = serve(feed={"text": feed("/news/a")}, a={"text": story("Gulls steal")})
    (tmp_path / "file").write_text("")
    ran = press.crawl("-q", "--summary", tmp_path / "file" / "summary.json")
    assert ran.status == 1
    assert ran.err.startswith("Error: ")
    assert press.server.log == []


def test_a_summary_that_could_not_be_written_after_all_hides_nothing(
    serve: Serve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press = serve(feed={"status": 403})

    def full(path: Path, value: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr("crawler.whole_file.write_json", full)
    ran = press.crawl("--summary", tmp_path / "s.json")
    assert ran.status == 1
    lines = ran.err.splitlines()
    assert lines[-1] == f"Error: {tmp_path / 's.json'}: No space left on device"
    assert any("answered 403 Forbidden" in line for line in lines[:-1])


def test_an_alarm_is_never_hidden_by_a_failure() -> None:
    outlets = {HOST: OutletReport(site=HOST, name="The Gull")}
    report = CrawlReport(crawl_id=1, outlets=outlets, status="finished")
    assert (_status(report, False), _status(report, True)) == (1, 1)
    report.alarms = {HOST: "no page answered"}
    assert (_status(report, False), _status(report, True)) == (1, 3)
    report.alarms, report.outage = {}, "no answer from all 9 outlets"
    assert (_status(report, False), _status(report, True)) == (1, 3)
    assert json.loads(json.dumps(report.summary()))["outage"] == report.outage
