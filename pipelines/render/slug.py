"""A text as part of a file's name."""

from __future__ import annotations

import re
import unicodedata

_LENGTH = 80


def slug(text: str) -> str:
    """Give the letters and digits of a text in lower-case ASCII, joined by hyphens; `article` where it has none."""
    flat = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", flat).strip("-")[:_LENGTH].rstrip("-") or "article"
