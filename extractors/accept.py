"""Whether bytes are a page that the parser can be given: looked at cheaply, before it is."""

from __future__ import annotations

import re

from extractors.errors import ExtractionError

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a WebP image or another RIFF file"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"ID3", "an MP3 file"),
    (b"OggS", "an Ogg file"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"wOF", "a font"),
    (b"\x7fELF", "a program"),
)
_MEDIA_BOX = b"ftyp"  # ISO base media files: MP4, MOV, AVIF, HEIC
_XML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*){0,5}<(rss|feed|rdf:rdf|urlset|sitemapindex|svg)\b", re.I
)
_TAG_START = re.compile(rb"<[a-zA-Z!]")
_CONTROLS = bytes([*range(9), 11, *range(14, 27), *range(28, 32), 127])
_LOOK = 4096

# 10,000 attributes on one element cost libxml2 .2 s of CPU, 20,000 1.3 s, 100,000 88 s.
_MOST_ATTRIBUTES = 10_000
_LONG_TAG = 3 * _MOST_ATTRIBUTES  # bytes: what so many attributes take at least
_TAG = re.compile(rb"""<(?:(!--)|([a-zA-Z]++)[^"'>]*+(?:"[^"]*+"?[^"'>]*+|'[^']*+'?[^"'>]*+)*+)""")
_ATTRIBUTE = re.compile(rb"""[^\s=>/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+""")
_ENDS = {b"!--": b"-->", b"script": b"</script", b"style": b"</style"}


def refuse_other_files(raw: bytes) -> None:
    """Raise `ExtractionError` for bytes, as received, that begin as another kind of file does."""
    for magic, name in _MAGIC:
        if raw.startswith(magic):
            raise ExtractionError(f"no HTML page: {name}")
    if raw[4:8] == _MEDIA_BOX:
        raise ExtractionError("no HTML page: a video or image file")


def refuse_what_is_no_html(data: bytes) -> None:
    """Raise `ExtractionError` for a feed or another XML document, binary data, and text without a single tag."""
    start = data[:_LOOK]
    if found := _XML.match(start):
        raise ExtractionError(f"no HTML page: an XML document <{found.group(1).decode('ascii').lower()}>")
    if (len(start) - len(start.translate(None, _CONTROLS))) * 20 > len(start):
        raise ExtractionError("no HTML page: binary data")
    if not _TAG_START.search(data):
        raise ExtractionError("no HTML page: there is no tag in it")


def refuse_attribute_bombs(data: bytes) -> None:
    """Raise `ExtractionError` where one tag has so many attributes that the parser would take seconds."""
    if not _may_hold_a_long_tag(data):
        return
    position = 0
    while found := _TAG.search(data, position):
        start, position = found.span()
        if position - start >= _LONG_TAG and _attributes(data, start, position) > _MOST_ATTRIBUTES:
            raise ExtractionError(f"an element has more than {_MOST_ATTRIBUTES:,} attributes")
        ending = _ENDS.get((found.group(1) or found.group(2)).lower())
        if ending:
            end = data.find(ending, position)
            position = end if end >= 0 else len(data)


def _may_hold_a_long_tag(data: bytes) -> bool:
    """Whether a stretch free of `>` has attributes enough, or the page has so many that `>` in values may hide it."""
    position, size = 0, len(data)
    while position + _LONG_TAG <= size:
        last = data.rfind(b">", position, position + _LONG_TAG)
        if last < 0:
            last = data.find(b">", position + _LONG_TAG)
            last = last if last >= 0 else size
            start = _TAG_START.search(data, position, last)
            if start and _attributes(data, start.start(), last) > _MOST_ATTRIBUTES:
                return True
        position = last + 1
    return data.count(b"=") > _MOST_ATTRIBUTES


def _attributes(data: bytes, start: int, end: int) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(data, start, end))
