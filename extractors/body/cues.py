"""What a segment's own words and shape say, as named cues that the weights know."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

from extractors.body.segments import Segment

WORD = re.compile(r"\w+")
_ENDINGS = {".": ".", "!": ".", "?": ".", "…": ".", "。": ".", "！": ".", "？": ".", ":": ":", ",": ",", ";": ","}
_MARKS = "|©@›»•"
_DIGITS = b"0123456789"
_APART = bytes(code if code > 127 or chr(code).isalnum() or code == ord("_") else 32 for code in range(256))
"""Every mark of ASCII made a space."""
_FURTHER_MARKS = "’“”‘–—…«»•·"
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
"""Characters of a segment that are looked at."""
_TOP = 100
"""Characters in which capitals and digits are counted."""
BEGINNING = 48
"""Characters of a long segment whose words are read."""
LONGEST_WORD = 12
"""Characters from which a run without a space is held to be several words: there are scripts without spaces."""
NONE = -1
"""The step of a measure that a segment does not have."""
_LINK_STEPS = (0, 0.15, 0.35, 0.6, 0.9)
_DIGIT_STEPS = (0, 0.1, 0.3)
Trait: TypeAlias = "tuple[int | str, ...]"
_FIRST_LETTER = itemgetter(0)
_LINE = 30
"""Words up to which capitals and marks are told."""
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
    """The words in lower case; of a segment of more than `SOME` words only the first."""
    traits: tuple[Trait, Trait, Trait]
    """The measures in steps, for the cues: size and links; beginning and sentences; capitals and marks."""


def shape(segment: Segment) -> Shape:
    """Measure a segment."""
    text = segment.text
    size = len(text)
    words = max(text.count(" ") + 1, size // LONGEST_WORD)
    said = words_of(text[:READ] if words <= SOME else text[:BEGINNING])
    if not said and size <= READ:
        words = 0
    link_share, bold_share = min(1.0, segment.link_chars / size), min(1.0, segment.bold_chars / size)
    ending = _ENDINGS.get(text[-30:].rstrip("\"”’»')]")[-1:], "x")
    parts = text[:_TOP].split()
    capitals = sum(map(str.isupper, parts)) / len(parts)
    marked = _marked(text, said, link_share) if words <= SOME else 0
    traits = (
        _size(words, link_share, bold_share, ending),
        _beginning(text),
        _typography(text, words, parts, capitals, marked),
    )
    return Shape(words, link_share, bold_share, ending, capitals, marked, said, traits)


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case: what is left between spaces and marks."""
    text = text.lower()
    if not text.isascii():
        for mark in _FURTHER_MARKS:
            text = text.replace(mark, " ")
    return text.encode("utf-8", "ignore").translate(_APART).decode("utf-8").split()


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
    if capitals == NONE:
        return [f"marked {marked}"]
    found = ["has " + mark for mark, stands in zip(_MARKS, marks, strict=True) if stands]
    return [f"marked {marked}", *found, f"capitals {capitals}", f"titled {titled}"]


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
    first, head = text[0], text[:_TOP].encode("utf-8", "ignore")
    if first.isalpha():
        start = "upper" if first.isupper() else "lower"
    elif first.isdigit():
        start = "digit"
    else:
        start = "quote" if first in "\"'“‘«„" else "dash" if first in "-–—•*" else "other"
    sentences = text.count(". ", 0, READ) + text.count("? ", 0, READ) + (text[-1] in ".!?…。！？")
    digits = bisect_left(_DIGIT_STEPS, 1 - len(head.translate(None, _DIGITS)) / len(head)) if head else 0
    return start, min(text.count(",", 0, READ), 4), min(sentences, 4), digits


def _typography(text: str, words: int, parts: list[str], capitals: float, marked: int) -> Trait:
    if not 0 < words <= _LINE:
        return NONE, NONE, marked
    titled = 4 * sum(map(str.isupper, map(_FIRST_LETTER, parts))) // len(parts)
    return (int(4 * capitals), titled, marked, *[mark in text for mark in _MARKS])
