"""The sample's server: every outlet by its Host header on one loopback port.

`python -m crawler.sample.server --port 8800`, or `with SampleServer() as server:` inside a program. It stays in
state 1 until somebody posts to `http://127.0.0.1:<port>/__control/state/2`; `/__control/reset` starts afresh, and
`GET /__control/log` gives what was asked, as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
import time
from dataclasses import asdict, dataclass
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from crawler.bundled import data_folder
from crawler.sample import PORT
from crawler.sample.answer import SampleHandler
from crawler.sample.routes import Route, load_routes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One line of the request log."""

    time: float
    """When it arrived, in seconds of a clock that only goes forward."""
    host: str
    path: str
    status: int
    at_once: int
    """How many requests to this host were open when it arrived, itself included."""
    user_agent: str
    conditional: bool
    """Whether it asked only for what is new."""


class SampleServer(ThreadingHTTPServer):
    """Serves a folder of outlets in threads of its own; a context manager. Port 0 takes a free one."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, folder: Path | None = None, *, port: int = 0, latency: float = 0.0) -> None:
        self.routes: dict[str, dict[str, Route]] = load_routes(folder or data_folder("sample"))
        self.latency = latency
        """Seconds that each answer waits, so that a test has time to break off in the middle."""
        self.state = 1
        self.log: list[Request] = []
        self.lock = threading.Lock()
        self._open: dict[str, int] = {}
        self._asked: dict[tuple[str, str], int] = {}
        super().__init__(("127.0.0.1", port), SampleHandler)
        self.port: int = self.server_address[1]

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a client that hung up, as one does that is killed."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def origin(self, host: str) -> str:
        """Give the beginning of an outlet's addresses."""
        return f"http://{host}:{self.port}"

    def set_state(self, state: int) -> None:
        """Serve another state of the outlets from now on."""
        with self.lock:
            self.state = state

    def reset(self) -> None:
        """Go back to state 1, forget the log and how often each path was asked."""
        with self.lock:
            self.state = 1
            self.log.clear()
            self._asked.clear()

    def log_as_json(self) -> bytes:
        """Give the request log as a JSON list."""
        with self.lock:
            return json.dumps([asdict(request) for request in self.log]).encode()

    def arrive(self, host: str, path: str) -> tuple[int, int]:
        """Note a request that arrives: how many are open to its host now, and how often the path was asked."""
        with self.lock:
            self._open[host] = self._open.get(host, 0) + 1
            self._asked[host, path] = self._asked.get((host, path), 0) + 1
            return self._open[host], self._asked[host, path]

    def leave(self, request: Request) -> None:
        """Note that a request was answered."""
        with self.lock:
            self._open[request.host] -= 1
            self.log.append(request)


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description="Serve the sample tabloid on loopback.")
    parser.add_argument("--port", type=int, default=PORT, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--folder", type=Path, help="another folder of outlets")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds that each answer waits")
    options = parser.parse_args()
    server = SampleServer(options.folder, port=options.port, latency=options.latency)
    for host in server.routes:
        print(f"{server.origin(host)}/", flush=True)
    started = time.strftime("%H:%M:%S")
    print(f"serving since {started}; stop with Ctrl-C", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
