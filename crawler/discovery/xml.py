"""Reading XML that anybody may have written: bounded, without entities, forgiving."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

_WRAPPED = b"\x1f\x8b"


class NotXml(Exception):  # noqa: N818 (it says what the bytes are)
    """The bytes are no XML of the kind expected; the message is one line for a person."""


def unpacked(body: bytes, limit: int) -> bytes:
    """Take a gzip wrapper off (`sitemap.xml.gz`). Raises `NotXml` beyond `limit` bytes and for a broken wrapper."""
    if not body.startswith(_WRAPPED):
        return body
    try:
        worker = zlib.decompressobj(wbits=31)
        data = worker.decompress(body, limit)
    except zlib.error as problem:
        raise NotXml(f"broken gzip: {problem}") from problem
    if worker.unconsumed_tail:
        raise NotXml(f"unpacks to more than {limit // 1024 // 1024} MB")
    return data


def elements(body: bytes, names: frozenset[str]) -> Iterator[etree._Element]:
    """Give the elements of these local names as they end, and forget each after use."""
    parsed = etree.iterparse(
        BytesIO(body.lstrip()), events=("end",), recover=True, resolve_entities=False, no_network=True
    )
    try:
        for _, element in parsed:
            if local_name(element) in names:
                yield element
                element.clear()
    except etree.XMLSyntaxError:
        return


def local_name(element: etree._Element) -> str:
    """Give an element's name without its namespace, in lower case; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element | None) -> str:
    """Give an element's text, stripped."""
    return "".join(map(str, element.itertext())).strip() if element is not None else ""
