"""A text without its capitals, place by place."""

from __future__ import annotations


def lower(text: str) -> str:
    """Give a text in lower case, as long as it was: the one letter that would become two, "İ", stays as it is.

    Patterns are matched against it instead of with `re.IGNORECASE`, under which every alternative is tried everywhere.
    """
    return text.lower() if "İ" not in text else "İ".join(part.lower() for part in text.split("İ"))
