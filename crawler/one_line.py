"""What an exception says, in one line for a person."""

from __future__ import annotations


def one_line(problem: BaseException | str, most: int | None = None) -> str:
    """Give what is said without line breaks, `most` characters of it; an exception that says nothing gives its name."""
    return " ".join(str(problem).split())[:most] or type(problem).__name__
