"""Boxes that stand inside a line and show themselves when the reader points at a word of it."""

from __future__ import annotations

import re
from functools import lru_cache

_POPUP = re.compile(
    r"(?:tool-?tip|pop-?over|roll-?over|hover-?card)(?:[-_]+[a-z]{1,20}){0,2}?[-_]{0,2}"
    r"(?:block|bubble|body|box|card|content|inner|text)(?![a-z])",
    re.IGNORECASE,
)
LONGEST = 400
"""Characters of a class attribute that are read."""


@lru_cache(maxsize=4096)
def is_popup(classes: str) -> bool:
    """Tell whether a class attribute names the box itself ("tooltip-content"), not the word that it belongs to."""
    return _POPUP.search(classes[:LONGEST]) is not None
