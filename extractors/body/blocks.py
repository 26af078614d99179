"""From the segments that were kept to blocks, their positions and their links."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from extractors.article import Block, BlockKind
from extractors.body.result import Link
from extractors.body.segments import Cut, Segment
from extractors.document import Document
from extractors.whitespace import squash

HEADINGS = {f"h{level}": level for level in range(1, 7)}
"""The level of each tag that is a heading."""


def as_block(cut: Cut, segment: Segment, container: int) -> Block:
    """Tell what a segment is from the nodes around it, up to the container."""
    kind: BlockKind = "paragraph"
    level: int | None = None
    index = segment.node
    while index:
        node = cut.nodes[index]
        if kind == "paragraph" and node.tag in HEADINGS:
            return Block(kind="heading", text=segment.text, level=HEADINGS[node.tag])
        if kind == "paragraph" and node.tag == "blockquote":
            return Block(kind="block_quote", text=segment.text)
        if node.tag == "li":
            kind, level = "list_item", (level or 0) + 1
        if index == container:
            break
        index = node.parent
    return Block(kind=kind, text=segment.text, level=level)


def position(document: Document, segment: Segment) -> int:
    """Document position at which a segment's text starts: of text after an element, that of the last inside it."""
    element = segment.element
    while segment.tail:
        inner: HtmlElement | None = next((child for child in reversed(element) if isinstance(child.tag, str)), None)
        if inner is None:
            break
        element = inner
    return document.position(element) if isinstance(element.tag, str) else 0


def links(document: Document, segment: Segment, block: int) -> list[Link]:
    """The links of a segment, with the offsets of their words in its text."""
    if not segment.links:
        return []
    offsets = _offsets(segment.pieces, len(segment.text))
    found = []
    for link in segment.links:
        start, end = offsets[link.first], offsets[link.past]
        while start < end and segment.text[start] == " ":
            start += 1
        while start < end and segment.text[end - 1] == " ":
            end -= 1
        url = document.absolute(link.element.get("href"))
        if url and start < end:
            found.append(Link(block, start, end, url))
    return found


def _offsets(pieces: Sequence[str], size: int) -> list[int]:
    """For each piece, and past the last, the offset in the squashed text of all of them, which has this size."""
    offsets, length, after_space = [], 0, True
    for piece in pieces:
        offsets.append(min(length, size))
        inner = squash(f"x{piece}x")[1:-1]
        if after_space and inner.startswith(" "):
            inner = inner[1:]
        if inner:
            length += len(inner)
            after_space = inner[-1] == " "
    offsets.append(min(length, size))
    return offsets
