"""Sources that are no subject of a verb: a name before a colon or a dash, or at the head of a headline."""

from __future__ import annotations

from extractors.quotes.classes import (
    BE,
    CAPITAL,
    DET,
)
from extractors.quotes.frame import Clause
from extractors.quotes.given import given_gender
from extractors.quotes.noun_phrase import noun_phrase_left
from extractors.quotes.source import Source, make_source

_DASHES = frozenset("—–-")
_LABEL = 4  # words before the name in a label ("One more from Kim:")


def labelled(clause: Clause, quote: int) -> Source | None:
    """Read "… - Kim Kaye: '…'" and "From the report: '…'": what stands between a mark and the colon."""
    if quote < 2 or clause.words[quote - 1] != ":":
        return None
    end = quote - 3 if quote > 3 and clause.flags[quote - 2] & BE else quote - 2  # "Kim's answer was:"
    found = noun_phrase_left(clause, end, 0)
    if found is None:
        return None
    first, last = found
    if end < quote - 2:
        return make_source(clause, found, None) if clause.flags[first] & (CAPITAL | DET) else None
    for place in range(last - 1, first, -1):
        if first < 3 and clause.words[place].lower() == "from" and clause.flags[place + 1] & CAPITAL:
            first = place + 1  # "More from Kim Kaye:"
            found = first, last
            break
    word = clause.words[first - 1] if first else ""
    if (word.lower() == "from" and first < _LABEL) or (clause.flags[last] & CAPITAL and not word[:1].isalnum()):
        return make_source(clause, found, None)
    return None


def headed(clause: Clause, quote: int) -> Source | None:
    """Read "Kim: I am 'thrilled'": the name before a colon at the head of a headline."""
    for index in range(1, min(quote, 7)):
        if clause.words[index] == ":":
            found = noun_phrase_left(clause, index - 1, 0)
            named = found is not None and found[0] == 0 and not clause.flags[0] & DET
            return make_source(clause, found, None) if found and named else None
    return None


def introduced(clause: Clause, quote: int) -> Source | None:
    """Read "… surprises pollster Kim Kaye: '…'": a full name right before the colon, where nobody else is found."""
    return _full_name_before(clause, quote - 1) if quote and clause.words[quote - 1] == ":" else None


def dashed(clause: Clause, quote: int) -> Source | None:
    """Read "… others, like Kim Kaye — '…'": a full name right before a dash."""
    index = quote
    while index and clause.words[index - 1] in _DASHES:
        index -= 1
    return _full_name_before(clause, index) if index < quote else None


def _full_name_before(clause: Clause, mark: int) -> Source | None:
    last = mark - 1
    if last < 1 or not clause.flags[last] & clause.flags[last - 1] & CAPITAL:
        return None
    found = noun_phrase_left(clause, last, 0)
    if found is None or given_gender(clause.words[last - 1]) is None:
        return None
    return make_source(clause, found, None)
