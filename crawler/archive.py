"""The raw archive: WARC/1.1 files (https://iipc.github.io/warc-specifications/), one per process at a time.

A file is called `….warc.gz.open` while its process writes it and is renamed when it is complete. Every record is a
gzip member, or a Zstandard frame, of its own, so that any reader can start at any of them, and so that a file which a
killed process left behind is good up to its last whole member.

What says no more than an earlier record is a `revisit` (WARC/1.1, 6.7): a 304, and a page whose bytes are those of the
last one of its address that was archived whole.
"""

from __future__ import annotations

import fcntl
import logging
import os
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from http import HTTPStatus
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import BinaryIO, Literal, Self

from fastwarc.stream_io import GzipWriter, ZstdWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from crawler.guard import check_address, without_credentials
from crawler.original import (
    REFERS_TO_DATE,
    REFERS_TO_FILE,
    REFERS_TO_OFFSET,
    REFERS_TO_URI,
    Archived,
    Original,
    labelled,
    payload_digest,
)
from crawler.whole_file import to_disk
from pipelines.page import ArchivePlace, Page
from pipelines.version import program_version

log = logging.getLogger(__name__)
OPEN = ".open"
Form = Literal["gzip", "zstd"]
SUFFIXES: dict[Form, str] = {"gzip": ".warc.gz", "zstd": ".warc.zst"}
MAX_BYTES = 1024 * 1024 * 1024
"""Size from which on a new file is begun."""
LEVEL = 3
"""Of gzip: half the CPU of level 6 for a seventh more bytes on pages of 200 kB; of Zstandard its own default."""
PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
SAME, NOT_MODIFIED = PROFILE + "identical-payload-digest", PROFILE + "server-not-modified"
REQUESTED = "Redtop-Requested-URI"
"""Header of a response record that redirects led to: the address first asked for."""
_FRAMING = {"content-length", "content-encoding", "transfer-encoding"}
"""HTTP headers that no longer describe the body as it is stored, unpacked; kept under another name."""


def archive_beside(db_path: Path) -> Path:
    """Give the archive folder of a database: `NAME-archive` beside `NAME.db` where there is one, else `archive`."""
    own = db_path.with_name(f"{db_path.stem}-archive")
    return own if own.is_dir() else db_path.parent / "archive"


