"""What `redtop extract` is given: addresses, files, standard input; HTML or plain text."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.content import no_page
from crawler.settings import MAX_PAGE

if TYPE_CHECKING:
    from crawler.site import Site

_ADDRESS = re.compile(r"^[a-zA-Z][a-zA-Z0-9+.-]*://")
_TAG = re.compile(rb"<(?:!doctype|html|head|body|meta|article|div|section|main|p|h1|script)[\s>/]", re.IGNORECASE)

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


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
        return not (b"\0" in start or _TAG.search(start))

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
    names: list[str], sites: Mapping[str, Site], *, contact: str | None, allow_private: bool, browser: bool = False
) -> Iterator[tuple[str, Source | Exception]]:
    """Give each source with its name, or the one-line reason why it cannot be had, in order and as they come."""
    addresses = [name for name in names if is_address(name)]
    with closing(_fetch(addresses, sites, contact, allow_private, browser)) as fetched:
        for name in names:
            if is_address(name):
                yield next(fetched)
                continue
            try:
                yield name, _open(name)
            except SourceError as problem:
                yield name, problem


def _open(name: str) -> Source:
    shown = "standard input" if name == "-" else name
    data = sys.stdin.buffer.read(MAX_PAGE + 1) if name == "-" else _read(name)
    if len(data) > MAX_PAGE:
        raise SourceError(f"{shown} is larger than {MAX_PAGE // 1024 // 1024} MB")
    if other := no_page(None, data):
        raise SourceError(f"{shown} is {other}, no page")
    return Source(data)


def _read(name: str) -> bytes:
    """Read a file, or as much of it as shows that it is too large."""
    if not name:
        raise SourceError("an empty SOURCE names nothing")
    try:
        with Path(name).open("rb") as file:
            return file.read(MAX_PAGE + 1)
    except IsADirectoryError:
        raise SourceError(f"{name} is a folder, no page") from None
    except (FileNotFoundError, ValueError):  # of a name that no file can have
        hint = "; an address begins with https://" if re.match(r"^[\w-]+(\.[\w-]+)+(/|$)", name) else ""
        raise SourceError(f"{name}: there is no such file{hint}") from None
    except OSError as problem:
        raise SourceError(f"{name}: {problem.strerror or problem}") from None


def _fetch(
    addresses: list[str], sites: Mapping[str, Site], contact: str | None, allow_private: bool, browser: bool
) -> Generator[tuple[str, Source | Exception], None, None]:
    if not addresses:
        return
    from crawler.fetch import FetchError, fetch_many

    pages = fetch_many(addresses, sites=sites, contact=contact, allow_private=allow_private, browser=browser)
    for address, page in pages:
        if isinstance(page, FetchError):
            yield address, page
        else:
            kind = page.header_map.get("content-type", "").partition(";")[0].strip().lower()
            yield address, Source(page.body, page.url, page.fetched_at, page.charset, kind or "text/html")
