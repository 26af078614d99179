"""Files at addresses of fsspec's: `s3://…`, `https://…`. Of the extra `redtop[cluster]`; imported only for such."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, cast

from crawler.guard import ForbiddenAddress, is_private
from crawler.one_line import one_line
from crawler.patience import PatientFile, patiently
from crawler.proxy import Proxies

BLOCK = 4 * 1024 * 1024
"""Bytes that one request asks for: what is held of a file."""
_WEB = ("http", "https")
MISSING = "pip install 'redtop[cluster]'"


class RemoteError(OSError):
    """A file elsewhere cannot be had; the message is one line for a person."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is there."""

    address: str
    size: int | None
    """In bytes; None where its server does not say, or gives no part of it by itself."""
    stamp: str
    """What changes when the file does: its server's tag or time, and its size."""


def file_system(address: str, *, allow_private: bool = False) -> Any:
    """Give fsspec's file system of an address.

    Raises:
        RemoteError: the library for such addresses is not installed, or there is none.
    """
    scheme = address.partition("://")[0].lower()
    try:
        import fsspec

        if scheme in _WEB:
            return fsspec.filesystem(scheme, get_client=_client(allow_private), block_size=BLOCK)
        return fsspec.filesystem(scheme, default_block_size=BLOCK) if scheme == "s3" else fsspec.filesystem(scheme)
    except ImportError as problem:
        raise RemoteError(f"{address}: {MISSING} ({one_line(problem)})") from None
    except ValueError as problem:
        raise RemoteError(f"{address}: {one_line(problem)}") from None


@contextmanager
def open_address(address: str, *, allow_private: bool = False) -> Iterator[BinaryIO]:
    """Open a file for reading; what is not asked for is not fetched. Raises `RemoteError`."""
    with speaking(address):
        system = file_system(address, allow_private=allow_private)
        if _has_places(address, patiently(lambda: system.info(address))):
            file = PatientFile(patiently(lambda: system.open(address, "rb", cache_type="readahead")))
        else:  # from its beginning to its end, and no other way
            file = patiently(lambda: system.open(address, "rb", block_size=0))
            file.seekable = _never
    try:
        yield cast(BinaryIO, file)
    finally:
        file.close()


def look(address: str, *, allow_private: bool = False) -> Found:
    """Say what is known of a file without reading it. Raises `RemoteError`."""
    with speaking(address):
        system = file_system(address, allow_private=allow_private)
        info = patiently(lambda: system.info(address))
        if info.get("type") == "directory":
            raise RemoteError(f"{address} is a folder")
    size = info.get("size")
    tags = [info.get(name) for name in ("ETag", "LastModified", "Last-Modified", "mtime")]
    stamp = "|".join(str(tag) for tag in (size, *tags) if tag is not None)
    return Found(address, size if _has_places(address, info) else None, stamp)


def matching(address: str) -> list[str]:
    """Give the files that an address with `*` means, in order; the address itself where it has none."""
    if "*" not in address or address.partition("://")[0] in _WEB:
        return [address]
    with speaking(address):
        system = file_system(address)
        found = sorted(patiently(lambda: system.glob(address)))
    if not found:
        raise RemoteError(f"{address}: no such file")
    scheme = address.partition("://")[0]
    return [f"{scheme}://{name}" for name in found]


def read_whole(address: str, *, allow_private: bool = False) -> bytes:
    """Give all of a small file. Raises `RemoteError`."""
    with speaking(address):
        system = file_system(address, allow_private=allow_private)
        return bytes(patiently(lambda: system.cat_file(address)))


def read_head(address: str, size: int, *, allow_private: bool = False) -> bytes:
    """Give the first so many bytes of a file. Raises `RemoteError`."""
    with speaking(address):
        system = file_system(address, allow_private=allow_private)
        return bytes(patiently(lambda: system.cat_file(address, start=0, end=size)))


def fetch(address: str, target: Path, *, allow_private: bool = False) -> None:
    """Copy a file to this machine, piece by piece. Raises `RemoteError`."""
    with speaking(address):
        system = file_system(address, allow_private=allow_private)
        patiently(lambda: system.get_file(address, str(target)))


def _has_places(address: str, info: dict[str, Any]) -> bool:
    """Whether a file can be read from any place; servers on the web say so."""
    return address.partition("://")[0] not in _WEB or bool(info.get("partial") and info.get("size"))


def _never() -> bool:
    return False


@contextmanager
def speaking(address: str) -> Iterator[None]:
    """Turn what the libraries of the ways raise into one line about an address."""
    try:
        yield
    except RemoteError:
        raise
    except FileNotFoundError as problem:
        cause = _refused(problem) or problem.__cause__
        is_missing = isinstance(cause, FileNotFoundError) or getattr(cause, "status", None) in (404, 410)
        is_told = is_missing or address.partition("://")[0] not in _WEB
        if cause is None or is_told:
            raise RemoteError(f"{address}: no such file") from None
        raise RemoteError(f"{address}: {one_line(cause)}") from problem  # fsspec calls any failed look "not found"
    except Exception as problem:  # of aiohttp, botocore, …: no type of theirs is common to all
        raise RemoteError(f"{address}: {one_line(_refused(problem) or problem)}") from problem


def _client(allow_private: bool) -> Any:
    return _open_client if allow_private else _guarded_client


async def _open_client(**how: Any) -> Any:
    return _session(None, **how)


async def _guarded_client(**how: Any) -> Any:
    return _session(_public_socket, **how)


def _session(socket_factory: Any, **how: Any) -> Any:
    import aiohttp

    how.setdefault("timeout", aiohttp.ClientTimeout(total=None, sock_connect=30, sock_read=120))
    how["trust_env"] = True
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(socket_factory=socket_factory), **how)


def _public_socket(found: tuple[Any, ...]) -> socket.socket:
    """Make a socket for an address that has been looked up, unless it is a private one that no proxy stands at."""
    family, kind, proto, _, place = found
    host = str(place[0])
    if is_private(host) and host not in _proxies():
        raise PrivateAddress(f"{host} is a private address; --allow-private opens it")
    return socket.socket(family, kind, proto)


class PrivateAddress(ForbiddenAddress, OSError):  # noqa: N818 (it says what the address is)
    """A name leads to a private address."""


@cache
def _proxies() -> frozenset[str]:
    hosts = set()
    for name in Proxies().hosts:
        try:
            hosts |= {str(found[4][0]) for found in socket.getaddrinfo(name, None)}
        except OSError:
            continue
    return frozenset(hosts)


def _refused(problem: BaseException | None) -> BaseException | None:
    while problem is not None:
        if isinstance(problem, PrivateAddress):
            return problem
        inner = getattr(problem, "os_error", None) or problem.__cause__ or problem.__context__
        problem = inner if inner is not problem else None
    return None
