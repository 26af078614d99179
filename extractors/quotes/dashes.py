"""Speech that a dash opens at the head of a paragraph: "– Vi stannar, säger hon.", "—Se queda —dijo ella—. Y tú."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.quotes.classes import ADV, AUX, SAY
from extractors.quotes.lexicon import Lexicon
from extractors.quotes.span import Span, trim

LANGUAGES = frozenset(("fr", "es", "it", "pt", "sv", "da", "no"))
"""Languages whose press prints speech so."""

_OPENS = re.compile(r"\s*(?:[–—―]\s?|--?\s)(?=[^\W\d_]|[¿¡«“\"…])")
_TURN = re.compile(r"(?P<dash>\s[–—―-]\s?)(?=[^\W\d_])|(?P<comma>,|(?<=[?!…]))\s(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BACK = re.compile(r"\s?[–—―-](?P<stop>[.,;:]?)\s?(?=\S)")
_AGAIN = re.compile(r"[.!?…]\s+(?=[–—―-]\s)")
_END = re.compile(r"[.!?…»”\"]\s*$")
_WORDS = 4  # words after a turn among which the verb of saying must be


def starts_with_dash(text: str) -> bool:
    """Tell whether a paragraph opens as printed speech may."""
    return _OPENS.match(text) is not None


def dash_spans(text: str, lexicon: Lexicon) -> list[Span]:
    """Find the speech of a paragraph that a dash opens and a verb of saying tells; empty where none does."""
    spans: list[Span] = []
    position = 0
    while opened := _OPENS.match(text, position):
        start = opened.end()
        turn = _turn(text, start, lexicon)
        if turn is None:
            if spans:
                spans.append(Span(start, len(text), opened.start(), len(text)))
            break
        spans.append(Span(start, turn.start(), opened.start(), turn.start()))
        if turn["dash"] and (back := _BACK.search(text, turn.end())):
            second = back.end()
            further = _turn(text, second, lexicon)
            end = further.start() if further else len(text)
            spans.append(Span(second, end, back.end("stop"), end))
            break
        again = _AGAIN.search(text, turn.end())
        if again is None:
            break
        position = again.end()
    return [trimmed for span in spans if (trimmed := trim(text, span))]


def whole_paragraph(text: str) -> list[Span]:
    """Give a paragraph that opens with a long dash and ends as a sentence does as speech from end to end."""
    opened = _OPENS.match(text)
    if opened is None or opened[0].strip().startswith("-") or not _END.search(text):
        return []
    span = trim(text, Span(opened.end(), len(text), 0, len(text)))
    return [span] if span else []


def _turn(text: str, start: int, lexicon: Lexicon) -> re.Match[str] | None:
    """Where the speech gives way to the words of who speaks: before a verb of saying."""
    for match in _TURN.finditer(text, start):
        if _says(_WORD.findall(text[match.end() : match.end() + 80])[:_WORDS], lexicon):
            return match
    return None


def _says(words: Sequence[str], lexicon: Lexicon) -> bool:
    for word in words:
        flags = lexicon.flags.get(word, 0)
        if flags & SAY:
            return True
        if not flags & (AUX | ADV):
            return False
    return False
