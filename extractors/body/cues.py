"""What a segment's own words and shape say, as named cues that the weights know."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.body.segments import Segment

WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*(?:\s|$)")
_ENDINGS = {".": ".", "!": ".", "?": ".", "…": ".", "。": ".", "！": ".", "？": ".", ":": ":", ",": ",", ";": ","}
_MARKS = "|©@›»•"
_CREDIT = re.compile(
    r"[(\[|:]\s*(?:image|photo|picture|pic|credit|foto|bild|source|via)\b[^)\]]{0,80}[)\]]?$"
    r"|\b(?:getty|reuters|shutterstock|alamy|afp|istock|imago|dpa|splash|backgrid|wireimage|unsplash|pexels)\b[^.]{0,40}$"
    r"|^(?:image|photo|picture|credit|foto|bild|source)s?(?: by| via| credit| source)?\s?[:/©]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[^\W\d_]{2,20}(?: [^\W\d_]{1,20}){0,3}\s?[:>|»]")
READ = 400
"""Characters of a segment whose words are counted one by one; of a longer one the count is estimated."""
LETTERS_PER_WORD = 6
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
    cues: list[str]


def shape(segment: Segment) -> Shape:
    """Measure a segment."""
    text = segment.text
    size = len(text)
    found = WORD.findall(text[:READ].lower())
    words = len(found) if size <= READ else size // LETTERS_PER_WORD
    link_share, bold_share = min(1.0, segment.link_chars / size), min(1.0, segment.bold_chars / size)
    ending = _ENDINGS.get(text[-30:].rstrip("\"”’»')]")[-1:], "x")
    parts = text[:READ].split()
    capitals = sum(map(str.isupper, parts)) / len(parts)
    marked = _marked(text, words, link_share)
    cues = _measures(words, link_share, bold_share, ending) + _typography(text, words, parts, capitals)
    cues.append(f"marked {marked}")
    if found:
        cues.append("^" + found[0])
        if len(found) > 1:
            cues.append(f"^{found[0]} {found[1]}")
    if words <= SOME:
        kind = "w:" if words <= FEW else "v:"
        cues += [kind + word for word in set(found)]
    return Shape(words, link_share, bold_share, ending, capitals, marked, cues)


def _marked(text: str, words: int, link_share: float) -> int:
    if words <= SOME:
        if _CREDIT.search(text[-200:]) or _CREDIT.match(text[:40]):
            return 1
        if text.endswith(("…", "...", "[…]", "[...]")):
            return 2
        if link_share > 0.4 and _LABEL.match(text):
            return 3
    return 0


def _measures(words: int, link_share: float, bold_share: float, ending: str) -> list[str]:
    length = (
        words.bit_length() if words < 8 else min(2 * words.bit_length() - (words < 3 << (words.bit_length() - 2)), 15)
    )
    links = sum(link_share > bound for bound in (0, 0.15, 0.35, 0.6, 0.9))
    return [
        f"length {length}",
        f"links {links}",
        f"length {min(length, 9)} links {links}",
        f"ends {ending} {min(length, 7)}",
        f"bold {(bold_share > 0) + (bold_share > 0.8)}",
    ]


def _typography(text: str, words: int, parts: list[str], capitals: float) -> list[str]:
    first, head = text[0], text[:200]
    if first.isalpha():
        start = "upper" if first.isupper() else "lower"
    elif first.isdigit():
        start = "digit"
    else:
        start = "quote" if first in "\"'“‘«„" else "dash" if first in "-–—•*" else "other"
    digits = sum(map(str.isdigit, head)) / len(head)
    cues = [
        f"starts {start}",
        f"commas {min(text.count(',', 0, READ), 4)}",
        f"sentences {min(len(_SENTENCE_END.findall(text[:600])), 4)}",
        f"digits {sum(digits > bound for bound in (0, 0.1, 0.3))}",
    ]
    if 0 < words <= 30:
        cues.append(f"capitals {int(4 * capitals)}")
        cues.append(f"titled {4 * sum(part[0].isupper() for part in parts) // len(parts)}")
    cues += ["has " + mark for mark in _MARKS if mark in text[:300]]
    return cues
