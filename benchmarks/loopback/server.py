"""A server that costs as little as one in Python can: packed pages out of a file, by number, whatever the host.

`python -m benchmarks.loopback.server FOLDER COUNT` prints its port and serves until its standard input ends.
"""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from benchmarks.loopback.pages import HOSTS, Place, host_of, pack, path_of

_HOST = re.compile(rb"(?i)\r\nhost:[ \t]*([^\r:]*)")
_PATH = re.compile(rb"/news/story-(\d+)\.html")


class Outlets(asyncio.Protocol):
    """One connection."""

    def __init__(self, file: memoryview, places: list[Place], port: list[int]) -> None:
        self._file, self._places, self._port = file, places, port
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while b"\r\n\r\n" in self._rest:
            head, _, self._rest = self._rest.partition(b"\r\n\r\n")
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        path = head.split(b" ", 2)[1]
        found = _PATH.fullmatch(path)
        if found:
            offset, packed, _ = self._places[int(found[1])]
            self._send(self._file[offset : offset + packed], b"text/html; charset=utf-8\r\nContent-Encoding: gzip")
            return
        host = _HOST.search(head)
        if path == b"/robots.txt":
            self._send(b"User-agent: *\nAllow: /\n", b"text/plain")
        elif path == b"/sitemap.xml" and host:
            self._send(self._sitemap(host[1]), b"application/xml")
        else:
            self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def _send(self, body: bytes | memoryview, kind: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
        self._transport.writelines([head, body])

    def _sitemap(self, host: bytes) -> bytes:
        own = int(host.removesuffix(b".localhost").removeprefix(b"outlet"))
        origin = f"http://{host.decode()}:{self._port[0]}"
        urls = "".join(
            f"<url><loc>{origin}{path_of(number)}</loc></url>"
            for number in range(len(self._places))
            if host_of(number) == own
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'.encode()


def name_of(host: int) -> str:
    """Give the name of a host."""
    return f"outlet{host:02d}.localhost"


def site_file(host: int, port: int) -> str:
    """Give the text of an outlet's file."""
    name = name_of(host)
    return (
        f'name = "{name}"\nhosts = ["{name}"]\nlanguage = "en"\ndelay = 0\narticle_url = "^/news/"\n'
        f'[[sitemaps]]\nurl = "http://{name}:{port}/sitemap.xml"\nkind = "urlset"\n'
    )


async def _serve(folder: Path, count: int) -> None:
    places = pack(folder, count, None)
    file = memoryview((folder / "pages.gz").read_bytes())
    loop, port = asyncio.get_running_loop(), [0]
    server = await loop.create_server(lambda: Outlets(file, places, port), "127.0.0.1", 0, backlog=HOSTS * 2)
    port[0] = server.sockets[0].getsockname()[1]
    print(port[0], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), int(sys.argv[2])))
