"""What a text is recognised by when somebody else prints it with changes: MinHash over pairs of words.

Only words of more than three letters count: short ones are the same in every text, and a pair of the others that two
texts share by chance is rare. Where one word in five is changed, the shingles of the two texts have a Jaccard
similarity of about .47; with runs of three words it would be .34, with runs of one word strangers would meet.

One-permutation hashing with rotation (Shrivastava and Li, "Densifying one permutation hashing via rotation", 2014):
every shingle is hashed once and falls into one of `BINS` bins, each bin keeps its smallest hash, an empty bin borrows
from the next filled one. The share of equal bins of two signatures estimates the Jaccard similarity of their shingles.
"""

from __future__ import annotations

import string
from array import array
from collections.abc import Collection
from zlib import crc32

BINS = 128
"""Of a signature; the estimate's standard error is at most .045, more for texts of fewer shingles."""
BANDS, ROWS = 42, 3
"""Keys of a text, and bins a key: texts of similarity .47, .4, .1 share a key with probability .99, .94, .04."""
FEWEST = 20
"""Shingles below which a text says too little to be recognised by."""

_SHORT = 3
"""Bytes up to which a word does not count."""
_PUNCTUATION = bytes.maketrans(string.punctuation.encode(), b" " * len(string.punctuation))
_MARKS = "‘’‚“”„«»–—…"
_LANES = (1 << 32 * BINS) - 1
_LOW = int.from_bytes(b"\xff\xff\xff\x7f" * BINS, "little")
"""All but the top bit of every lane."""
_SHIFT = 32 - (BINS - 1).bit_length()


def signature(text: str) -> bytes | None:
    """Give a text's signature, `BINS` numbers of 32 bits; None where the text is too short to be recognised."""
    return signed(shingles(text))


def signed(hashes: Collection[int]) -> bytes | None:
    """Give the signature of the text that has these shingles, each there once."""
    if len(hashes) < FEWEST:
        return None
    # In falling order the smallest hash of a bin is the last one written to it.
    return _filled({value >> _SHIFT: value for value in sorted(hashes, reverse=True)}).tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Estimate the Jaccard similarity of the two texts' shingles, from 0 to 1.

    The bins are compared all at once, as the lanes of one long number: a lane whose difference is nothing is the only
    one that neither carries into its top bit nor has it set (Warren, "Hacker's Delight", 6-1).
    """
    different = int.from_bytes(one, "little") ^ int.from_bytes(other, "little")
    return (_LANES ^ (((different & _LOW) + _LOW) | different | _LOW)).bit_count() / BINS


def jaccard(mine: frozenset[int], its: Collection[int]) -> float:
    """Compute the Jaccard similarity of two texts' shingles, each there once, from 0 to 1; 0 where neither has any."""
    common = len(mine.intersection(its))
    return common / (len(mine) + len(its) - common or 1)


def band_keys(sign: bytes) -> list[int]:
    """Give the keys, numbers of 32 bits with a sign, of which similar texts are likely to share one.

    The bins of a key stand side by side: in a short text they borrow from one another, so that it takes fewer shingles
    in common to share a key, and short copies are found; with bins that stand apart 8% of those with a fifth of the
    words changed were not (benchmarks/copies_and_stories.py).
    """
    width = 4 * ROWS
    return [crc32(sign[width * band : width * (band + 1)], band) - 2**31 for band in range(BANDS)]


def plain_words(text: str) -> list[bytes]:
    """Give the words of a text in lower case and without punctuation, as UTF-8."""
    plain = text.lower()
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    return plain.encode("utf-8", "replace").translate(_PUNCTUATION).split()


def runs(words: list[bytes], length: int) -> list[int]:
    """Hash every run of so many words to 32 bits, in order."""
    packed = array("I", map(crc32, words)).tobytes()
    width = 4 * length
    return [crc32(packed[start : start + width]) for start in range(0, len(packed) - width + 1, 4)]


def shingles(text: str) -> frozenset[int]:
    """Hash every pair of words that follow each other, short words left out."""
    return frozenset(runs([word for word in plain_words(text) if len(word) > _SHORT], 2))


def _filled(bins: dict[int, int]) -> array[int]:
    """Let empty bins borrow from the next filled one; the distance enters the value, lest chance look alike."""
    values = array("I", bytes(4 * BINS))
    distance = min(bins)  # the last bins borrow from the first filled one
    value = bins[distance]
    for place in range(BINS - 1, -1, -1):
        if (found := bins.get(place)) is not None:
            value, distance = found, 0
        else:
            distance += 1
        values[place] = value + distance * 0x61C88647 & 0xFFFFFFFF
    return values
