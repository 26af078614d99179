"""A WARC file, or the part of a packed one whose records begin between two places."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from crawler.one_line import one_line

STANDARD_INPUT = "-"
MAGIC = b"\x1f\x8b\x08"
"""First bytes of a gzip member (RFC 1952, 2.3.1)."""
_CHUNK = 256 * 1024
_HEAD = 1024


class Hash(Protocol):
    """What sums up bytes, as hashlib's objects do."""

    def update(self, data: bytes, /) -> None:
        """Take more of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Where records are read from.

    A part takes the gzip members that begin at `start` or later and before `end`, so that the parts of a file hold each
    of its records once, wherever they are cut.
    """

    address: str
    """A path, `-` for standard input, or an address of fsspec's (`s3://…`, `https://…`)."""
    start: int = 0
    end: int | None = None
    """None: all that follows."""
    allow_private: bool = False
    """Whether an address on the web may lead to this machine or a private network."""

    def __str__(self) -> str:
        if self.is_whole:
            return self.address
        return f"{self.address}, bytes {self.start} to {'the end' if self.end is None else self.end}"

    @property
    def is_whole(self) -> bool:
        """Whether it is the whole file."""
        return self.start == 0 and self.end is None

    @property
    def path(self) -> Path | None:
        """Of the file on this machine; None of standard input and of what lies elsewhere."""
        return None if self.address == STANDARD_INPUT or is_remote(self.address) else Path(self.address)

    @contextmanager
    def opened(self, hashed: Hash | None = None) -> Iterator[Stretch]:
        """Open it at its first record. Raises `OSError`.

        Args:
            hashed: is given the bytes as they lie in the file, in order.
        """
        with self._file() as file:
            stop = None if self.end is None else member_from(file, self.end)
            begin = member_from(file, self.start) if self.start else 0
            yield Stretch(file, begin, stop, hashed)

    @contextmanager
    def opened_at(self, offset: int, stop: int | None) -> Iterator[Stretch]:
        """Open it once more, at a place of the file."""
        with self._file() as file:
            yield Stretch(file, offset, stop)

    @contextmanager
    def _file(self) -> Iterator[BinaryIO]:
        if self.address == STANDARD_INPUT:
            yield sys.stdin.buffer
        elif is_remote(self.address):
            from crawler.remote import open_address

            with open_address(self.address, allow_private=self.allow_private) as file:
                yield file
        else:
            with Path(self.address).open("rb") as file:
                yield file


def is_remote(address: str) -> bool:
    """Whether a file is named by an address with a scheme, and not by a path."""
    scheme, colon, _ = address.partition("://")
    return bool(colon) and scheme.isalnum()


class Stretch:
    """Reads a file between two places; `tell` gives the place in the file. None as its begin: nothing is there."""

    def __init__(self, file: BinaryIO, begin: int | None, stop: int | None, hashed: Hash | None = None) -> None:
        self._file, self.stop, self._hashed = file, stop, hashed
        self._at = (stop or 0) if begin is None else begin
        self._is_empty = begin is None
        self.failure: Exception | None = None
        """What broke off a reading, where it was the way to the file and not what stands in it."""
        if not self._is_empty and (self._at or stop is not None):  # else the file stands at its beginning
            file.seek(self._at)

    def read(self, size: int = -1) -> bytes:
        """Give up to so many bytes; none at the end."""
        if self._is_empty:
            return b""
        if self.stop is not None:
            left = self.stop - self._at
            size = left if size < 0 else min(size, left)
        try:
            data = self._file.read(size) if size else b""
        except Exception as problem:  # of the network, through whichever library
            self.failure = problem
            raise OSError(one_line(problem)) from problem
        self._at += len(data)
        if self._hashed is not None:
            self._hashed.update(data)
        return data

    @property
    def is_seekable(self) -> bool:
        """Whether the file can be read from any place, which standard input and some servers do not allow."""
        return self._file.seekable()

    def tell(self) -> int:
        """Give the place in the file of what is read next."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place in the file; only from its beginning (`whence` 0)."""
        if whence:
            raise OSError("a part of a file is not measured from its end")
        self._at = self._file.seek(offset)
        return self._at

    def close(self) -> None:
        """Do nothing: whoever opened the file closes it."""


def member_from(file: BinaryIO, start: int) -> int | None:
    """Give where the first gzip member begins, at a place or after it, that holds a WARC record; None: nowhere."""
    file.seek(start)
    base, data = start, b""
    while chunk := file.read(_CHUNK):
        data += chunk
        at = data.find(MAGIC)
        while at >= 0 and at + _HEAD <= len(data):
            if _holds_record(data[at : at + _HEAD]):
                return base + at
            at = data.find(MAGIC, at + 1)
        kept = max(0, len(data) - _HEAD - len(MAGIC))
        base, data = base + kept, data[kept:]
    at = data.find(MAGIC)
    while at >= 0:
        if _holds_record(data[at:]):
            return base + at
        at = data.find(MAGIC, at + 1)
    return None


def _holds_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, 16).lstrip(b"\r\n").startswith(b"WARC/")
    except zlib.error:
        return False
