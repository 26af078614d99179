"""A proxy between redtop and the outlets, and what the guard still refuses then."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.fetch import FetchError, fetch
from crawler.loop import event_loop
from crawler.proxy import Proxies, unusable
from crawler.rendering import why_none
from crawler.rendering.gateway import Gateway
from crawler.resolver import GuardedResolver
from crawler.run import crawl
from crawler.sample.server import SampleServer
from crawler.site_file import parse_site
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import PACE, Outlet, feed, rows, story

HOST = "gull.example"
KNOWN = {HOST: ["93.184.216.34"], "inside.example": ["10.0.0.7"], "127.0.0.1": ["127.0.0.1"]}


class Proxy(ThreadingHTTPServer):
    """A proxy that leads every name to one port of this machine, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        self.there = port
        self.asked: list[tuple[str, str, str | None]] = []
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://ada:se%20cret@127.0.0.1:{self.server_address[1]}"

    @property
    def names(self) -> list[str]:
        return [urlsplit(target).hostname or target for _, target, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Proxy

    def do_GET(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers.get("Proxy-Authorization")))
        parts = urlsplit(self.path)
        connection = HTTPConnection("127.0.0.1", self.server.there, timeout=10)
        connection.request("GET", parts.path, headers={"Host": parts.netloc})
        answer = connection.getresponse()
        body = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        connection.close()

    def do_CONNECT(self) -> None:
        self.server.asked.append((self.command, self.path, self.headers.get("Proxy-Authorization")))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.rfile.readline().upper())
        self.close_connection = True

    def log_message(self, format: str, *values: object) -> None:
        pass


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    made = Outlet(tmp_path / "outlets", host=HOST, site="delay = 0")
    made.serve("/feed", feed("/news/a", "/news/b").replace("http://gull.localhost:8800", f"http://{HOST}"))
    made.serve("/news/a", story("Gulls steal chips"))
    made.serve("/news/b", story("Chips steal gulls"))
    return made


