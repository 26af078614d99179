"""What a response carries: a page, or something that no article can be."""

from __future__ import annotations

_MAGIC = {
    b"%PDF-": "a PDF",
    b"\x89PNG\r\n": "an image",
    b"GIF8": "an image",
    b"\xff\xd8\xff": "an image",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "a gzip file",
}
"""First bytes of formats that servers label as pages by mistake (https://mimesniff.spec.whatwg.org/#matching-a-mime-type-pattern)."""
_MAIN = {"image": "an image", "video": "a video", "audio": "a sound", "font": "a font"}


def no_page(content_type: str | None, body: bytes) -> str | None:
    """Say what a response is that is no page ("a PDF"); None for a page, a text, and what cannot be told."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    for magic, name in _MAGIC.items():
        if body.startswith(magic):
            return name
    main, _, sub = kind.partition("/")
    if main in _MAIN:
        return _MAIN[main]
    if main == "application" and not sub.endswith("xml") and body.lstrip()[:1] != b"<":
        return "a PDF" if sub == "pdf" else kind
    return None
