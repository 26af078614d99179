"""Which words were added to a text and which taken away."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "removed", "added"]

_TOKEN = re.compile(r"\w+(?:[’'\-]\w+)*|\s+|[^\w\s]")
_CHANGES: tuple[Change, Change] = ("removed", "added")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both states have, or only one of them."""

    change: Change
    text: str


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """Compare two texts word by word; a punctuation mark is a word of its own.

    The pieces that are not `added` joined give the text before, those that are not `removed` the text after; between
    two that are `same` stand at most one that is removed and one that is added, in this order.

    In texts of 200 words and more a word that makes up over 1% is no place to hold on to (`autojunk` of
    `difflib.SequenceMatcher`), only such words beside others that agree; so the time grows little faster than the text.
    """
    old, new = _words(before), _words(after)
    matcher = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new], autojunk=True)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            for (word, gap), (_, other) in zip(old[i1:i2], new[j1:j2], strict=True):
                pieces.append(Piece("same", word))
                pieces += [Piece("same", gap)] if gap == other else [Piece("removed", gap), Piece("added", other)]
        else:
            pieces.append(Piece("removed", _text(old[i1:i2])))
            pieces.append(Piece("added", _text(new[j1:j2])))
    return tuple(_joined(_without_crumbs(_joined(pieces))))


def _words(text: str) -> list[tuple[str, str]]:
    """Give the words, each with the white space after it; white space at the very beginning follows an empty word."""
    found: list[tuple[str, str]] = []
    for token in _TOKEN.findall(text):
        if not token.isspace():
            found.append((token, ""))
        else:
            word, _ = found.pop() if found else ("", "")
            found.append((word, token))
    return found


def _text(words: Sequence[tuple[str, str]]) -> str:
    return "".join(word + gap for word, gap in words)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Bring together what stands side by side: one removed and one added piece between two that are the same."""
    joined: list[Piece] = []
    removed = added = ""
    for piece in (*pieces, Piece("same", "")):
        if piece.change == "removed":
            removed += piece.text
        elif piece.change == "added":
            added += piece.text
        else:
            for settled in (*_settled(removed, added), piece):
                if joined and joined[-1].change == settled.change == "same":
                    joined[-1] = Piece("same", joined[-1].text + settled.text)
                elif settled.text:
                    joined.append(settled)
            removed = added = ""
    return joined


def _settled(removed: str, added: str) -> list[Piece]:
    """Give a change as pieces; the white space with which both begin or end is the same."""
    begin = _shared_space(removed, added)
    spaces = removed[:begin]
    removed, added = removed[begin:], added[begin:]
    end = _shared_space(removed[::-1], added[::-1])
    before, space = removed[: len(removed) - end], removed[len(removed) - end :]
    return [
        Piece("same", spaces),
        Piece("removed", before),
        Piece("added", added[: len(added) - end]),
        Piece("same", space),
    ]


def _shared_space(one: str, other: str) -> int:
    """Give the length of the white space with which both texts begin."""
    length = 0
    for mine, its in zip(one, other, strict=False):
        if mine != its or not mine.isspace():
            break
        length += 1
    return length


def _without_crumbs(pieces: Sequence[Piece]) -> list[Piece]:
    """Count a lone short word between two replaced stretches as replaced: "the" amid new words says nothing."""
    found: list[Piece] = []
    for index, piece in enumerate(pieces):
        around = [_length(pieces[max(index - 2, 0) : index], change) for change in _CHANGES]
        around += [_length(pieces[index + 1 : index + 3], change) for change in _CHANGES]
        crumb = piece.change == "same" and len(piece.text.split()) <= 1 and len(piece.text) < min(around)
        found += [Piece(change, piece.text) for change in _CHANGES] if crumb else [piece]
    return found


def _length(pieces: Sequence[Piece], change: Change) -> int:
    return sum(len(piece.text) for piece in pieces if piece.change == change)
