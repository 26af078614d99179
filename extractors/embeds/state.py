"""Embeds that stand only in a script: in the state from which the page draws its article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator

from extractors.article import Block
from extractors.embeds.marks import marks
from extractors.embeds.markup import Piece
from extractors.embeds.providers import Post, recognise
from extractors.region import Region

MIN_STATE = 1000
MAX_STATE = 2_000_000
MAX_FOUND = 200
MAX_VALUE = 600
REACH = 6000
"""How far, in characters of the script, an embed may stand from the text of a block."""
_NAME = re.compile(r"""([\w-]{1,40})(?:\\{0,3}["'])?\s{0,2}[:=]\s{0,2}\\{0,3}$""")
_END = re.compile(r"""["'<>\s]""")
_PLAIN_RUN = re.compile(r"[A-Za-z0-9 ,.;:()!?%$€£-]{24,80}")
_ESCAPED = re.compile(r"\\{1,3}u00([0-9a-fA-F]{2})")


def pieces_in_scripts(region: Region, known: Collection[tuple[str, str]]) -> Iterator[Piece]:
    """Give the embeds that a script names between the texts of two of the body's blocks, and the page nowhere else.

    An address inside a link's `href`, or far from the article's text, is none.
    """
    probes = _probes(region.body.blocks)
    telling = sorted((probe for _, probe in probes), key=len, reverse=True)[:3]
    for script in region.document.scripts:
        text = script.text
        if not text or not MIN_STATE < len(text) <= MAX_STATE or not any(probe in text for probe in telling):
            continue
        places = _places(text, probes) if script.get("type") != "application/ld+json" else []
        offsets = [offset for offset, _ in places]
        for at, post in _named_posts(text, offsets[0], offsets[-1] + REACH + MAX_VALUE) if len(places) > 1 else ():
            before = bisect_right(offsets, at) - 1
            if before >= 0 and at - offsets[before] <= REACH and (post.provider, post.id or "") not in known:
                yield Piece(post, region.end, after_block=places[before][1])


def _named_posts(text: str, first: int, last: int) -> list[tuple[int, Post]]:
    """The posts that are values in this stretch of the script, and where, in the script's order."""
    found: dict[int, Post] = {}
    for needle in marks().state_needles:
        at = text.find(needle, first, last)
        tried = 0
        while at >= 0 and tried < MAX_FOUND:
            tried += 1
            start, post = _value_around(text, at)
            if post is not None and post.id is not None:
                found[start] = post
            at = text.find(needle, at + len(needle), last)
    return sorted(found.items(), key=lambda item: item[0])


def _value_around(text: str, at: int) -> tuple[int, Post | None]:
    """The address around a place of the script, where it is a whole string that no link's name stands before."""
    start = 1 + max(text.rfind('"', max(0, at - 60), at), text.rfind("'", max(0, at - 60), at))
    if start == 0:
        return 0, None
    name = _NAME.search(text, max(0, start - 60), start - 1)
    if name is None or name[1] in marks().link_keys:
        return start, None
    end = _END.search(text, at, at + MAX_VALUE)
    return start, recognise(_plain(text[start : end.start() if end else at + MAX_VALUE]))


def _plain(address: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), address).replace("\\", "")


def _probes(blocks: tuple[Block, ...]) -> list[tuple[int, str]]:
    """For each block that has one: its index, and a run of its text that no script would write otherwise."""
    found = ((index, _PLAIN_RUN.search(block.text)) for index, block in enumerate(blocks))
    return [(index, probe[0]) for index, probe in found if probe is not None]


def _places(text: str, probes: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Where in the script the blocks stand, in ascending order: offset and the block's index."""
    places: list[tuple[int, int]] = []
    offset = 0
    for index, probe in probes:
        at = text.find(probe, offset)
        if at >= 0:
            places.append((at, index))
            offset = at + len(probe)
    return places
