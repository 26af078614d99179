"""Whether a text may have one of many words: a quick look before a costly one, which errs on one side only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_APART = bytes(code if code < 128 and chr(code).isalnum() else ord(" ") for code in range(256))
"""Leaves ASCII letters and digits; whatever else there is parts them."""
_FOLDED = _APART.lower()
_SLICE = 50_000
"""Characters that are looked at at a time: the list of their words takes ten times their memory."""


class AnyOf:
    """Words and phrases, of which a text is asked whether one of them may stand in it."""

    def __init__(self, phrases: Iterable[str], *, in_any_capitals: bool = False) -> None:
        """Keep of each phrase its longest part in ASCII, of equals the last: "year" of "this year", "rz" of "März"."""
        self._table = _FOLDED if in_any_capitals else _APART
        parts = [self._parts(phrase) for phrase in phrases]
        self._always = not all(parts)
        self._wanted = frozenset(max(reversed(found), key=len) for found in parts if found)

    def may_stand_in(self, text: str) -> bool:
        """Tell whether one of them may stand in the text as words of their own; False is sure."""
        if len(text) <= _SLICE:
            return self._always or not self._wanted.isdisjoint(self._parts(text))
        return self._always or not all(self._wanted.isdisjoint(self._parts(piece)) for piece in _slices(text))

    def _parts(self, text: str) -> list[bytes]:
        return text.encode("utf-8", "replace").translate(self._table).split()


def _slices(text: str) -> Iterator[str]:
    """The text in pieces that end before a space."""
    start = 0
    while start < len(text):
        cut = text.find(" ", start + _SLICE)
        end = cut if cut >= 0 else len(text)
        yield text[start:end]
        start = end
