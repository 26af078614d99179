from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from crawler.fetch import FetchError, fetch, fetch_many
from crawler.sample.server import SampleServer
from crawler.settings import MAX_PAGE
from crawler.site_file import parse_site
from pipelines.page import Page

ROUTES = [
    {"path": "/robots.txt", "file": "robots.txt", "type": "text/plain"},
    {"path": "/a", "file": "a.html"},
    {"path": "/moved", "status": 301, "location": "/a"},
    {"path": "/round", "status": 302, "location": "/and-round"},
    {"path": "/and-round", "status": 302, "location": "/round"},
    {"path": "/away", "status": 302, "location": "file:///etc/passwd"},
    {"path": "/closed/a", "file": "a.html"},
    {"path": "/forbidden", "status": 403},
    {"path": "/paper", "file": "paper.pdf", "type": "application/pdf"},
    {"path": "/picture", "file": "picture", "type": "text/html"},
    {"path": "/endless", "file": "endless.html"},
    {"path": "/busy", "file": "a.html", "status": 429, "heals_after": 1, "headers": {"Retry-After": "2"}},
    {"path": "/busier", "file": "a.html", "status": 503, "headers": {"Retry-After": "3600"}},
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SampleServer]:
    folder = tmp_path / "gull.localhost"
    folder.mkdir()
    (folder / "routes.json").write_text(json.dumps(ROUTES), encoding="utf-8")
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /closed/\nCrawl-delay: 0.1", encoding="utf-8")
    (folder / "a.html").write_text("<h1>Gulls steal chips</h1>", encoding="utf-8")
    (folder / "paper.pdf").write_bytes(b"%PDF-1.7")
    (folder / "picture").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "endless.html").write_bytes(b" " * (MAX_PAGE + 1))
    with SampleServer(tmp_path) as running:
        yield running


def wrong(url: str, *, timeout: float = 5.0) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, allow_private=True, timeout=timeout)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_page_comes_with_its_headers_decompressed(server: SampleServer) -> None:
    page = fetch(server.origin("gull.localhost") + "/a", contact="desk@gull.example", allow_private=True)
    assert page.body == b"<h1>Gulls steal chips</h1>"
    assert page.charset == "utf-8"
    assert page.fetched_at.tzinfo is not None
    assert page.requested_url is None
    assert [line.path for line in server.log] == ["/robots.txt", "/a"]
    assert server.log[1].user_agent.startswith("redtop/")
    assert server.log[1].user_agent.endswith(" (+desk@gull.example)")


def test_a_redirect_is_followed_and_told(server: SampleServer) -> None:
    origin = server.origin("gull.localhost")
    page = fetch(origin + "/moved", allow_private=True)
    assert (page.url, page.requested_url) == (origin + "/a", origin + "/moved")


def test_what_the_world_does_wrong_is_one_line(server: SampleServer) -> None:
    origin, name = server.origin("gull.localhost"), f"gull.localhost:{server.port}"
    assert wrong(origin + "/missing") == f"{name} answered 404 Not Found"
    assert wrong(origin + "/forbidden") == f"{name} answered 403 Forbidden"
    assert wrong(origin + "/round") == f"{name} redirects in a circle"
    assert wrong(origin + "/away") == "file:///etc/passwd: only http and https are asked"
    assert wrong(origin + "/closed/a") == f"{name} does not allow {origin}/closed/a in its robots.txt"
    assert wrong(origin + "/paper") == f"{origin}/paper is a PDF, no page"
    assert wrong(origin + "/picture") == f"{origin}/picture is an image, no page"
    assert wrong(origin + "/endless") == f"{name} sent more than 16 MB"
    assert wrong("http://nobody.invalid/a") == "nobody.invalid: unknown host"
    assert wrong("http://127.0.0.1:1/a") == "127.0.0.1:1 refused the connection"
    assert wrong("http://[half/a").startswith("http://[half/a is no address")
    assert not [line for line in server.log if line.path == "/closed/a"]


@pytest.mark.parametrize(
    "url", ["http://gull.localhost:{}/a", "http://127.0.0.1:{}/a", "http://[::ffff:127.0.0.1]:{}/a"]
)
def test_private_addresses_are_not_asked_unless_allowed(server: SampleServer, url: str) -> None:
    with pytest.raises(FetchError, match=r"is the private address .*127\.0\.0\.1|::ffff:7f00:1"):
        fetch(url.format(server.port))
    assert server.log == []


