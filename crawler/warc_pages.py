"""Pages out of anybody's WARC file, one after the other and never the file whole."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive import REQUESTED
from crawler.archive_files import ArchiveError, as_received, rendering, whole_length
from crawler.guard import ForbiddenAddress, host_of, without_credentials
from crawler.settings import MAX_PAGE
from pipelines.page import Page

STANDARD_INPUT = Path("-")
_HTML = frozenset({"text/html", "application/xhtml+xml", ""})


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of a WARC file."""

    page: Page
    offset: int
    """Where its record begins in the file, in bytes as they lie on the disk."""


def read_pages(path: Path, on_progress: Callable[[int], None] = lambda offset: None) -> Iterator[FoundPage]:
    """Give the HTML pages with status 200 of a WARC file, packed or not, in order; `-` is standard input.

    What a page became in a browser (a `conversion` to HTML) is a page as well.

    Bodies come without transfer and content encoding. A page longer than `MAX_PAGE` is left out.

    Args:
        path: of the file.
        on_progress: called at every record with its place in the file, in bytes.

    Raises:
        ArchiveError: the file cannot be read, is no WARC file, or breaks off; what came before is good.
    """
    with ExitStack() as stack:
        try:
            file: BinaryIO = sys.stdin.buffer if path == STANDARD_INPUT else stack.enter_context(path.open("rb"))
            records = ArchiveIterator(file, parse_http=False, max_content_length=2 * MAX_PAGE, quirks_mode=True)
            last = None
            for record in records:
                last = record.stream_pos
                on_progress(record.stream_pos)
                length = record.content_length
                record.freeze()
                if record.content_length < length:
                    raise ArchiveError(f"{path} breaks off in the middle of a record")
                found = _page(record)
                if found is not None:
                    yield FoundPage(found, record.stream_pos)
            if last is None:
                raise ArchiveError(f"{path} is no WARC file")
            if path != STANDARD_INPUT and _is_cut(path, last):
                raise ArchiveError(f"{path} breaks off in the middle of a record")
        except (OSError, ValueError, EOFError) as problem:
            reason = getattr(problem, "strerror", None) or " ".join(str(problem).split())
            raise ArchiveError(f"{path}: {reason}") from problem


def _is_cut(path: Path, last: int) -> bool:
    """Whether a file of gzip members has a broken one at its end, after the last record that could be read."""
    with path.open("rb") as file:
        file.seek(last)
        if file.read(2) != b"\x1f\x8b":
            return False
        return whole_length(file, last) < file.seek(0, os.SEEK_END)


def _page(record: WarcRecord) -> Page | None:
    """Give the page of a record; None where it is none, or one that nobody could have fetched."""
    if record.record_type == WarcRecordType.conversion:
        return rendering(record)
    if record.record_type != WarcRecordType.response or not record.is_http:
        return None
    record.parse_http(auto_decode="all", quirks_mode=True)
    headers, at = record.http_headers, record.record_date
    kind = (record.http_content_type or "").lower()
    if headers is None or at is None or headers.status_code != 200 or kind not in _HTML:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")  # as WARC/1.0 had them
    try:
        host_of(url)
    except ForbiddenAddress:
        return None
    body = record.reader.read(MAX_PAGE + 1)
    if len(body) > MAX_PAGE:
        return None
    return Page(
        url=without_credentials(url),
        status=200,
        headers=tuple(as_received(headers.to_tuples())),
        body=body,
        fetched_at=at.astimezone(UTC),
        requested_url=record.headers.get(REQUESTED),
    )
