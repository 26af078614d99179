"""What passes is waited for, what does not is told at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawler import patience
from crawler.cluster.plan import warc_units
from crawler.patience import LONGEST, PAUSES, passing, patiently
from crawler.remote import RemoteError, look, read_whole
from crawler.warc_pages import read_pages
from crawler.warc_part import Part
from tests.crawler.cli.test_import import page
from tests.crawler.test_warc_pages import warc

DATA = warc(*map(page, range(3)))


class Web(BaseHTTPRequestHandler):
    """A file, and an answer of trouble to some of the requests."""

    troubled: dict[int, int]
    """Status by number of the request."""
    asked = 0

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer(has_body=False)

    def do_GET(self) -> None:
        self._answer(has_body=True)

    def _answer(self, *, has_body: bool) -> None:
        here = type(self)
        here.asked += 1
        status = here.troubled.get(here.asked, 200)
        self.send_response(status)
        self.send_header("Content-Length", str(len(DATA) if status == 200 else 0))
        self.send_header("Accept-Ranges", "bytes")
        if status != 200:
            self.send_header("Retry-After", "7")
        self.end_headers()
        if has_body and status == 200:
            self.wfile.write(DATA)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Web]]:
    monkeypatch.setattr(patience, "PAUSES", (0.0,) * 5)
    monkeypatch.setattr(patience, "LONGEST", 0.0)
    here = type("Here", (Web,), {"troubled": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), here)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    here.address = f"http://127.0.0.1:{server.server_port}/x.warc.gz"  # type: ignore[attr-defined]
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_makes_no_file_missing(web: type[Web], status: int) -> None:
    web.troubled = dict.fromkeys((1, 2, 3, 4), status)
    address = web.address  # type: ignore[attr-defined]
    plan = warc_units([address], "x", allow_private=True)
    assert (plan.missing, len(plan.units)) == ({}, 1)
    web.troubled = {web.asked + number: status for number in (1, 2, 4, 5)}
    assert len(list(read_pages(Part(address, allow_private=True)))) == 3
    web.troubled = {web.asked + 1: status}
    assert read_whole(address, allow_private=True) == DATA


def test_what_is_not_there_is_asked_for_once(web: type[Web]) -> None:
    web.troubled = dict.fromkeys(range(1, 100), 404)
    with pytest.raises(RemoteError, match="no such file"):
        look(web.address, allow_private=True)  # type: ignore[attr-defined]
    assert web.asked == 2  # HEAD, and GET as some servers know no HEAD


def test_patience_ends(web: type[Web]) -> None:
    web.troubled = dict.fromkeys(range(1, 100), 503)
    with pytest.raises(RemoteError, match="503"):
        read_whole(web.address, allow_private=True)  # type: ignore[attr-defined]
    assert web.asked == 6


class Answer(Exception):  # noqa: N818
    def __init__(self, status: int, **headers: str) -> None:
        self.status, self.headers = status, headers


def test_pauses_grow_and_the_server_is_heard() -> None:
    slept: list[float] = []
    problems: list[Exception] = [ConnectionResetError(), TimeoutError(), Answer(503)]
    asks = {"Retry-After": "30"}, {"Retry-After": "9999"}
    problems += [Answer(429, **ask) for ask in asks]

    def work() -> str:
        if problems:
            raise problems.pop(0)
        return "done"

    assert patiently(work, slept.append) == "done"
    assert slept == [*PAUSES[:3], 30.0, LONGEST]


def test_what_will_not_pass_is_raised_at_once() -> None:
    for problem in (Answer(403), FileNotFoundError("x"), PermissionError("x")):
        slept: list[float] = []

        def work(problem: Exception = problem) -> None:
            raise problem

        with pytest.raises(type(problem)):
            patiently(work, slept.append)
        assert slept == []


def test_a_pause_that_is_asked_for_is_read_in_either_form() -> None:
    class BusyError(Exception):
        status = 503

        def __init__(self, value: str) -> None:
            self.headers = {"Retry-After": value}

    at = datetime.now(UTC) + timedelta(seconds=90)
    assert passing(BusyError("7")) == 7
    assert 80 < (passing(BusyError(format_datetime(at, usegmt=True))) or 0) <= 90
    assert passing(BusyError("soon")) == 0