def test_a_batch_goes_on_after_a_failure_and_keeps_the_hosts_pace(server: SampleServer) -> None:
    origin = server.origin("gull.localhost")
    urls = [origin + "/a", origin + "/missing", "http://nobody.invalid/", origin + "/a"]
    answers = list(fetch_many(urls, allow_private=True))
    assert [url for url, _ in answers] == urls
    assert [isinstance(page, Page) for _, page in answers] == [True, False, False, True]
    times = [line.time for line in server.log]
    assert min(later - earlier for earlier, later in pairwise(times)) >= 0.1


def test_the_delay_of_the_site_file_counts_too(server: SampleServer) -> None:
    text = 'name = "Gull"\nhosts = ["gull.localhost"]\nlanguage = "en"\ndelay = 0.25'
    site = parse_site(text, "gull.localhost.toml")
    urls = [server.origin("gull.localhost") + "/a"] * 2
    list(fetch_many(urls, sites={site.domain: site}, allow_private=True))
    assert server.log[2].time - server.log[1].time >= 0.25


def seconds(server: SampleServer, path: str) -> list[float]:
    """Between the requests for a path."""
    times = [line.time for line in server.log if line.path == path]
    return [later - earlier for earlier, later in pairwise(times)]


def test_a_host_of_which_nothing_is_known_is_asked_once_a_second(server: SampleServer) -> None:
    list(fetch_many([server.origin("gull.localhost") + "/a"] * 2, allow_private=True))
    assert seconds(server, "/a")[0] >= 1.0


def test_a_host_that_asks_for_a_pause_gets_it_and_is_asked_again(
    server: SampleServer, caplog: pytest.LogCaptureFixture
) -> None:
    page = fetch(server.origin("gull.localhost") + "/busy", allow_private=True)
    assert page.body == b"<h1>Gulls steal chips</h1>"
    assert seconds(server, "/busy")[0] >= 2.0
    said = f"gull.localhost:{server.port} asks to be left alone for 2 seconds; waiting"
    assert said in [record.getMessage() for record in caplog.records]


def test_a_host_that_asks_for_a_long_pause_is_not_asked_again(server: SampleServer) -> None:
    origin = server.origin("gull.localhost")
    told = [str(page) for _, page in fetch_many([origin + "/busier", origin + "/a", origin + "/a"], allow_private=True)]
    assert told[0] == f"gull.localhost:{server.port} answered 503 Service Unavailable"
    assert all(" asked to be left alone for 3" in line and line.endswith(" more seconds") for line in told[1:])
    assert [line.path for line in server.log] == ["/robots.txt", "/busier"]


def test_a_robots_txt_that_could_not_be_had_is_asked_once(tmp_path: Path) -> None:
    (tmp_path / "gull.localhost").mkdir()
    routes = [{"path": "/robots.txt", "status": 503}, {"path": "/a"}]
    (tmp_path / "gull.localhost" / "routes.json").write_text(json.dumps(routes), encoding="utf-8")
    with SampleServer(tmp_path) as running:
        urls = [running.origin("gull.localhost") + f"/{number}" for number in range(6)]
        told = {str(page) for _, page in fetch_many(urls, allow_private=True)}
        said = "answered 503 Service Unavailable for its robots.txt, so nothing else is asked"
        assert told == {f"gull.localhost:{running.port} {said}"}
        assert [line.path for line in running.log] == ["/robots.txt"]


@contextmanager
def answering(data: bytes, *, hold: bool = False) -> Iterator[str]:
    """A server that says the same bytes to everybody, whatever they are."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        held = []
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.recv(65536)
            connection.sendall(data)
            if hold:
                held.append(connection)
            else:
                connection.close()

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    listener.close()


def test_a_server_that_breaks_off_or_falls_silent() -> None:
    with answering(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<p>half") as name:
        assert wrong(f"http://{name}/a") == f"{name} broke off in the middle of the page"
    with answering(b"", hold=True) as name:
        assert wrong(f"http://{name}/a", timeout=0.3) == f"{name} did not answer within 0.3 seconds"
    with answering(b"\x00\x01\x02") as name:
        assert wrong(f"http://{name}/a").startswith(f"{name}: the connection failed")


def test_what_grows_beyond_all_bounds_when_unpacked_is_refused() -> None:
    bomb = gzip.compress(b"\0" * (MAX_PAGE + 1))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    with answering(head + bomb) as name:
        assert wrong(f"http://{name}/a") == f"{name} sent more than 16 MB"


def test_robots_that_cannot_be_had_forbid_everything() -> None:
    with answering(b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n") as name:
        expected = f"{name} answered 503 Service Unavailable for its robots.txt, so nothing else is asked"
        assert wrong(f"http://{name}/a") == expected
