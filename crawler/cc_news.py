"""Common Crawl's CC-NEWS: which files a month has (https://commoncrawl.org/blog/news-dataset-available)."""

from __future__ import annotations

import re
import zlib

from crawler.remote import RemoteError, read_whole

BASE = "https://data.commoncrawl.org/"
PREFIX = "cc-news:"
MONTH = re.compile(PREFIX + r"(\d{4}-(?:0[1-9]|1[0-2]))")
_FILE = re.compile(r"crawl-data/CC-NEWS/\d{4}/\d{2}/CC-NEWS-(\d{14})-\d+\.warc\.gz")
_MOST = 64 * 1024 * 1024
"""Bytes of a listing; a month's has some 30,000."""


def month_files(
    month: str, base: str | None = None, *, until: str | None = None, allow_private: bool = False
) -> list[str]:
    """Give the addresses of a month's WARC files, in the order of the listing.

    Args:
        month: `2026-09`.
        base: what the paths of the listing stand below: an address on the web or at `s3://`.
        until: files that were begun at or after this moment, in the form of the database, are left out.
        allow_private: whether the address may lead to a private network.

    Raises:
        RemoteError: the listing cannot be had, or is none.
    """
    root = (base or BASE).rstrip("/")
    listing = f"{root}/crawl-data/CC-NEWS/{month.replace('-', '/')}/warc.paths.gz"
    packed = read_whole(listing, allow_private=allow_private)
    try:
        text = zlib.decompressobj(wbits=31).decompress(packed, _MOST).decode("ascii")
    except (zlib.error, UnicodeDecodeError) as problem:
        raise RemoteError(f"{listing}: is no listing ({problem})") from problem
    found = [(line, _FILE.fullmatch(line)) for line in map(str.strip, text.splitlines()) if line]
    if wrong := [line for line, named in found if not named]:
        raise RemoteError(f"{listing}: {wrong[0]!r} is no file of CC-NEWS")
    before = re.sub(r"\D", "", until or "").ljust(14, "0") if until else "9" * 14
    return [f"{root}/{line}" for line, named in found if named and named[1] < before]
