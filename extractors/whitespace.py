"""White space and invisible characters, treated alike everywhere."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def squash(text: str | None) -> str:
    """Collapse white space to single spaces, take out soft hyphens and zero-width marks, and strip the ends."""
    if not text:
        return ""
    if not text.isascii() and ("\u00ad" in text or "\u200b" in text or "\u2060" in text or "\ufeff" in text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
