"""Captions: the words about the picture, and who is credited for it, apart."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from extractors.whitespace import squash

MAX_CAPTION = 5000
MAX_CREDIT = 160
MAX_LABELS = 20
MAX_SQUARE = 4
MAX_AFTER_STOP = 25
_BRACKETS = {"(": ")", "[": "]"}
_MARK = re.compile(r"^(?:©|\(c\)(?!\w)|℗)\s*(?:(?:19|20)\d\d\b,?\s*)?", re.IGNORECASE)
_FILE = re.compile(r"^(?:file(?: photo)?|archiv(?:e|o|bild|foto)?)\s*[:/]\s*", re.IGNORECASE)
_NAME_AND_AGENCY = re.compile(r"^[A-Z@][^()\[\]/]{1,60}/\s?[A-Z@]")
_VIA = re.compile(r"^(?:via|by|of)\s+", re.IGNORECASE)
_STOP = re.compile(r"(?<=[\w’')\]”\"]{2})[.!?…][\"'”’»)]*\s+")
_TAIL_MARK = re.compile(r"(?:^|(?<=[\s|/.]))(?:©|\(c\)(?=\s))\s*", re.IGNORECASE)
_BAR = re.compile(r"\s+(?:\||•|·|//)\s+")


@dataclass(frozen=True, slots=True)
class _Words:
    label: re.Pattern[str]
    """A label and its colon, at the start."""
    inner_label: re.Pattern[str]
    """A label and its colon, or a label that needs none, within a caption."""
    bare_label: re.Pattern[str]
    """A label without a colon, at the start of a credit."""
    agencies: frozenset[str]
    wires: frozenset[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    labels = "|".join(re.escape(label) for label in sorted(data["labels"], key=len, reverse=True))
    verbs = "|".join(re.escape(verb) for verb in sorted(data["verbs"], key=len, reverse=True))
    ending = r"(?:\s?(?:by|of|via))?\s?(?:[:：]|\.\.\.|…)\s*"
    return _Words(
        re.compile(rf"(?:{labels}){ending}", re.IGNORECASE),
        re.compile(rf"(?:^|(?<=[\s(\[|/.–—-]))(?<!file )(?:(?:{labels}){ending}|(?:{verbs})\s+)", re.IGNORECASE),
        re.compile(rf"(?:{labels})\s+(?:(?:by|of|via|from|(?-i:d[aeio]|von))\s+)?", re.IGNORECASE),
        frozenset(data["agencies"]),
        frozenset(data["wires"]),
    )


def split_credit(text: str | None) -> tuple[str | None, str | None]:
    """Part a caption as it is printed into the caption without its credit, and the credit as `clean_credit` gives it.

    Either is None where the text has none: "Danny Masterson (Image via Getty)" is "Danny Masterson" and "Getty",
    "Foto: dpa" is None and "dpa".
    """
    caption = squash(text)
    if len(caption) > MAX_CAPTION:
        return caption, None
    for part in (_part_brackets, _part_label, _part_mark, _part_bar, _part_whole, _part_sentence):
        parted = part(caption)
        if parted is not None:
            rest, credit = parted[0].rstrip(" |,;–—-/:•·"), clean_credit(parted[1])
            if credit and len(credit) <= MAX_CREDIT:
                return rest or None, credit
    return caption or None, None


def clean_credit(text: str | None) -> str | None:
    """Give who is credited, without "Image:", "Photo by", "©", "via" before it, or brackets around it."""
    credit = squash(text)
    words = _words()
    for _ in range(4):
        before = credit
        credit = credit.strip(" |,;:–—•·")
        if len(credit) > 1 and _BRACKETS.get(credit[0]) == credit[-1] and credit[0] not in credit[1:]:
            credit = credit[1:-1].strip()
        elif credit.count("(") != credit.count(")"):
            credit = credit.strip("()")
            closing = credit.find(")")
            if closing > 0 and "(" not in credit[:closing]:
                credit = credit[:closing]
        credit = _MARK.sub("", credit)
        for pattern in (words.label, words.bare_label, _VIA, _FILE):
            found = pattern.match(credit)
            if found and found.end() < len(credit):
                credit = credit[found.end() :]
        if credit == before:
            break
    if credit.endswith(".") and not credit[:-1].endswith((" Inc", " Bros", " Ltd", " Co")) and "." not in credit[-3:-1]:
        credit = credit[:-1]
    return credit or None


def is_credit(text: str) -> bool:
    """Tell whether a short text by itself is a credit: labelled, or with an agency's name."""
    if not text or len(text) > MAX_CREDIT:
        return False
    words = _words()
    inner = text.strip(" ()[].")
    return bool(words.label.match(inner) or _MARK.match(inner) or _names_agency(inner))


