"""How the sample's server answers one request."""

from __future__ import annotations

import gzip
import hashlib
import time
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from crawler.sample.routes import Route
    from crawler.sample.server import SampleServer

_LAST_MODIFIED = {False: "Fri, 20 Nov 2026 08:00:00 GMT", True: "Sat, 21 Nov 2026 08:00:00 GMT"}
"""By whether the file served is a changed one."""
_NOT_FOUND = b"<!doctype html><title>Not found</title><h1>Not found</h1>"


class SampleHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from the routes, and the control requests of 127.0.0.1."""

    protocol_version = "HTTP/1.1"
    server_version = "sample"
    timeout = 30
    wbufsize = -1
    disable_nagle_algorithm = True

    @property
    def sample(self) -> SampleServer:
        """The server that this handler answers for."""
        return cast("SampleServer", self.server)

    @property
    def host(self) -> str:
        """The Host header without its port, in lower case."""
        return self.headers.get("Host", "").rsplit(":", 1)[0].lower()

    def do_GET(self) -> None:
        """Answer from the routes."""
        if self.host == "127.0.0.1" and self.path == "/__control/log":
            self._send(200, self.sample.log_as_json(), {"Content-Type": "application/json"})
            return
        from crawler.sample.server import Request

        arrived = time.monotonic()
        host = self.host
        at_once, asked = self.sample.arrive(host, self.path)
        status = 500
        try:
            time.sleep(self.sample.latency)
            status = self._answer(asked)
        finally:
            self.sample.leave(
                Request(
                    time=arrived,
                    host=host,
                    path=self.path,
                    status=status,
                    at_once=at_once,
                    user_agent=self.headers.get("User-Agent", ""),
                    conditional="If-None-Match" in self.headers or "If-Modified-Since" in self.headers,
                )
            )

    def do_HEAD(self) -> None:
        """Answer as GET does, without the body."""
        self.do_GET()

    def do_POST(self) -> None:
        """Take a control request."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.host == "127.0.0.1" and self.path == "/__control/reset":
            self.sample.reset()
        elif self.host == "127.0.0.1" and self.path in ("/__control/state/1", "/__control/state/2"):
            self.sample.set_state(int(self.path[-1]))
        else:
            self._send(404, _NOT_FOUND, {"Content-Type": "text/html"})
            return
        self._send(200, b"{}", {"Content-Type": "application/json"})

    def _answer(self, asked: int) -> int:
        routes = self.sample.routes.get(self.host, {})
        route = routes.get(self.path) or routes.get(self.path.split("?", 1)[0])
        if route is None:
            return self._send(404, _NOT_FOUND, {"Content-Type": "text/html; charset=utf-8"})
        state = self.sample.state
        status = route.status
        if route.heals_after is not None and asked > route.heals_after:
            status = 200
        body = route.body(state, self.sample.port)
        headers = {"Content-Type": route.type, **route.headers}
        if route.location:
            headers["Location"] = route.location.replace(":8800", f":{self.sample.port}")
        if status != 200:
            return self._send(status, body, headers)
        headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        headers["Last-Modified"] = _LAST_MODIFIED[state > 1 and route.changed is not None]
        if self._is_known(headers["ETag"], headers["Last-Modified"]):
            return self._send(304, b"", headers)
        return self._send(200, self._compressed(body, route, headers), headers)

    def _is_known(self, etag: str, last_modified: str) -> bool:
        """Whether the client has this version already (RFC 9110, 13.1: If-None-Match comes first)."""
        if known := self.headers.get("If-None-Match"):
            return etag in {tag.strip().removeprefix("W/") for tag in known.split(",")} or known.strip() == "*"
        since = self.headers.get("If-Modified-Since")
        try:
            return bool(since) and parsedate_to_datetime(since or "") >= parsedate_to_datetime(last_modified)
        except ValueError:
            return False

    def _compressed(self, body: bytes, route: Route, headers: dict[str, str]) -> bytes:
        if route.gzip or "gzip" not in self.headers.get("Accept-Encoding", ""):
            return body
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return gzip.compress(body, mtime=0)

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> int:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        return status

    def log_message(self, format: str, *values: object) -> None:
        """Keep stderr quiet; the server's own log holds the requests."""
