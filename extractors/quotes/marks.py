"""Double quotation marks in one paragraph: which open, which close, and what stands between them."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractors.quotes.singles import add_singles
from extractors.quotes.span import Span, outermost, trim

# Every pattern begins with the characters that it may begin with, so that the search passes over all others.
_PLAIN_MARK = re.compile(r"""["“”„‟«»‹›「」『』″‘‛‚]""")
_LIKE_APOSTROPHE = re.compile(r"""['’`´](?:(?<=')'|(?<=`)`|(?<=’)’|(?<!\w.)(?=\w))""")
_DOUBLE = re.compile(
    r"""["“”„‟″«»‹›「」『』'`’‘](?:(?<=["“”„‟″«»‹›「」『』])|(?<=')'(?:(?<![\w.,!?…]..)|(?!'))|(?<=`)`|(?<=’)’|(?<=‘)‘)"""
)
_FAMILY = dict.fromkeys("«»‹›", "guillemet") | dict.fromkeys("「」", "corner") | dict.fromkeys("『』", "white corner")
_ALWAYS_OPEN = frozenset("「『„")
_ALWAYS_CLOSE = frozenset("」』")
_USUALLY_OPEN = frozenset(("“", "‟", "«", "‹", "``", "‘‘"))
_USUALLY_CLOSE = frozenset(("”", "»", "›", "’’"))
_FREE_BEFORE = frozenset("([{—–-/‒―>¿¡*_|:…")
_FREE_AFTER = frozenset(".,;:!?)]}—–-/…‒―'’”<*_|")

_OPEN, _CLOSE, _EITHER = 1, -1, 0

Mark = tuple[int, int, int, str]
"""Start, end, role and family of a mark."""


def opens(text: str) -> bool:
    """Tell whether a paragraph starts with a mark."""
    start = text.lstrip()[:3]
    return _PLAIN_MARK.match(start) is not None or _LIKE_APOSTROPHE.match(start) is not None


def find_spans(text: str, *, runs_on: bool = False) -> list[Span]:
    """Find the outermost marked spans of a paragraph, in order; one never closed runs to the end of the text.

    Args:
        text: the paragraph.
        runs_on: the next paragraph starts with a mark, so that a quotation may go on there.
    """
    if _PLAIN_MARK.search(text) is None and _LIKE_APOSTROPHE.search(text) is None:
        return []
    spans = _pair(text, _marks(text), runs_on=runs_on)
    if "‘" in text or "'" in text or "’" in text or "‚" in text:
        spans = add_singles(text, spans)
    return [trimmed for span in spans if (trimmed := trim(text, span))]


def _marks(text: str) -> list[Mark]:
    marks = []
    attribute = ""
    for match in _DOUBLE.finditer(text):
        start, end = match.span()
        mark = match[0]
        before = text[start - 1] if start else " "
        after = text[end] if end < len(text) else " "
        if before == "=" or attribute == mark:  # an attribute of markup that was left in the text
            attribute = "" if attribute else mark
            continue
        if before.isdigit() and mark in ('"', "″") and not (after.isspace() or after in _FREE_AFTER):
            continue  # inches
        marks.append((start, end, _role(mark, before, after), _FAMILY.get(mark, "double")))
    return marks


def _role(mark: str, before: str, after: str) -> int:
    """Tell what a mark does: by what stands beside it, else by its shape (marks are often typed the wrong way)."""
    if mark in _ALWAYS_OPEN:
        return _OPEN
    if mark in _ALWAYS_CLOSE:
        return _CLOSE
    free_before = before.isspace() or before in _FREE_BEFORE
    free_after = after.isspace() or after in _FREE_AFTER
    if free_before != free_after:
        return _OPEN if free_before else _CLOSE
    return _OPEN if mark in _USUALLY_OPEN else _CLOSE if mark in _USUALLY_CLOSE else _EITHER


def _pair(text: str, marks: list[Mark], *, runs_on: bool) -> list[Span]:
    """Match openers and closers as brackets are matched; keep the outermost pairs."""
    pairs: list[Span] = []
    stack: list[Mark] = []
    for mark in marks:
        start, end, role, family = mark
        if role != _OPEN and stack and stack[-1][3] == family:
            opened = stack.pop()
            pairs.append(Span(opened[1], start, opened[0], end))
        elif role != _CLOSE or (start == 0 and not text[end : end + 1].isspace()):
            stack.append(mark)
    if runs_on and stack and stack[0][0] == 0:
        return [Span(stack[0][1], len(text), 0, len(text), closed=False)]
    return _with_unclosed(text, outermost(pairs), stack)


def _with_unclosed(text: str, spans: list[Span], openers: list[Mark]) -> list[Span]:
    """Add what was opened and never closed: two of them in a row are one pair, the last runs to the end."""
    free = _outside(spans, openers)
    if not free:
        return spans
    found = list(spans)
    starts = [span.outer_start for span in spans]
    index = 0
    while index < len(free):
        start, end, _, _ = free[index]
        place = bisect_right(starts, start)
        following = starts[place] if place < len(starts) else len(text)
        index += 1
        if index < len(free) and free[index][0] < following:
            found.append(Span(end, free[index][0], start, free[index][1]))
            index += 1
        else:
            found.append(Span(end, following, start, following, closed=following < len(text)))
    return sorted(found, key=lambda span: span.outer_start)


def _outside(spans: list[Span], marks: list[Mark]) -> list[Mark]:
    """The marks that lie in none of the spans."""
    starts = [span.outer_start for span in spans]
    kept = []
    for mark in marks:
        place = bisect_right(starts, mark[0]) - 1
        if place < 0 or spans[place].outer_end <= mark[0]:
            kept.append(mark)
    return kept