@pytest.fixture
def proxy(outlet: Outlet, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    """A proxy that the environment names, on a machine that knows three names."""

    async def look_up(self: GuardedResolver, name: str) -> list[str]:
        return KNOWN.get(name, [])

    monkeypatch.setattr(GuardedResolver, "_look_up", look_up)
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with SampleServer(outlet.folder.parent) as server:
        made = Proxy(server.port)
        for name in ("http_proxy", "https_proxy"):
            monkeypatch.setenv(name, made.url)
        yield made
        made.shutdown()
        made.server_close()


def test_a_crawl_goes_by_way_of_the_proxy_and_no_password_is_kept(proxy: Proxy, tmp_path: Path) -> None:
    text = f'name = "The Gull"\nhosts = ["{HOST}"]\nlanguage = "en"\ndelay = 0\narticle_url = "^/news/"\n'
    site = parse_site(f'{text}[[feeds]]\nurl = "http://{HOST}/feed"', "gull.example.toml")
    db = tmp_path / "redtop.db"
    report = crawl([site], db, pace=PACE, workers=1)
    assert (report.status, report.total("new"), report.errors) == ("finished", 2, 0)
    assert {told for _, _, told in proxy.asked} == {"Basic " + b64encode(b"ada:se cret").decode()}
    assert set(proxy.names) == {HOST}
    (file,) = {name for (name,) in rows(db, "SELECT archive_file FROM fetch WHERE archive_file IS NOT NULL")}
    archived = gzip.decompress((tmp_path / "archive" / file).read_bytes())
    assert b"GET /news/a HTTP/1.1" in archived
    assert b"Proxy-Authorization" not in archived
    assert b"cret" not in archived


def test_private_names_are_refused_before_the_proxy_hears_of_them(proxy: Proxy) -> None:
    with pytest.raises(FetchError, match="is the private address 10"):
        fetch("http://inside.example/news/a")
    with pytest.raises(FetchError, match="is the private address 127"):
        fetch(f"http://127.0.0.1:{proxy.server_address[1]}/")  # the proxy's own address is opened to no page
    assert proxy.asked == []


def test_a_name_that_only_the_proxy_knows_is_left_to_it(proxy: Proxy) -> None:
    with pytest.raises(FetchError, match="answered 404"):
        fetch("http://unknown.example/news/a")
    assert set(proxy.names) == {"unknown.example"}


def test_a_proxy_that_does_not_answer_is_named(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("http_proxy", f"http://ada:secret@127.0.0.1:{port}")
    with pytest.raises(FetchError, match=f"by way of the proxy 127.0.0.1:{port}, refused the connection") as caught:
        fetch(f"http://{HOST}/news/a")
    assert "secret" not in str(caught.value)


def test_the_option_takes_the_place_of_the_environment(proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    ran = redtop("extract", f"http://{HOST}/news/a", "--proxy", proxy.url)
    assert json.loads(ran.out)["headline"] == "Gulls steal chips"
    proxy.asked.clear()
    assert redtop("extract", f"http://{HOST}/news/a", "--proxy", "none").status == 1
    assert proxy.asked == []
    assert Proxies().of(f"http://{HOST}/") == "http://127.0.0.1:9"
    ran = redtop("extract", f"http://{HOST}/news/a", "--proxy", "socks5://127.0.0.1:9")
    assert ran.status == 2
    assert "only proxies that are asked over http are known" in ran.err


@pytest.mark.skipif(why_none() is not None, reason=f"a page made by script {why_none()}")
def test_the_browser_goes_by_way_of_the_proxy_too(proxy: Proxy, outlet: Outlet) -> None:
    script = "fetch('/news/b').then(r => r.text()).then(t => { document.body.innerHTML = t })"
    inside = "fetch('http://inside.example/secret').catch(() => 0)"
    outlet.serve("/news/c", f"<html lang=en><body><script>{inside}; {script}</script></body></html>")
    with SampleServer(outlet.folder.parent) as server:
        proxy.there = server.port
        page = fetch(f"http://{HOST}/news/c", browser=True)
    assert b"<h1>Chips steal gulls</h1>" in page.body
    assert set(proxy.names) == {HOST}


def test_a_tunnel_of_the_browser_leads_through_the_proxy(proxy: Proxy) -> None:
    async def asked(target: str) -> bytes:
        resolver = GuardedResolver(asyncio.get_running_loop(), allow_private=False, trusted=Proxies().hosts)
        gateway = Gateway(resolver)
        await gateway.open()
        reader, writer = await asyncio.open_connection("127.0.0.1", gateway.port)
        writer.write(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        writer.write(b"hello\n")
        rest = await reader.read(100)
        writer.close()
        await gateway.close()
        return head.split(b"\r\n")[0] + b" " + rest

    def run(target: str) -> bytes:
        return event_loop().run_until_complete(asyncio.wait_for(asked(target), 20))

    assert run(f"{HOST}:443") == b"HTTP/1.1 200 Connected HELLO\n"
    assert run("inside.example:443").startswith(b"HTTP/1.1 502")
    assert [(method, target) for method, target, _ in proxy.asked] == [("CONNECT", f"{HOST}:443")]


def test_names_of_this_machine_and_those_of_no_proxy_are_asked_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("no_proxy", "http_proxy", "https_proxy", "all_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert Proxies().of("http://gull.example/") is None
    monkeypatch.setenv("HTTP_PROXY", "proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", ".puffin.example")
    proxies = Proxies()
    assert proxies.hosts == {"proxy.example"}
    assert proxies.of("http://gull.example/") == "http://proxy.example:3128"
    for url in ("https://gull.example/", "http://www.puffin.example/", "http://gull.localhost/", "http://127.0.0.1:8/"):
        assert proxies.of(url) is None
    monkeypatch.setenv("ALL_PROXY", "http://other.example:8080")
    assert Proxies().of("https://gull.example/") == "http://other.example:8080"
    assert unusable("http://proxy.example:x") is not None
    assert unusable("proxy.example:3128") is None
