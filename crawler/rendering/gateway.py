"""The one way out for a browser: a proxy on loopback that connects to what the guard allows, and to nothing else.

A browser resolves names, follows redirects and opens sockets by itself, where no check of ours would see it. Told to
use a proxy, it hands over names: they are resolved here, and what was checked is exactly what is connected to.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Sequence
from contextlib import suppress
from urllib.parse import SplitResult, unquote, urlsplit

from crawler.guard import ForbiddenAddress, check_address
from crawler.proxy import Proxies
from crawler.resolver import GuardedResolver

PATIENCE = 30.0
"""Seconds for a connection, and for its next bytes."""
MOST = 16 * 1024 * 1024
"""Bytes that one connection may bring."""
HEAD = 64 * 1024
"""Bytes of the head of a request or an answer."""
_CHUNK = 64 * 1024
_OWN = re.compile(
    r"(?:accounts|(?:android\.)?clients\d*|update|safebrowsing|optimizationguide-pa|content-autofill)\.google(?:apis)?\.com"
)
"""Hosts that Chromium asks of its own accord, whatever it is told; no page needs them to show its text."""
_HOP = (b"proxy-", b"connection:", b"keep-alive:")


class Gateway:
    """Listens on a free port of loopback."""

    def __init__(self, resolver: GuardedResolver, proxies: Proxies | None = None) -> None:
        self._resolver = resolver
        self._proxies = proxies or Proxies()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def open(self) -> None:
        """Begin to listen."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0, limit=HEAD)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Stop, and break off what is under way."""
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            await self._serve(reader, writer)
        except (OSError, EOFError, ValueError, TimeoutError, asyncio.LimitOverrunError):
            pass  # whoever hung up knows
        finally:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
        first, *lines = head[:-4].split(b"\r\n")
        method, target, _ = first.split(b" ", 2)
        is_tunnel = method == b"CONNECT"
        try:
            address: SplitResult | None = check_address(("https://" if is_tunnel else "") + target.decode("ascii"))
        except (ForbiddenAddress, UnicodeDecodeError):
            address = None
        if address is None or _OWN.fullmatch(address.hostname or ""):
            await _refuse(writer, b"403 Forbidden")
            return
        proxy = self._proxies.of(address.geturl())
        there = await self._connect(address, proxy)
        if there is None:
            await _refuse(writer, b"502 Bad Gateway")
            return
        far_reader, far_writer = there
        try:
            if is_tunnel:
                if proxy and not await _tunnelled(far_reader, far_writer, target, _password(proxy)):
                    await _refuse(writer, b"502 Bad Gateway")
                    return
                writer.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            else:
                path = target if proxy else urlsplit(target)._replace(scheme=b"", netloc=b"").geturl() or b"/"
                far_writer.write(_head(b" ".join((method, path, b"HTTP/1.1")), lines, _password(proxy)))
            going = asyncio.ensure_future(_pass_on(reader, far_writer))
            try:
                if not is_tunnel:
                    answer = await asyncio.wait_for(far_reader.readuntil(b"\r\n\r\n"), PATIENCE)
                    status, *fields = answer[:-4].split(b"\r\n")
                    writer.write(_head(status, fields))
                await _pass_on(far_reader, writer)
            finally:
                going.cancel()
                with suppress(asyncio.CancelledError, OSError, TimeoutError):
                    await going
        finally:
            far_writer.close()

    async def _connect(
        self, address: SplitResult, proxy: str | None
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter] | None:
        """Connect to a host's first address that answers, of those that may be asked, or to the proxy for it."""
        name = address.hostname or ""
        port = address.port or (443 if address.scheme == "https" else 80)
        if (proxy or name in self._proxies.hosts) and await self._resolver.refuses(name):
            return None
        if proxy:
            name, port = urlsplit(proxy).hostname or "", urlsplit(proxy).port or 80
        for found in await self._resolver.addresses(name):
            with suppress(OSError, TimeoutError):
                return await asyncio.wait_for(asyncio.open_connection(found, port, limit=HEAD), PATIENCE)
        return None


def _head(first: bytes, lines: list[bytes], more: Sequence[bytes] = ()) -> bytes:
    """Make a head whose connection serves one request only, so that the next one is checked as well."""
    kept = [line for line in lines if not line.lower().startswith(_HOP)]
    return b"\r\n".join((first, *kept, *more, b"Connection: close", b"", b""))


def _password(proxy: str | None) -> list[bytes]:
    """Give the header by which a proxy knows its user, where its address has one."""
    parts = urlsplit(proxy or "")
    if not parts.username:
        return []
    told = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode("latin-1", "replace")
    return [b"Proxy-Authorization: Basic " + b64encode(told)]


async def _tunnelled(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: bytes, password: list[bytes]
) -> bool:
    """Ask a proxy for a way through to a host."""
    writer.write(b"\r\n".join((b"CONNECT " + target + b" HTTP/1.1", b"Host: " + target, *password, b"", b"")))
    answer = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), PATIENCE)
    return answer.split(b" ", 2)[1] == b"200"


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    left = MOST
    while left > 0 and (data := await asyncio.wait_for(reader.read(_CHUNK), PATIENCE)):
        left -= len(data)
        writer.write(data)
        await asyncio.wait_for(writer.drain(), PATIENCE)


async def _refuse(writer: asyncio.StreamWriter, status: bytes) -> None:
    writer.write(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    await writer.drain()
