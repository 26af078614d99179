"""A whole page in the archive, which later answers of its address are held against."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from pipelines.page import ArchivePlace

REFERS_TO_URI = "WARC-Refers-To-Target-URI"
REFERS_TO_DATE = "WARC-Refers-To-Date"
REFERS_TO_FILE = "WARC-Refers-To-Filename"
REFERS_TO_OFFSET = "WARC-Refers-To-File-Offset"
"""The last two are in no standard, but in use elsewhere too: with them a record is found without any index."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """Where the bytes of a page lie, and what a `revisit` record says of it."""

    url: str
    digest: bytes
    """SHA-1 of the payload."""
    date: str
    """Its WARC-Date."""
    file: str
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(ArchivePlace):
    """Where an answer was put."""

    original: Original | None = None
    """The whole record of a page with status 200: this one."""


def payload_digest(body: bytes) -> bytes:
    """Give the SHA-1 by which payloads are compared."""
    return hashlib.sha1(body, usedforsecurity=False).digest()


def labelled(digest: bytes) -> str:
    """Write a SHA-1 as WARC has it."""
    return "sha1:" + base64.b32encode(digest).decode()
