"""A marked span: what every finder of quotation marks gives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Span:
    """What stands between two marks, and the marks themselves; offsets in code points."""

    start: int
    end: int
    outer_start: int
    outer_end: int
    closed: bool = True
    """False where the quotation runs to the end of its paragraph unclosed."""


def outermost(spans: Iterable[Span]) -> list[Span]:
    """Keep of overlapping spans the one that starts first, and of those the longest."""
    kept: list[Span] = []
    reach = 0
    for span in sorted(spans, key=lambda span: (span.outer_start, -span.outer_end)):
        if span.outer_start >= reach:
            kept.append(span)
            reach = span.outer_end
    return kept


def trim(text: str, span: Span) -> Span | None:
    """Leave white space out at both ends; None where nothing else is between the marks."""
    inner = text[span.start : span.end]
    if not (stripped := inner.strip()):
        return None
    if len(stripped) == len(inner):
        return span
    start = span.start + inner.index(stripped)
    return replace(span, start=start, end=start + len(stripped))