class Archive:
    """Writes pages; may be used from several threads. A context manager that closes.

    A new file is begun when one is large enough, and with the first page of another day (UTC).
    """

    def __init__(self, folder: Path, *, max_bytes: int = MAX_BYTES, form: Form = "gzip") -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._form = form
        self._day = date.min
        self._lock = RLock()
        self._file: BinaryIO | None = None
        self._writer: GzipWriter | ZstdWriter | None = None
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
        self,
        page: Page,
        *,
        asked_with: Iterable[tuple[str, str]] = (),
        notes: Mapping[str, str] | None = None,
        original: Original | None = None,
    ) -> Archived:
        """Append a page, the request it answers and notes about it; give the place of the page.

        Args:
            page: with any status.
            asked_with: headers of the request.
            notes: fields of the metadata record (`via`, `fetchTimeMs`, …).
            original: an earlier page. Where this one has the same bytes, only its headers are written, as long as the
                file of the earlier one is there.

        What is written is on the disk only after `sync`.
        """
        digest = payload_digest(page.body)
        with self._lock, self._blamed():
            file = self._opened(page.fetched_at.astimezone(UTC).date())
            place = Archived(file=self._name, offset=file.tell())
            self._broken, self._unsynced = True, True
            request, block, kind = _request_block(page, asked_with), _head(page), "revisit"
            if page.status == 304:
                headers = {"WARC-Profile": NOT_MODIFIED} | _refers_to(original)
            elif original and self._holds(original, page, digest):
                headers = {"WARC-Profile": SAME, "WARC-Truncated": "length"} | _refers_to(original)
                place = replace(place, payload_file=original.file)
            else:
                headers = {"WARC-Payload-Digest": labelled(digest)}
                kind, block = "response", block + page.body
                if page.status == 200 and page.body:
                    place = replace(place, original=_original(place, page, digest))
            answer = self._append(kind, block, page, headers, record_id=_record_id(place), http=True)
            self._append("request", request, page, {"WARC-Concurrent-To": answer}, http=True)
            if notes:
                self._append("metadata", _fields(notes), page, {"WARC-Concurrent-To": answer})
            self._broken = False
            return place

    def write_rendering(self, page: Page, of: ArchivePlace) -> ArchivePlace:
        """Append what a page became in a browser, as a `conversion` of the answer that lies at `of`; give its place."""
        with self._lock, self._blamed():
            file = self._opened(page.fetched_at.astimezone(UTC).date())
            place = ArchivePlace(file=self._name, offset=file.tell())
            self._broken, self._unsynced = True, True
            headers = {"WARC-Refers-To": _record_id(of), "WARC-Payload-Digest": labelled(payload_digest(page.body))}
            self._append("conversion", page.body, page, headers, record_id=_record_id(place))
            self._broken = False
            return place

    def sync(self) -> None:
        """Bring to the disk what was written."""
        with self._lock, self._blamed():
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

    @contextmanager
    def _blamed(self) -> Iterator[None]:
        """Let an error say which file it is of: one of writing does not know (the disk is full)."""
        try:
            yield
        except OSError as problem:
            problem.filename = problem.filename or str(self._folder / self._name)
            raise

    def _holds(self, original: Original, page: Page, digest: bytes) -> bool:
        """Whether the archive still has the bytes of a page in an earlier one."""
        if (original.url, original.digest, page.status) != (page.url, digest, 200):
            return False
        return any((self._folder / (original.file + end)).exists() for end in ("", OPEN))

    def _opened(self, day: date) -> BinaryIO:
        """Give the file for a page of a day. One that came a little late, after midnight, goes with the others."""
        if self._file is not None and (self._file.tell() >= self._max_bytes or day > self._day):
            self.close()
        if self._file is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file, self._name = _new_file(self._folder, SUFFIXES[self._form])
            self._day = day
            writer = GzipWriter if self._form == "gzip" else ZstdWriter
            self._writer = writer(self._file, compression_level=LEVEL)
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
        more: Mapping[str, str] | None = None,
        *,
        record_id: str | None = None,
        http: bool = False,
    ) -> str:
        """Write one record as one gzip member or Zstandard frame; give its id.

        Args:
            kind: of the record.
            block: what it holds.
            page: which it is about; None: about the file.
            more: headers of its own.
            record_id: None: a new one.
            http: whether it holds a request or an answer.
        """
        record = WarcRecord()
        record.init_headers(getattr(WarcRecordType, kind), content_length=len(block))
        if record_id:
            record.record_id = record_id
        headers = record.headers
        headers.status_line = "WARC/1.1"
        headers["WARC-Date"] = _date(page.fetched_at if page else datetime.now(UTC))
        message = "request" if kind == "request" else "response"
        headers["Content-Type"] = f"application/http; msgtype={message}" if http else "application/warc-fields"
        if kind == "conversion" and page:
            headers["Content-Type"] = page.header_map["content-type"]
        headers["WARC-Block-Digest"] = labelled(payload_digest(block))
        if page is None:
            headers["WARC-Filename"] = self._name
        else:
            headers["WARC-Target-URI"] = _one_line(page.url)
            if page.requested_url and kind in ("response", "revisit", "conversion"):
                headers[REQUESTED] = _one_line(without_credentials(page.requested_url))
        for name, value in (more or {}).items():
            headers[name] = value
        record.set_bytes_content(block)
        assert self._writer is not None
        record.write(self._writer)
        self._writer.finish()
        self._writer.flush()
        return record.record_id or ""


def _new_file(folder: Path, suffix: str) -> tuple[BinaryIO, str]:
    """Make a file that is this process's own as long as the process lives (the lock says so)."""
    while True:
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        name = f"redtop-{moment}-{os.getpid()}-{os.urandom(3).hex()}{suffix}"
        file = (folder / (name + OPEN)).open("xb")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return file, name
        except OSError:  # a recovery took it for a dead one's before it was locked
            file.close()


def _record_id(place: ArchivePlace) -> str:
    """Give the id of the record at a place, by which later records may refer to it."""
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'{place.file}#{place.offset}').urn}>"


def _original(place: ArchivePlace, page: Page, digest: bytes) -> Original:
    return Original(url=page.url, digest=digest, date=_date(page.fetched_at), file=place.file, offset=place.offset)


def _refers_to(original: Original | None) -> dict[str, str]:
    """Name the record that has the bytes, by its id, its address and date, and its place."""
    if original is None:
        return {}
    return {
        "WARC-Payload-Digest": labelled(original.digest),
        "WARC-Refers-To": _record_id(ArchivePlace(file=original.file, offset=original.offset)),
        REFERS_TO_URI: _one_line(original.url),
        REFERS_TO_DATE: original.date,
        REFERS_TO_FILE: original.file,
        REFERS_TO_OFFSET: str(original.offset),
    }


def _date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _fields(fields: Mapping[str, str]) -> bytes:
    return "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items()).encode()


def _head(page: Page) -> bytes:
    """Give what stands before the body of an answer."""
    try:
        phrase = HTTPStatus(page.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"HTTP/1.1 {page.status} {phrase}"]
    for name, value in page.headers:
        kept = f"X-Crawler-{name}" if name.lower() in _FRAMING else name
        lines.append(f"{_one_line(kept)}: {_one_line(value)}")
    if page.status != 304:  # which has no body at all
        lines.append(f"Content-Length: {len(page.body)}")
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"


def _request_block(page: Page, headers: Iterable[tuple[str, str]]) -> bytes:
    parts = check_address(page.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"GET {_one_line(target)} HTTP/1.1", f"Host: {parts.netloc.rpartition('@')[2]}"]
    lines += [f"{_one_line(name)}: {_one_line(value)}" for name, value in headers]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n"
