"""Where the frames of a Zstandard file end (RFC 8878, 3.1), to tell whole ones from one that was broken off."""

from __future__ import annotations

import io
from typing import BinaryIO

from fastwarc.stream_io import ZstdReader

MAGIC = b"\x28\xb5\x2f\xfd"
_SKIPPABLE = b"\x2a\x4d\x18"
_IDS = (0, 1, 2, 4)
_SIZES = (0, 2, 4, 8)
_RAW, _RLE, _PACKED = 0, 1, 2


def whole_frames(file: BinaryIO) -> int:
    """Give the length of a file up to the end of its last whole frame that can be unpacked; read from its beginning."""
    file.seek(0)
    whole = 0
    while (end := _end(file, whole)) is not None:
        file.seek(whole)
        try:
            ZstdReader(io.BytesIO(file.read(end - whole))).read()
        except OSError:
            break
        whole = end
    return whole


def _end(file: BinaryIO, start: int) -> int | None:
    """Give where the frame that begins at a place ends; None where it is none, or not whole."""
    file.seek(start)
    head = file.read(6)
    if head[1:4] == _SKIPPABLE and head[:1] >= b"\x50" and head[:1] <= b"\x5f":
        told = head[4:] + file.read(2)
        return _inside(file, start + 8 + int.from_bytes(told, "little")) if len(told) == 4 else None
    if len(head) < 6 or head[:4] != MAGIC:
        return None
    flags = head[4]
    is_single = flags >> 5 & 1
    at = start + 5 + (not is_single) + _IDS[flags & 3] + (_SIZES[flags >> 6] or is_single)
    is_last = False
    while not is_last:
        file.seek(at)
        block = file.read(3)
        if len(block) < 3:
            return None
        number = int.from_bytes(block, "little")
        is_last, kind, size = bool(number & 1), number >> 1 & 3, number >> 3
        if kind not in (_RAW, _RLE, _PACKED):
            return None
        at += 3 + (1 if kind == _RLE else size)
    return _inside(file, at + 4 * (flags >> 2 & 1))


def _inside(file: BinaryIO, end: int) -> int | None:
    return end if end <= file.seek(0, io.SEEK_END) else None
