"""White space and invisible characters, treated alike everywhere."""

from __future__ import annotations

import re

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")
_UNEVEN = re.compile(r"\s{2,}|[^\S ]")
_LONG = 50_000
"""Characters from which the words of a text are not listed: the list would take ten times the text's memory."""


def squash(text: str | None) -> str:
    """Collapse white space to single spaces, take out soft hyphens and zero-width marks, and strip the ends."""
    if not text:
        return ""
    if not text.isascii() and ("\u00ad" in text or "\u200b" in text or "\u2060" in text or "\ufeff" in text):
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split()) if len(text) < _LONG else _UNEVEN.sub(" ", text).strip()
