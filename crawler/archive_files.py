"""Reading pages back from the archive, and taking over what a dead process left in it."""

from __future__ import annotations

import fcntl
import logging
import os
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawler.archive import OPEN, REQUESTED, SUFFIXES
from crawler.original import REFERS_TO_DATE, REFERS_TO_FILE, REFERS_TO_OFFSET, REFERS_TO_URI, labelled, payload_digest
from crawler.zstd_frames import whole_frames
from pipelines.page import ArchivePlace, Page

_PAGES = WarcRecordType.response | WarcRecordType.conversion | WarcRecordType.revisit
_CHUNK = 1024 * 1024
log = logging.getLogger(__name__)


class ArchiveError(Exception):
    """A page is not where it should be; the message is one line for a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a `revisit` record says of the earlier one that has its bytes."""

    url: str
    at: datetime | None
    """When that was received; aware, in UTC."""
    place: ArchivePlace | None
    """Where it lies, in the same folder; None where the record does not say so."""
    digest: str
    """Of the bytes, as WARC has it."""

    def fits(self, body: bytes) -> bool:
        """Whether these are the bytes; what is summed up otherwise than by SHA-1 is believed."""
        kind, _, told = self.digest.partition(":")
        return kind.lower() != "sha1" or told.upper() == labelled(payload_digest(body)).partition(":")[2]


def read_page(folder: Path, place: ArchivePlace) -> Page:
    """Give a page as it was fetched, its bytes out of an earlier record where they lie there. Raises `ArchiveError`."""
    page, reference = _read(folder, place)
    if reference is None:
        return page
    if reference.place is None:
        raise ArchiveError(f"{place.file} does not say where the bytes of the page at {place.offset} lie")
    try:
        earlier, further = _read(folder, reference.place)
    except ArchiveError as problem:
        raise ArchiveError(f"{place.file} has no bytes of its own at {place.offset}: {problem}") from None
    if further is not None or not reference.fits(earlier.body):
        raise ArchiveError(f"{place.file} says of its page at {place.offset} that it is another one, which it is not")
    return replace(page, body=earlier.body)


def _read(folder: Path, place: ArchivePlace) -> tuple[Page, Reference | None]:
    path = folder / place.file
    if Path(place.file).name != place.file:
        raise ArchiveError(f"{place.file} is no name of an archive file")
    if not path.exists():
        path = folder / (place.file + OPEN)
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            record = next(iter(ArchiveIterator(file, record_types=_PAGES)))
            page = rendering(record) or Page(
                url=record.headers.get("WARC-Target-URI") or "",
                status=record.http_headers.status_code or 0,
                headers=tuple(as_received(record.http_headers.to_tuples())),
                body=record.reader.read(),
                fetched_at=record.record_date.astimezone(UTC),
                requested_url=record.headers.get(REQUESTED),
            )
            return page, reference(record)
    except FileNotFoundError:
        raise ArchiveError(f"{path.name.removesuffix(OPEN)} is not in the archive folder {folder}") from None
    except (OSError, StopIteration, ValueError, AttributeError) as problem:  # the last: a record without HTTP
        raise ArchiveError(f"{place.file} holds no page at {place.offset}") from problem


def reference(record: WarcRecord) -> Reference | None:
    """Give what a record says of an earlier one that has its bytes; None of any record that has its own."""
    headers = record.headers
    profile = (headers.get("WARC-Profile") or "").strip("<>")
    if record.record_type != WarcRecordType.revisit or not profile.endswith("/revisit/identical-payload-digest"):
        return None
    file, offset = headers.get(REFERS_TO_FILE), headers.get(REFERS_TO_OFFSET) or ""
    try:
        at = datetime.fromisoformat(headers.get(REFERS_TO_DATE) or "").astimezone(UTC)
    except ValueError:
        at = None
    return Reference(
        url=(headers.get(REFERS_TO_URI) or headers.get("WARC-Target-URI") or "").strip("<>"),
        at=at,
        place=ArchivePlace(file=file, offset=int(offset)) if file and offset.isdecimal() else None,
        digest=headers.get("WARC-Payload-Digest") or "",
    )


def rendering(record: WarcRecord) -> Page | None:
    """Give what a page became in a browser, of a record that holds such; None of any other."""
    kind = record.headers.get("Content-Type") or ""
    at = record.record_date
    if record.record_type != WarcRecordType.conversion or not kind.startswith("text/html") or at is None:
        return None
    return Page(
        url=record.headers.get("WARC-Target-URI") or "",
        status=200,
        headers=(("Content-Type", kind),),
        body=record.reader.read(),
        fetched_at=at.astimezone(UTC),
        requested_url=record.headers.get(REQUESTED),
    )


def as_received(headers: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Undo what the archive did to the headers: the last Content-Length is its own."""
    own = [name.lower() for name, _ in headers].count("content-length")
    return [
        (name.removeprefix("X-Crawler-"), value)
        for name, value in headers
        if not (name.lower() == "content-length" and own)
    ]


def recover(folder: Path) -> list[Path]:
    """Complete the files that dead processes left: cut each to its last whole record and rename it.

    Files of living processes are left alone. Gives the files completed, as they are called now.
    """
    completed = []
    for path in sorted(folder.glob(f"*{OPEN}")):
        try:
            with path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if path.exists() and os.path.samestat(path.stat(), os.fstat(file.fileno())):
                    completed += _complete(path, file)
        except (FileNotFoundError, BlockingIOError):
            continue
    return completed


def _complete(path: Path, file: BinaryIO) -> list[Path]:
    file.seek(0)
    is_zstd = path.name.endswith(SUFFIXES["zstd"] + OPEN)
    whole = whole_frames(file) if is_zstd else whole_length(file)
    size = file.seek(0, os.SEEK_END)
    if whole < size:
        log.warning("%s: %d bytes of an unfinished record cut off", path.name, size - whole)
        file.truncate(whole)
        os.fsync(file.fileno())
    if not whole:
        path.unlink()
        return []
    target = path.with_name(path.name.removesuffix(OPEN))
    path.rename(target)
    return [target]


class Readable(Protocol):
    """What gives bytes one after the other."""

    def read(self, size: int = -1, /) -> bytes:
        """Give up to so many; none at the end."""


def whole_length(file: Readable, start: int = 0) -> int:
    """Give the length of a file up to the end of its last whole gzip member, read from one on that begins at `start`.

    Args:
        file: stands at `start`.
        start: in bytes.
    """
    whole, data = start, b""
    while True:
        member, consumed = zlib.decompressobj(wbits=31), 0
        while not member.eof:
            data = data or file.read(_CHUNK)
            if not data:
                return whole
            try:
                member.decompress(data)
            except zlib.error:
                return whole
            consumed += len(data) - len(member.unused_data)
            data = member.unused_data
        whole += consumed
