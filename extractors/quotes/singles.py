"""Quotations in single marks, told from apostrophes, elisions and plural possessives."""

from __future__ import annotations

import re

from extractors.quotes.span import Span, outermost

_SINGLE = re.compile(  # begins with the marks, so that the search passes over all other characters
    r"""[‘‚‛'’`´](?:(?<=[‘‚‛'’`])(?<![\w’'].)(?=[\w“"#@$£€\[(…¿¡-])(?!'')|(?<=[^\s(\['][^‚‛`])(?![\w']))"""
)
_ELISION = re.compile(r"(?:\d0s|tis|twas|em|til|cause|bout|n|round|cuz|cos|nuff)\b", re.I)
_BEFORE_OPENER = frozenset('([{—–-/"“:')
_RUNNING = 60  # characters from which a quotation in single marks may run on unclosed


def add_singles(text: str, spans: list[Span]) -> list[Span]:
    """Add what stands in single marks to the spans in double ones; of two that overlap the outer one stays."""
    found: list[Span] = []
    opened: int | None = None
    maybe: int | None = None  # a closer that may be a plural possessive
    for start in _free_marks(text, spans):
        if opened is not None and start > opened and not text[start - 1].isspace():
            if _looks_possessive(text, start):
                maybe = start
            else:
                found.append(Span(opened + 1, start, opened, start + 1))
                opened = maybe = None
        elif _opens(text, start):
            if opened is not None and maybe is not None:
                found.append(Span(opened + 1, maybe, opened, maybe + 1))
            opened, maybe = start, None
    if opened is not None and maybe is not None:
        found.append(Span(opened + 1, maybe, opened, maybe + 1))
    elif opened is not None and not spans and _runs_on(text, opened):
        found.append(Span(opened + 1, len(text), opened, len(text), closed=False))
    return outermost([*spans, *found]) if found else spans


def _free_marks(text: str, spans: list[Span]) -> list[int]:
    """Offsets of the single marks outside the spans."""
    free: list[int] = []
    index = 0
    for match in _SINGLE.finditer(text):
        start = match.start()
        while index < len(spans) and spans[index].outer_end <= start:
            index += 1
        if index == len(spans) or start < spans[index].outer_start:
            free.append(start)
    return free


def _opens(text: str, start: int) -> bool:
    before = text[start - 1] if start else " "
    if not (before.isspace() or before in _BEFORE_OPENER) or text[start + 1 : start + 2].isspace():
        return False
    return text[start] in "‘‚" or not _ELISION.match(text, start + 1)


def _looks_possessive(text: str, start: int) -> bool:
    """As in "The stars' house" looks the same: an s before, and a word after."""
    return text[start - 1] in "sS" and text[start] != "‘" and text[start + 1 : start + 3].strip()[:1].isalnum()


def _runs_on(text: str, start: int) -> bool:
    """Tell whether a quotation never closed may run on into the next paragraph: long, at the start or introduced."""
    return len(text) - start > _RUNNING and text[:start].rstrip()[-1:] in ("", ":", ",")