def _names_agency(text: str) -> bool:
    """Whether one of the parts between slashes, commas and "via" is an agency."""
    parts = re.split(r"\s*(?:/|\||,| via | for | - )\s*", text.lower().strip(" ()[]."))
    known = _words()
    return any(part.lstrip("@") in known.agencies or part.partition(" ")[0] in known.wires for part in parts)


def _part_whole(caption: str) -> tuple[str, str] | None:
    """A caption that is nothing but a credit: short, with an agency beside a name."""
    if len(caption) > 90 or _STOP.search(caption):
        return None
    label = _words().bare_label.match(caption)
    if label and _names_agency(caption[label.end() :]):
        return "", caption
    if "/" in caption and _names_agency(caption) and len(caption.split()) <= 12 and "(" not in caption:
        return "", caption
    return ("", caption) if caption.lower().strip(" .") in _words().agencies else None


def _part_brackets(caption: str) -> tuple[str, str] | None:
    """A credit in brackets at the end: "… (Image: Getty)", "… [DS]", "… (Orin Fask/Shutterstock)"."""
    ended = caption.rstrip(" .")
    if not ended or ended[-1] not in ")]":
        return None
    opening = "(" if ended[-1] == ")" else "["
    start = ended.rfind(opening)
    if start < 0:
        return None
    inner = ended[start + 1 : -1]
    words = _words()
    if words.label.match(inner) or _MARK.match(inner) or words.inner_label.match(inner) or _names_agency(inner):
        return caption[:start], inner
    square = opening == "[" and start > 0 and len(inner.split()) <= MAX_SQUARE
    slashed = _NAME_AND_AGENCY.match(inner) and len(inner.split()) <= 2 * MAX_SQUARE
    return (caption[:start], inner) if square or slashed or words.bare_label.match(inner) else None


def _part_label(caption: str) -> tuple[str, str] | None:
    """A labelled credit at the end: "… Image: Getty", "… CREDIT: Splash", "… Photo by Ann Lee/AP"."""
    for found in islice(_words().inner_label.finditer(caption), MAX_LABELS):
        before, credit = caption[: found.start()], caption[found.end() :]
        opens_sentence = not before.strip(" ([|/–—-") or before.rstrip()[-1] in ".!?…:;\"”’')]|/([–—-"
        if not credit or len(credit) > MAX_CREDIT or not (opens_sentence or found[0][0].isupper()):
            continue
        if before.count("(") > before.count(")"):
            before, credit = before[: before.rindex("(")], credit.rstrip(" .").removesuffix(")")
        stop = _STOP.search(credit)
        if stop is None or len(credit) - stop.end() <= MAX_AFTER_STOP:
            return before, credit
    return None


def _part_mark(caption: str) -> tuple[str, str] | None:
    """A credit after "©"."""
    found = _TAIL_MARK.search(caption)
    return (caption[: found.start()], caption[found.start() :]) if found and found.end() < len(caption) else None


def _part_bar(caption: str) -> tuple[str, str] | None:
    """A credit after a bar, a dot or two slashes: "… | Getty Images"."""
    bars = list(_BAR.finditer(caption))
    if not bars or not is_credit(caption[bars[-1].end() :]):
        return None
    return caption[: bars[-1].start()], caption[bars[-1].end() :]


def _part_sentence(caption: str) -> tuple[str, str] | None:
    """An agency's name, or a name with an agency's, as the last words after a full stop."""
    cut = max((stop.end() for stop in _STOP.finditer(caption)), default=0)
    tail = caption[cut:] if cut else ""
    if not tail or len(tail.split()) > 8 or not _names_agency(tail):
        return None
    return caption[:cut], tail
