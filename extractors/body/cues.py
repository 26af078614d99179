"""What a segment's own words and shape say, as named cues that the weights know."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TypeAlias

from extractors.body.segments import Segment

WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\s|$)")
_ENDINGS = {".": ".", "!": ".", "?": ".", "…": ".", "。": ".", "！": ".", "？": ".", ":": ":", ",": ",", ";": ","}
_MARKS = "|©@›»•"
_DIGIT = re.compile(r"\d")
_PICTURES = "image|photo|picture|credit|foto|bild|source"
_AGENCIES = "getty|reuters|shutterstock|alamy|afp|istock|imago|dpa|splash|backgrid|wireimage|unsplash|pexels"
_CREDIT = re.compile(
    rf"[(\[|:]\s*(?:{_PICTURES}|pic|via)\b[^)\]]{{0,80}}[)\]]?$"
    rf"|\b(?:{_AGENCIES})\b[^.]{{0,40}}$"
    rf"|^(?:{_PICTURES})s?(?: by| via| credit| source)?\s?[:/©]",
    re.IGNORECASE,
)
_CREDIT_WORDS = frozenset(
    ["pic", "via", *_AGENCIES.split("|"), *(word + end for word in _PICTURES.split("|") for end in ("", "s"))]
)
"""Words without one of which `_CREDIT` matches nothing."""
_LABEL = re.compile(r"[^\W\d_]{2,20}(?: [^\W\d_]{1,20}){0,3}\s?[:>|»]")
READ = 400
"""Characters of a segment whose words are counted one by one; of a longer one the count is estimated."""
LETTERS_PER_WORD = 6
NONE = -1
"""The step of a measure that a segment does not have."""
_LINK_STEPS = (0, 0.15, 0.35, 0.6, 0.9)
_DIGIT_STEPS = (0, 0.1, 0.3)
Trait: TypeAlias = "tuple[int | str, ...]"
FEW, SOME = 14, 60
"""Up to so many words each word of the segment is a cue of its own kind: labels and links; short paragraphs."""


@dataclass(slots=True)
class Shape:
    """The measures of a segment."""

    words: int
    link_share: float
    """Characters in links, of all."""
    bold_share: float
    ending: str
    """`.` for the end of a sentence, `:`, `,` or `x`."""
    capitals: float
    """Words all in capitals, of all."""
    marked: int
    """1 for a picture's credit, 2 for text cut off by "…", 3 for a label before a link ("Related: …"), else 0."""
    said: list[str]
    """The words in lower case, of the first `READ` characters."""
    traits: tuple[Trait, Trait, Trait]
    """The measures in steps, for the cues: size and links; beginning and sentences; capitals and marks."""


def shape(segment: Segment) -> Shape:
    """Measure a segment."""
    text = segment.text
    size = len(text)
    start = text if size <= READ else text[:READ]
    said = WORD.findall(start.lower())
    words = len(said) if size <= READ else size // LETTERS_PER_WORD
    link_share, bold_share = min(1.0, segment.link_chars / size), min(1.0, segment.bold_chars / size)
    ending = _ENDINGS.get(text[-30:].rstrip("\"”’»')]")[-1:], "x")
    parts = start.split()
    capitals = sum(map(str.isupper, parts)) / len(parts)
    marked = _marked(text, said, link_share) if words <= SOME else 0
    traits = (
        _size(words, link_share, bold_share, ending),
        _beginning(text),
        _typography(text, words, parts, capitals, marked),
    )
    return Shape(words, link_share, bold_share, ending, capitals, marked, said, traits)


def cues(measured: Shape) -> list[str]:
    """Name the cues of a segment, as the weights and the training know them."""
    names = [name for group, trait in enumerate(measured.traits) for name in trait_cues(group, trait)]
    if measured.said:
        names.append("^" + measured.said[0])
        if len(measured.said) > 1:
            names.append("^" + " ".join(measured.said[:2]))
    if measured.words <= SOME:
        kind = "w:" if measured.words <= FEW else "v:"
        names += [kind + word for word in dict.fromkeys(measured.said)]
    return names


def trait_cues(group: int, trait: Trait) -> list[str]:
    """Name the cues that one of a segment's three traits stands for."""
    if group == 0:
        length, links, ending, bold = trait
        return [
            f"length {length}",
            f"links {links}",
            f"length {min(int(length), 9)} links {links}",
            f"ends {ending} {min(int(length), 7)}",
            f"bold {bold}",
        ]
    if group == 1:
        return [f"{name} {step}" for name, step in zip(("starts", "commas", "sentences", "digits"), trait, strict=True)]
    capitals, titled, marked, *marks = trait
    names = [f"marked {marked}", *("has " + mark for mark, stands in zip(_MARKS, marks, strict=True) if stands)]
    return names if capitals == NONE else [*names, f"capitals {capitals}", f"titled {titled}"]


def _marked(text: str, said: list[str], link_share: float) -> int:
    if not _CREDIT_WORDS.isdisjoint(said) and (_CREDIT.search(text[-200:]) or _CREDIT.match(text[:40])):
        return 1
    if text.endswith(("…", "...", "[…]", "[...]")):
        return 2
    return 3 if link_share > 0.4 and _LABEL.match(text) else 0


def _size(words: int, link_share: float, bold_share: float, ending: str) -> Trait:
    length = (
        words.bit_length() if words < 8 else min(2 * words.bit_length() - (words < 3 << (words.bit_length() - 2)), 15)
    )
    links = bisect_left(_LINK_STEPS, link_share)
    return length, links, ending, (bold_share > 0) + (bold_share > 0.8)


def _beginning(text: str) -> Trait:
    first, head = text[0], text[:200]
    if first.isalpha():
        start = "upper" if first.isupper() else "lower"
    elif first.isdigit():
        start = "digit"
    else:
        start = "quote" if first in "\"'“‘«„" else "dash" if first in "-–—•*" else "other"
    sentences = len(_SENTENCE_END.findall(text[:600]))
    digits = bisect_left(_DIGIT_STEPS, len(_DIGIT.findall(head)) / len(head))
    return start, min(text.count(",", 0, READ), 4), min(sentences, 4), digits


def _typography(text: str, words: int, parts: list[str], capitals: float, marked: int) -> Trait:
    steps, titled = NONE, NONE
    if 0 < words <= 30:
        steps, titled = int(4 * capitals), 4 * sum([part[0].isupper() for part in parts]) // len(parts)
    top = text[:300]
    return (steps, titled, marked, *[mark in top for mark in _MARKS])
