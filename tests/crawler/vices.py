"""Outlets with every vice, each a host of one server: for the crawl that must end all the same."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterable
from email.utils import formatdate
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from crawler.settings import MAX_PAGE
from tests.crawler.outlet import story

BOMB = gzip.compress(b"\0" * (MAX_PAGE + 1))
CHALLENGE = (
    "<!doctype html><html lang='en'><head><title>Just a moment...</title></head><body><h1>gull.example</h1>"
    "<p>Verifying you are human. This may take a few seconds.</p><noscript>Enable JavaScript and cookies to continue"
    "</noscript><div id='cf-challenge-running'></div></body></html>"
)
MISSING = (
    "<!doctype html><html lang='en'><head><title>Page not found</title></head><body><h1>Page not found</h1>"
    "<p>Sorry, the page you are looking for does not exist.</p></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    @property
    def vices(self) -> ViceServer:
        return cast("ViceServer", self.server)

    @property
    def origin(self) -> str:
        return "http://" + self.headers.get("Host", "")

    def do_GET(self) -> None:
        self.vices.asked.append(self.path)
        name = self.path.partition("?")[0].split("/")[1]
        host = self.headers.get("Host", "").partition(":")[0].partition(".")[0]
        answer = HOSTS.get(host, {}).get(name) or PATHS.get(name) or status(404)
        answer(self)

    def say(self, code: int, body: str | bytes = b"", **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        given = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data))}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        self.send_response(code)
        for name, value in given.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)
        if given["Content-Length"] != str(len(data)):
            self.close_connection = True

    def log_message(self, format: str, *values: object) -> None:
        """Keep stderr quiet."""


Answer = Callable[[Handler], None]


def status(code: int, body: str | bytes = b"", **headers: str) -> Answer:
    return lambda handler: handler.say(code, body, **headers)


def drip(handler: Handler) -> None:
    """A byte now and then, for ever."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not handler.vices.over.wait(0.05):
        handler.wfile.write(b" ")


def huge(handler: Handler) -> None:
    """Fifty megabytes, as far as anybody wants them."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" " * 1024 * 1024)


def deeper(handler: Handler) -> None:
    """Another address behind each address."""
    depth = int(handler.path.partition("?")[2] or 0) + 1
    handler.say(302, Location=f"{handler.path.partition('?')[0]}?{depth}")


def feed(paths: Iterable[str]) -> Answer:
    named = list(paths)

    def answer(handler: Handler) -> None:
        links = "".join(f'<entry><link href="{handler.origin}{path}"/></entry>' for path in named)
        handler.say(200, f'<feed xmlns="http://www.w3.org/2005/Atom">{links}</feed>', Content_Type="application/xml")

    return answer


def index(handler: Handler) -> None:
    """A sitemap index that names itself, and two more under names never heard before."""
    names = [handler.path, *(f"/map?{next(handler.vices.numbers)}" for _ in range(2))]
    links = "".join(f"<sitemap><loc>{handler.origin}{name}</loc></sitemap>" for name in names)
    handler.say(200, f"<sitemapindex>{links}</sitemapindex>", Content_Type="application/xml")


def front(handler: Handler) -> None:
    """A front page whose links carry another session id each time."""
    session = f"{next(handler.vices.numbers):032x}"
    links = "".join(f'<a href="/news/gulls-steal-chips-again-{n}?PHPSESSID={session}">Story</a>' for n in range(3))
    handler.say(200, f"<html><body>{links}</body></html>")


def news(handler: Handler) -> None:
    """An article."""
    name = handler.path.partition("?")[0].rpartition("/")[2]
    handler.say(200, story(f"Gulls steal chips, said {name}", words=f"It was {name} who saw it."))


def storm(form: str) -> Answer:
    def answer(handler: Handler) -> None:
        handler.say(429, Retry_After="1" if form == "seconds" else formatdate(time.time() + 1, usegmt=True))

    return answer


JUNK = bytes(range(256)) * 40
PATHS: dict[str, Answer] = {
    "news": news,
    "403": status(403),
    "404": status(404),
    "500": status(500),
    "circle": status(302, Location="/round"),
    "round": status(302, Location="/circle"),
    "deeper": deeper,
    "nowhere": status(301),
    "pdf": status(200, b"%PDF-1.7", Content_Type="application/pdf"),
    "image": status(200, b"\x89PNG\r\n\x1a\n"),
    "empty": status(200),
    "huge": huge,
    "bomb": status(200, BOMB, Content_Encoding="gzip"),
    "cut": status(200, "<h1>Gulls steal", Content_Length="100000"),
    "junk": status(200, JUNK),
    "octets": status(200, JUNK, Content_Type="application/octet-stream"),
    "drip": drip,
    "challenge": status(200, CHALLENGE),
    "lost": status(200, MISSING),
    "feed": feed(["/news/good"]),
}
"""By the first part of the path, at every host."""
HOSTS: dict[str, dict[str, Answer]] = {
    "vice": {"feed": feed(["/circle", "/deeper", "/bomb", "/cut", "/junk", "/lost", "/challenge", "/news/good"])},
    "drip": {"feed": feed(["/drip", "/news/good"])},
    "page": {"robots.txt": status(200, MISSING)},
    "maze": {"map": index},
    "long": {"feed": feed(f"/news/{n}" for n in range(50_000))},
    "session": {"": front},
    "seconds": {"news": storm("seconds"), "feed": feed(f"/news/{n}" for n in range(20))},
    "date": {"news": storm("date"), "feed": feed(f"/news/{n}" for n in range(20))},
}
"""What is other at one host, by the first part of its name."""
LISTINGS = {
    "maze": '[[sitemaps]]\nurl = "{origin}/map"\nkind = "index"\n[[feeds]]\nurl = "{origin}/feed"',
    "session": '[[sections]]\nurl = "{origin}/"\n[[sections]]\nurl = "{origin}/?again"',
}


class ViceServer(ThreadingHTTPServer):
    """Serves them all on one loopback port; a context manager."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.numbers = count()
        self.over = threading.Event()
        super().__init__(("127.0.0.1", 0), Handler)

    def __enter__(self) -> Self:
        threading.Thread(target=partial(self.serve_forever, poll_interval=0.05), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that have had enough."""

    def origin(self, host: str) -> str:
        return f"http://{host}:{self.server_address[1]}"

    def sites(self, folder: Path, *hosts: str) -> Path:
        """Write the site files of these hosts."""
        folder.mkdir(exist_ok=True)
        for host in hosts:
            name = host.partition(".")[0]
            listings = LISTINGS.get(name, '[[feeds]]\nurl = "{origin}/feed"').format(origin=self.origin(host))
            head = f'name = "{name}"\nhosts = ["{host}"]\nlanguage = "en"\ndelay = 0\n'
            (folder / f"{host}.toml").write_text(head + listings)
        return folder
