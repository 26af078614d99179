"""What a text is recognised by when somebody else prints it with changes: MinHash over word shingles.

One-permutation hashing with rotation (Shrivastava and Li, "Densifying one permutation hashing via rotation", 2014):
every shingle is hashed once and falls into one of `BINS` bins, each bin keeps its smallest hash, an empty bin borrows
from the next filled one. The share of equal bins of two signatures estimates the Jaccard similarity of their shingles.
"""

from __future__ import annotations

import string
from array import array
from hashlib import blake2b
from zlib import crc32

BINS = 128
"""Of a signature; the estimate's standard error is at most .045, more for texts of fewer shingles."""
BANDS, ROWS = 16, 4
"""Keys of a text, and bins a key: texts of similarity .8, .6, .1 share a key with probability 1.00, .89, .002."""
FEWEST = 20
"""Shingles below which a text says too little to be recognised by."""

_PUNCTUATION = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))
_MARKS = "‘’‚“”„«»–—…"
_SHIFT = 32 - (BINS - 1).bit_length()


def signature(text: str) -> bytes | None:
    """Give a text's signature, `BINS` numbers of 32 bits; None where the text is too short to be recognised."""
    hashes = _shingles(text)
    if len(hashes) < FEWEST:
        return None
    # In falling order the smallest hash of a bin is the last one written to it.
    return _filled({value >> _SHIFT: value for value in sorted(hashes, reverse=True)}).tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of the two texts' shingles, from 0 to 1."""
    pairs = zip(memoryview(one).cast("I"), memoryview(other).cast("I"), strict=True)
    return sum(mine == its for mine, its in pairs) / BINS


def jaccard(one: str, other: str) -> float:
    """Compute the Jaccard similarity of the two texts' shingles, from 0 to 1; 0 where neither has any."""
    mine, its = _shingles(one), _shingles(other)
    return len(mine & its) / (len(mine | its) or 1)


def band_keys(signed: bytes) -> list[int]:
    """Give the keys, signed and of 64 bits, of which similar texts are likely to share one."""
    width = 4 * ROWS
    bands = (signed[start : start + width] for start in range(0, BANDS * width, width))
    return [
        int.from_bytes(blake2b(band, digest_size=8, salt=bytes([number])).digest(), "little", signed=True)
        for number, band in enumerate(bands)
    ]


def _shingles(text: str) -> set[int]:
    """Hash every run of three words, in lower case and without punctuation, to 32 bits."""
    plain = text.lower()
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    words = list(map(crc32, plain.encode("utf-8", "replace").translate(_PUNCTUATION).split()))
    packed = array("I", words).tobytes()
    return {crc32(packed[start : start + 12]) for start in range(0, len(packed) - 8, 4)}


def _filled(bins: dict[int, int]) -> array[int]:
    """Let empty bins borrow from the next filled one; the distance enters the value, lest chance look alike."""
    values = array("I", bytes(4 * BINS))
    value = distance = 0
    for place in range(2 * BINS - 1, -1, -1):
        if (found := bins.get(place % BINS)) is not None:
            value, distance = found, 0
        else:
            distance += 1
        values[place % BINS] = value + distance * 0x61C88647 & 0xFFFFFFFF
    return values
