"""What `redtop extract` is given: addresses, files, standard input; HTML or plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.site import Site

MAX_BYTES = 50_000_000
"""A larger source is refused: no article page comes near it."""

_ADDRESS = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")
_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|article|div|section|main|p|h1|script)[\s>/]", re.IGNORECASE)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b")


class SourceError(Exception):
    """A source that cannot be read; the message is one line for a person."""


@dataclass(frozen=True)
class Source:
    """The bytes of one source and what is known of them."""

    data: bytes = field(repr=False)
    url: str | None = None
    fetched_at: datetime | None = None
    charset: str | None = None
    content_type: str = ""

    @cached_property
    def is_text(self) -> bool:
        """Whether this is pasted or scraped plain text and no page: no markup in it, and nothing binary."""
        if self.content_type:
            return self.content_type.startswith("text/plain")
        start = self.data[:100_000]
        if not start.strip():
            return False
        if start.startswith(_UTF16):
            return not _TAG.search(start.replace(b"\0", b""))
        return not (b"\0" in start or start.startswith(_BINARY) or _TAG.search(start))

    @property
    def text(self) -> str:
        """The bytes as text: by byte order mark, else UTF-8, else Windows-1252, which any bytes satisfy."""
        if self.data.startswith(_UTF16):
            return self.data.decode("utf-16", "replace")
        try:
            return self.data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return self.data.decode("windows-1252", "replace")


def is_address(name: str) -> bool:
    """Tell whether a SOURCE is an address rather than a file."""
    return _ADDRESS.match(name) is not None


def open_sources(
    names: list[str], sites: Mapping[str, Site], *, contact: str | None, allow_private: bool
) -> Iterator[tuple[str, Source | Exception]]:
    """Give each source with its name, or the one-line reason why it cannot be had; fetched ones as they come."""
    addresses = [name for name in names if is_address(name)]
    for name in names:
        if not is_address(name):
            try:
                yield name, _open(name)
            except SourceError as problem:
                yield name, problem
    if addresses:
        yield from _fetch(addresses, sites, contact, allow_private)


def _open(name: str) -> Source:
    if name == "-":
        return Source(_bounded(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"))
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        hint = "; an address begins with https://" if re.match(r"^[\w-]+(\.[\w-]+)+(/|$)", name) else ""
        raise SourceError(f"{name}: there is no such file{hint}") from None
    except OSError as problem:
        raise SourceError(f"{name}: {problem.strerror or problem}") from None
    return Source(_bounded(data, name))


def _bounded(data: bytes, name: str) -> bytes:
    if len(data) > MAX_BYTES:
        raise SourceError(f"{name} is larger than {MAX_BYTES // 1_000_000} MB")
    return data


def _fetch(
    addresses: list[str], sites: Mapping[str, Site], contact: str | None, allow_private: bool
) -> Iterator[tuple[str, Source | Exception]]:
    from crawler.fetch import FetchError, fetch_many

    for address, page in fetch_many(addresses, sites=sites, contact=contact, allow_private=allow_private):
        if isinstance(page, FetchError):
            yield address, page
        else:
            kind = page.header_map.get("content-type", "").partition(";")[0].strip().lower()
            yield address, Source(page.body, page.url, page.fetched_at, page.charset, kind or "text/html")
