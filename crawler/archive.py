"""The raw archive: WARC/1.1 files (https://iipc.github.io/warc-specifications/), one per process at a time.

A file is called `….warc.gz.open` while its process writes it and is renamed when it is complete. Every record is a
gzip member of its own, so that any reader can start at any of them, and so that a file which a killed process left
behind is good up to its last whole member.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import logging
import os
import uuid
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import BinaryIO, Self

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.guard import check_address, without_credentials
from crawler.whole_file import to_disk
from pipelines.page import ArchivePlace, Page
from pipelines.version import program_version

log = logging.getLogger(__name__)
OPEN = ".open"
MAX_BYTES = 1024 * 1024 * 1024
"""Size from which on a new file is begun."""
LEVEL = 3
"""Of gzip: half the CPU of level 6 for a seventh more bytes on pages of 200 kB."""
REQUESTED = "Redtop-Requested-URI"
"""Header of a response record that redirects led to: the address first asked for."""
_FRAMING = {"content-length", "content-encoding", "transfer-encoding"}
"""HTTP headers that no longer describe the body as it is stored, unpacked; kept under another name."""


def archive_beside(db_path: Path) -> Path:
    """Give the archive folder of a database: `NAME-archive` beside `NAME.db` where there is one, else `archive`."""
    own = db_path.with_name(f"{db_path.stem}-archive")
    return own if own.is_dir() else db_path.parent / "archive"


class Archive:
    """Writes pages; may be used from several threads. A context manager that closes."""

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._lock = RLock()
        self._file: BinaryIO | None = None
        self._writer: GzipWriter | None = None
        self._name = ""
        self._unsynced = False
        self._broken = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except OSError as problem:  # of the last record, which no row names; the next run cuts it off
            log.warning("%s was not completed: %s", self._name, problem.strerror or problem)

    def write(
        self, page: Page, *, asked_with: Iterable[tuple[str, str]] = (), notes: Mapping[str, str] | None = None
    ) -> ArchivePlace:
        """Append a page, the request it answers and notes about it; give the place of the page.

        Args:
            page: with any status.
            asked_with: headers of the request.
            notes: fields of the metadata record (`via`, `fetchTimeMs`, …).

        What is written is on the disk only after `sync`.
        """
        with self._lock:
            if self._file is not None and self._file.tell() >= self._max_bytes:
                self.close()
            file = self._opened()
            place = ArchivePlace(file=self._name, offset=file.tell())
            self._broken, self._unsynced = True, True
            answer = self._append("response", _response_block(page), page, record_id=_record_id(place), http=True)
            self._append("request", _request_block(page, asked_with), page, answer=answer, http=True)
            if notes:
                self._append("metadata", _fields(notes), page, answer=answer)
            self._broken = False
            return place

    def write_rendering(self, page: Page, of: ArchivePlace) -> ArchivePlace:
        """Append what a page became in a browser, as a `conversion` of the answer that lies at `of`; give its place."""
        with self._lock:
            file = self._opened()
            place = ArchivePlace(file=self._name, offset=file.tell())
            self._broken, self._unsynced = True, True
            self._append("conversion", page.body, page, record_id=_record_id(place), answer=_record_id(of))
            self._broken = False
            return place

    def sync(self) -> None:
        """Bring to the disk what was written."""
        with self._lock:
            if self._file is not None and self._unsynced:
                self._file.flush()
                os.fsync(self._file.fileno())
                self._unsynced = False

    def close(self) -> None:
        """Complete the present file; the next page begins another.

        A file in which a record was broken off (the disk is full) stays open in name, for the next run to cut it.
        """
        with self._lock:
            file, self._file, self._writer = self._file, None, None
            if file is None:
                return
            try:
                file.flush()
                os.fsync(file.fileno())
                if not self._broken:
                    (self._folder / (self._name + OPEN)).rename(self._folder / self._name)
                    to_disk(self._folder)
            finally:
                self._broken = self._unsynced = False
                with suppress(OSError):
                    file.close()

    def _opened(self) -> BinaryIO:
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file, self._name = _new_file(self._folder)
            self._writer = GzipWriter(self._file, compression_level=LEVEL)
            self._append(
                "warcinfo", _fields({"software": f"redtop/{program_version()}", "format": "WARC File Format 1.1"})
            )
            to_disk(self._folder)
        return self._file

    def _append(
        self,
        kind: str,
        block: bytes,
        page: Page | None = None,
        *,
        record_id: str | None = None,
        answer: str | None = None,
        http: bool = False,
    ) -> str:
        """Write one record as one gzip member; give its id."""
        record = WarcRecord()
        record.init_headers(getattr(WarcRecordType, kind), content_length=len(block))
        if record_id:
            record.record_id = record_id
        headers = record.headers
        headers.status_line = "WARC/1.1"
        at = page.fetched_at if page else datetime.now(UTC)
        headers["WARC-Date"] = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        headers["Content-Type"] = f"application/http; msgtype={kind}" if http else "application/warc-fields"
        if kind == "conversion" and page:
            headers["Content-Type"] = page.header_map["content-type"]
        headers["WARC-Block-Digest"] = _digest(block)
        if page is None:
            headers["WARC-Filename"] = self._name
        else:
            headers["WARC-Target-URI"] = _one_line(page.url)
            if kind in ("response", "conversion"):
                headers["WARC-Payload-Digest"] = _digest(page.body)
                if page.requested_url:
                    headers[REQUESTED] = _one_line(without_credentials(page.requested_url))
        if answer:
            headers["WARC-Refers-To" if kind == "conversion" else "WARC-Concurrent-To"] = answer
        record.set_bytes_content(block)
        assert self._writer is not None
        record.write(self._writer)
        self._writer.finish()
        return record.record_id or ""


def _new_file(folder: Path) -> tuple[BinaryIO, str]:
    """Make a file that is this process's own as long as the process lives (the lock says so)."""
    while True:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"redtop-{moment}-{os.getpid()}-{os.urandom(3).hex()}.warc.gz"
        file = (folder / (name + OPEN)).open("xb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file, name
        except OSError:  # a recovery took it for a dead one's before it was locked
            file.close()


def _record_id(place: ArchivePlace) -> str:
    """Give the id of the record at a place, by which later records may refer to it."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{place.file}#{place.offset}').urn}>"


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fields(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()


def _response_block(page: Page) -> bytes:
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        kept = f"X-Crawler-{name}" if name.lower() in _FRAMING else name
        lines.append(f"{_one_line(kept)}: {_one_line(value)}")
    lines.append(f"Content-Length: {len(page.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + page.body


def _request_block(page: Page, headers: Iterable[tuple[str, str]]) -> bytes:
    parts = check_address(page.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {_one_line(target)} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}"]
    lines += [f"{_one_line(name)}: {_one_line(value)}" for name, value in headers]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
