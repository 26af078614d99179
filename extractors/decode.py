"""From the bytes as received to UTF-8, once."""

from __future__ import annotations

import codecs
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from extractors.errors import ExtractionError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark begins it
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),  # no mark, but the first character of any page
    (b"\0<", "utf-16-be"),
)
_LANGUAGE = re.compile(rb"<html[^<>]{0,1000}?\slang\s*=\s*[\"']?([a-zA-Z-]{2,12})", re.IGNORECASE)
_SERVERS_DEFAULT = "cp1252"  # what iso-8859-1 resolves to: web servers declare it for files they know nothing of
_SLICE = 1 << 12  # bytes; the shorter, the more of them are ASCII, which is fastest
_TWICE = b"\xc3\xa2\xc2\x80\xc2"
"""A dash or curly mark of UTF-8 that was taken for Latin-1 and encoded again: it has a control character in it, which
no text has."""
_ENCODED_TWICE = re.compile(
    rb"\xc3[\x82-\x9f]\xc2[\x80-\xbf]|\xc3[\xa0-\xaf](?:\xc2[\x80-\xbf]){2}|\xc3[\xb0-\xb4](?:\xc2[\x80-\xbf]){3}"
)
_FEW = 100  # a charset may fail on one character in so many and still be the right one


def decode(html: bytes | str, declared: str | None = None) -> tuple[bytes, str]:
    """Give the page as UTF-8 and the charset it was in.

    A byte order mark decides; then bytes that are valid UTF-8 are UTF-8 whatever is declared; then `declared` (HTTP),
    the page's own declaration, and the usual charset of its language. Bytes that fit nothing become U+FFFD. Characters
    that were encoded twice are taken back to what they were.

    Raises:
        ExtractionError: there is nothing but white space.
    """
    if isinstance(html, str):
        data, name = html.removeprefix("\ufeff").encode("utf-8", "replace"), "utf-8"
    else:
        data, name = _decode_bytes(html, declared)
    data = data.replace(b"\0", b"")
    if not data or data.isspace():
        raise ExtractionError("the page is empty")
    if _TWICE in data:
        data = _ENCODED_TWICE.sub(_once, data)
    return data, name


def _once(found: re.Match[bytes]) -> bytes:
    """Undo the second encoding of one character, where what was encoded is one."""
    inner = found.group().decode("utf-8").encode("latin-1")
    try:
        inner.decode("utf-8")
    except UnicodeDecodeError:  # an overlong form or half of a surrogate pair: not encoded twice after all
        return found.group()
    return inner


def _decode_bytes(data: bytes, declared: str | None) -> tuple[bytes, str]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            content = data[len(mark) if mark.strip(b"<\0") else 0 :]
            return content.decode(name, "replace").encode("utf-8", "replace"), name
    if b"\x1b" not in data:  # the escape of ISO-2022-JP, which is ASCII to UTF-8
        if _is_utf8(data):
            return data, "utf-8"
        text = data.decode("utf-8", "extractors.mixed")
        if len(data) - len(text) > _strays(data) * 4:
            return text.encode("utf-8", "replace"), "utf-8"
    return _declared_or_usual(data, declared)


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8: tried slice by slice, since the text of a whole page is nobody's here."""
    view, position = memoryview(data), 0
    try:
        while position < len(data):
            end = position + _SLICE
            position += codecs.utf_8_decode(view[position:end], "strict", end >= len(data))[1]
    except UnicodeDecodeError:
        return False
    return True


def _strays(data: bytes) -> int:
    return data.decode("utf-8", "replace").count("\ufffd")


def _mixed(problem: UnicodeError) -> tuple[str, int]:
    """Read single bytes inside UTF-8 as windows-1252, which is what they are on pages put together from parts."""
    assert isinstance(problem, UnicodeDecodeError)
    if problem.end == len(problem.object) and problem.reason == "unexpected end of data":
        return "", problem.end
    return problem.object[problem.start : problem.end].decode("cp1252", "replace"), problem.end


codecs.register_error("extractors.mixed", _mixed)


def _declared_or_usual(data: bytes, declared: str | None) -> tuple[bytes, str]:
    best: tuple[int, str, str] | None = None
    for name in _candidates(data, declared):
        text = data.decode(name, "replace")
        failures = text.count("\ufffd")
        if failures * _FEW <= len(text):
            return text.encode("utf-8", "replace"), name
        if best is None or failures < best[0]:
            best = failures, name, text
    assert best is not None
    return best[2].encode("utf-8", "replace"), best[1]


def _candidates(data: bytes, declared: str | None) -> Iterator[str]:
    """Codecs to try, the most trustworthy first."""
    from w3lib.encoding import html_body_declared_encoding, resolve_encoding

    http = resolve_encoding(declared) if declared else None
    page = html_body_declared_encoding(data)
    for name in (page, http) if http == _SERVERS_DEFAULT else (http, page):
        if name and name not in ("utf-8", "utf-16", "utf-32"):
            yield name
    found = _LANGUAGE.search(data[:4096])
    language = found.group(1).decode("ascii").lower() if found else ""
    usual = _usual_charsets()
    yield usual.get(language) or usual.get(language.partition("-")[0]) or "cp1252"


@cache
def _usual_charsets() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("charsets.toml").read_text(encoding="utf-8"))
