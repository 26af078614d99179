"""Pages made by script, in the machine's own Chromium; skipped, with the reason, where there is none."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive_files import read_page
from crawler.importing import import_files
from crawler.loop import event_loop
from crawler.rendering import Browser, NotRendered, browser, why_none
from crawler.sample.server import SampleServer
from pipelines.page import ArchivePlace, Page
from tests.crawler.cli.command import redtop
from tests.crawler.outlet import FEED, Outlet, feed, rows, run, story

pytestmark = pytest.mark.skipif(why_none() is not None, reason=f"a page made by script {why_none()}")

DINNER = "/celebrity/lightship-dinner/"
SITE = f"delay = 0.3\nbrowser = true\narticle_url = '^/news/'\n{FEED}"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def page(script: str, url: str = "http://gull.localhost/news/a", **headers: str) -> Page:
    """A page that is what its script makes of it."""
    body = f'<!doctype html><html><body><p id="words">nothing</p><script>{script}</script></body></html>'
    told = (("Content-Type", "text/html"), *headers.items())
    return Page(url=url, status=200, headers=told, body=body.encode(), fetched_at=NOW)


def rendered(*pages: Page, allow_private: bool = True) -> list[str]:
    """The pages as one browser shows them, or why it does not."""

    async def show() -> list[str]:
        shown, started = [], Browser(contact=None, allow_private=allow_private)
        try:
            for one in pages:
                try:
                    shown.append((await started.render(one)).body.decode())
                except NotRendered as problem:
                    shown.append(str(problem))
        finally:
            await started.close()
        return shown

    return event_loop().run_until_complete(asyncio.wait_for(show(), 100))


@contextmanager
def listener(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[tuple[int, list[str]]]:
    """A server on loopback: its port, and the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            answer(self)

        def log_message(self, format: str, *values: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda request, client: None  # type: ignore[assignment,misc]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()


def say(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    for name, value in {"Access-Control-Allow-Origin": "*", "Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def test_the_page_of_the_sample_that_is_empty_without_script_is_read() -> None:
    with SampleServer() as server:
        url = server.origin("dailyglint.localhost") + DINNER
        plain = redtop("extract", url, "--allow-private")
        assert plain.status == 1
        assert "empty shell" in plain.err
        server.log.clear()
        ran = redtop("extract", url, "--allow-private", "--browser", "--contact", "desk@gull.example")
        asked = [request.path for request in server.log]
        at_once = {request.at_once for request in server.log}
        agents = {request.user_agent for request in server.log}
    assert (ran.status, ran.err) == (0, "")
    record = json.loads(ran.out)
    assert record["url"] == url
    assert record["headline"] == "Oona Merriweather Hosts a Dinner for Forty on a Lightship"
    assert record["authors"][0]["name"] == "Aoife Brannigan"
    assert record["published"]["value"] == "2026-11-19T18:05:00Z"
    assert [quote["speaker"] for quote in record["quotes"]] == ["Oona Merriweather"] * 2 + ["Tobin Askew"] * 2
    assert len(record["body"]) == 6
    assert asked == ["/robots.txt", DINNER, "/assets/glint.css", "/assets/story.js", "/api/stories/lightship-dinner"]
    assert at_once == {1}
    assert {agent.rpartition(" ")[2] for agent in agents} == {"(+desk@gull.example)"}


@pytest.fixture
def outlet(tmp_path: Path) -> Outlet:
    """An outlet whose pages hold nothing but a script that asks for the story."""
    made = Outlet(tmp_path / "outlets", site=SITE)
    made.serve("/feed", feed("/news/a", "/news/b"))
    for name, headline in (("a", "Gulls steal chips"), ("b", "Chips steal gulls")):
        script = f"fetch('/api/{name}').then(r => r.text()).then(t => {{ document.body.innerHTML = t }})"
        made.serve(
            f"/news/{name}", f"<html lang=en><title>The Gull</title><body><script>{script}</script></body></html>"
        )
        changed = story(headline, words="They deny it.") if name == "b" else None
        made.serve(f"/api/{name}", story(headline), changed=changed)
    return made


def test_an_outlet_whose_file_says_so_is_crawled_in_the_browser(outlet: Outlet, tmp_path: Path) -> None:
    db = tmp_path / "data" / "redtop.db"
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, db)
        documents = [request for request in server.log if "/api/" not in request.path]
        assert [request.path for request in documents] == ["/robots.txt", "/feed", "/news/a", "/news/b"]
        assert min(later.time - earlier.time for earlier, later in pairwise(documents)) >= 0.3
        assert {request.at_once for request in server.log} == {1}
        server.set_state(2)
        server.log.clear()
        again = run(server, outlet.folder.parent, db, clock=lambda: time.time() + 7200)
        asked = {request.path: request.conditional for request in server.log}
    assert (report.total("new"), report.errors) == (2, 0)
    assert rows(db, "SELECT headline FROM article ORDER BY id") == [("Gulls steal chips",), ("Chips steal gulls",)]
    assert asked["/news/b"] is False  # the document stays the same while the story changes
    assert (again.total("changed"), again.total("unchanged")) == (1, 1)


def test_an_empty_shell_at_any_other_outlet_is_shown_too(outlet: Outlet, tmp_path: Path) -> None:
    file = outlet.folder / "site.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("browser = true", ""), encoding="utf-8")
    with SampleServer(outlet.folder.parent) as server:
        report = run(server, outlet.folder.parent, tmp_path / "redtop.db")
    assert (report.total("new"), report.errors) == (2, 0)


def test_the_archive_has_what_came_and_what_it_became(outlet: Outlet, tmp_path: Path) -> None:
    db = tmp_path / "data" / "redtop.db"
    folder = tmp_path / "data" / "archive"
    with SampleServer(outlet.folder.parent) as server:
        run(server, outlet.folder.parent, db)
    (place,) = rows(db, "SELECT archive_file, archive_offset FROM fetch WHERE url LIKE '%/news/a'")
    shown = read_page(folder, ArchivePlace(file=place[0], offset=place[1]))
    assert (shown.status, shown.charset) == (200, "utf-8")
    assert b"<h1>Gulls steal chips</h1>" in shown.body
    with (folder / place[0]).open("rb") as file:
        kinds = WarcRecordType.response | WarcRecordType.conversion
        records = {
            record.record_id: (record.record_type, record.headers.get("WARC-Refers-To"), record.reader.read())
            for record in ArchiveIterator(file, record_types=kinds)
            if "/news/a" in (record.headers.get("WARC-Target-URI") or "")
        }
    (conversion,) = [record for record in records.values() if record[0] == WarcRecordType.conversion]
    assert b"fetch('/api/a')" in records[conversion[1]][2]
    other = tmp_path / "other" / "redtop.db"
    imported = import_files([folder / place[0]], other, {}, folder=other.parent / "archive", workers=1)
    assert imported.status == "finished"
    assert rows(other, "SELECT headline FROM article ORDER BY id") == [("Gulls steal chips",), ("Chips steal gulls",)]


def test_scripts_reach_no_private_address_in_any_way() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        say(handler, 200, b"secret")

    with listener(answer) as (port, asked):
        hosts = (
            f"127.0.0.1:{port}",
            f"localhost:{port}",
            f"[::1]:{port}",
            f"2130706433:{port}",
            f"gull.localhost:{port}",
        )
        ways = [
            *(f"fetch('http://{host}/fetched', {{mode: 'no-cors'}}).catch(() => 0)" for host in hosts),
            f"new WebSocket('ws://127.0.0.1:{port}/socket')",
            f"new EventSource('http://127.0.0.1:{port}/events')",
            f"navigator.sendBeacon('http://127.0.0.1:{port}/beacon', 'x')",
            f"document.body.append(Object.assign(document.createElement('iframe'), {{src: 'http://127.0.0.1:{port}/frame'}}))",
            f"document.body.append(Object.assign(document.createElement('script'), {{src: 'http://127.0.0.1:{port}/script'}}))",
            f"new Worker(URL.createObjectURL(new Blob([\"fetch('http://127.0.0.1:{port}/worker')\"])))",
        ]
        script = "; ".join(ways) + "; document.getElementById('words').textContent = 'done'"
        (shown,) = rendered(page(script), allow_private=False)
        assert ">done<" in shown
        assert asked == []


def test_a_redirect_to_a_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The public host is one by name only: its name is made to stand for this machine, the other's is not."""
    monkeypatch.setattr("crawler.resolver.is_private", lambda address: address == "127.0.0.2")

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/there":
            say(handler, 302, Location=f"http://127.0.0.2:{handler.server.server_address[1]}/secret")
        else:
            say(handler, 200, b"open")

    with listener(answer) as (port, asked):
        script = (
            f"Promise.allSettled(['there', 'here'].map(name => fetch('http://gull.localhost:{port}/' + name)))"
            ".then(all => { document.getElementById('words').textContent = all.map(one => one.status).join() })"
        )
        (shown,) = rendered(page(script), allow_private=False)
    assert "rejected,fulfilled" in shown
    assert sorted(asked) == ["/here", "/there"]


def test_a_page_that_leads_elsewhere_stays_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "LOADED", 1.0)
    with listener(lambda handler: say(handler, 200, b"elsewhere")) as (port, asked):
        shown = rendered(page(f"location.href = 'http://127.0.0.1:{port}/away'"), page("open('/popup')"))
        assert asked == []
    assert all(">nothing<" in one for one in shown)


def test_an_endless_script_costs_its_page_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "PATIENCE", 5.0)
    words = "document.getElementById('words').textContent = 'after'"
    shown = rendered(page("for (;;) {}"), page(words))
    assert shown[0] == "its scripts took longer than 5 seconds"
    assert ">after<" in shown[1]


def test_what_a_script_makes_without_measure_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "MAX_PAGE", 2 * 1024 * 1024)
    shown = rendered(page("document.getElementById('words').textContent = 'x'.repeat(4e6)"))
    assert shown == ["its scripts made more than 2 MB of it"]


def test_nothing_is_remembered_from_page_to_page() -> None:
    script = (
        "document.getElementById('words').textContent = 'seen ' + document.cookie + localStorage.getItem('n');"
        "document.cookie = 'n=1; max-age=9999'; localStorage.setItem('n', 1)"
    )
    assert all(">seen null<" in one for one in rendered(page(script), page(script)))
