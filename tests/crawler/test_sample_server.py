from __future__ import annotations

import gzip
import json
import socket
import struct
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from crawler.sample import sample_sites
from crawler.sample.server import SampleServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SampleServer]:
    folder = tmp_path / "gull.localhost"
    folder.mkdir()
    (folder / "a.html").write_text("<a href='http://gull.localhost:8800/b'>first</a>", encoding="utf-8")
    (folder / "a-2.html").write_text("second", encoding="utf-8")
    (folder / "map.xml").write_text("<urlset/>", encoding="utf-8")
    routes = [
        {"path": "/a", "file": "a.html", "changed": "a-2.html"},
        {"path": "/map.xml.gz", "file": "map.xml", "type": "application/gzip", "gzip": True},
        {"path": "/moved", "status": 301, "location": "http://gull.localhost:8800/a"},
        {"path": "/ill", "status": 500, "heals_after": 2, "file": "a.html", "headers": {"Retry-After": "0"}},
    ]
    (folder / "routes.json").write_text(json.dumps(routes), encoding="utf-8")
    with SampleServer(tmp_path) as running:
        yield running


def ask(
    server: SampleServer, path: str, *, host: str = "gull.localhost", method: str = "GET", **headers: str
) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": f"{host}:{server.port}", **sent})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_outlets_are_served_by_host_with_the_real_port(server: SampleServer) -> None:
    response, body = ask(server, "/a?utm_source=x")
    assert response.status == 200
    assert body == b"<a href='http://gull.localhost:%d/b'>first</a>" % server.port
    assert ask(server, "/a", host="nobody.localhost")[0].status == 404
    assert ask(server, "/moved")[0].getheader("Location") == f"http://gull.localhost:{server.port}/a"


def test_what_the_client_has_is_not_sent_again(server: SampleServer) -> None:
    first, _ = ask(server, "/a")
    etag, modified = first.getheader("ETag") or "", first.getheader("Last-Modified") or ""
    assert ask(server, "/a", If_None_Match=etag)[0].status == 304
    assert ask(server, "/a", If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200
    assert ask(server, "/a", If_Modified_Since=modified)[0].status == 304


def test_state_changes_only_on_a_control_request(server: SampleServer) -> None:
    first, _ = ask(server, "/a")
    assert ask(server, "/__control/state/2", method="POST")[0].status == 404
    assert b"first" in ask(server, "/a")[1]
    assert ask(server, "/__control/state/2", host="127.0.0.1", method="POST")[0].status == 200
    second, body = ask(server, "/a", If_None_Match=first.getheader("ETag") or "")
    assert (second.status, body) == (200, b"second")
    ask(server, "/__control/reset", host="127.0.0.1", method="POST")
    assert b"first" in ask(server, "/a")[1]


def test_an_error_heals_and_a_gzip_file_stays_one(server: SampleServer) -> None:
    answers = [ask(server, "/ill")[0] for _ in range(3)]
    assert [answer.status for answer in answers] == [500, 500, 200]
    assert answers[0].getheader("Retry-After") == "0"
    assert gzip.decompress(ask(server, "/map.xml.gz", Accept_Encoding="gzip")[1]) == b"<urlset/>"
    response, body = ask(server, "/a", Accept_Encoding="gzip")
    assert response.getheader("Content-Encoding") == "gzip"
    assert b"first" in gzip.decompress(body)


def test_the_log_tells_what_was_asked(server: SampleServer) -> None:
    ask(server, "/a", User_Agent="tester")
    ask(server, "/missing")
    log = json.loads(ask(server, "/__control/log", host="127.0.0.1")[1])
    assert [(line["host"], line["path"], line["status"], line["at_once"]) for line in log] == [
        ("gull.localhost", "/a", 200, 1),
        ("gull.localhost", "/missing", 404, 1),
    ]
    assert log[0]["user_agent"] == "tester"


def test_the_bundled_outlets_carry_the_servers_port() -> None:
    sites = sample_sites(4321)
    assert {"dailyglint.localhost", "starling.localhost"} <= set(sites)
    listed = [item.url for site in sites.values() for item in (*site.feeds, *site.sitemaps, *site.sections)]
    assert listed
    assert all(":4321/" in url for url in listed)


def test_a_client_that_hangs_up_is_no_news(server: SampleServer, capsys: pytest.CaptureFixture[str]) -> None:
    client = socket.create_connection(("127.0.0.1", server.port))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.sendall(b"GET /a HTTP/1.1\r\nHost: gull.localhost\r\n")
    client.close()
    assert ask(server, "/a")[0].status == 200
    assert capsys.readouterr().err == ""
