"""Pasted text cut into units: a paragraph, list item, heading or quotation each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors.dates.words import months_of
from extractors.whitespace import squash

UnitKind = Literal["text", "heading", "list_item", "block_quote"]

_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_BOLD = re.compile(r"(\*\*|__)([^*_]{1,120})\1$")
_BULLET = re.compile(r"(?:[-*•◦‣▪●]|\d{1,3}[.)])\s+(?=\S)")
_QUOTED = re.compile(r">+\s?")
_EMPHASIS = re.compile(r"(?<!\w)(\*\*|__|\*|_)(?=\S)([^*_]{1,200})(?<=\S)\1(?!\w)")
_RULE = re.compile(r"[-*_=~•.\s]{3,}$")
_ENDED = re.compile(r"[.!?…:][\"'”’»)\]]*$")
_INDENT = 2
"""Spaces that make a list item one of the next level."""
_WRAP = (45, 100)
"""Characters of the lines of a text that was wrapped by hand or by a mail program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One line, or several that a wrapped paragraph was cut into."""

    text: str
    """White space collapsed; never empty."""
    kind: UnitKind = "text"
    level: int | None = None
    """Of a heading or list item."""
    apart: bool = True
    """Whether a blank line stands before it."""


def units_of(text: str) -> list[Unit]:
    """Cut a text; lines that were wrapped are joined again, marks of Markdown are read and taken off."""
    units: list[Unit] = []
    for group in _groups(_BREAKS.sub("\n", text)):
        lines = [squash(line) for line in group]
        if _is_wrapped(lines):
            units.append(Unit(text=" ".join(lines)))
        else:
            units.extend(
                _unit(raw, line, apart=index == 0) for index, (raw, line) in enumerate(zip(group, lines, strict=True))
            )
    return units


def _groups(text: str) -> Iterator[list[str]]:
    """Lines between blank ones; rules of hyphens and stars count as blank."""
    group: list[str] = []
    for line in text.split("\n"):
        if squash(line) and not _RULE.fullmatch(line[:200]):
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a group are one paragraph: alike in length and cut in the middle of sentences."""
    shortest, longest = _WRAP
    if len(lines) < 2 or any(_BULLET.match(line) or _HEADING.match(line) or _QUOTED.match(line) for line in lines):
        return False
    if any(len(line) > longest for line in lines) or any(len(line) < shortest for line in lines[:-1]):
        return False
    cut = sum(not _ENDED.search(line) for line in lines[:-1])
    return 2 * cut >= len(lines) - 1 and bool(_ENDED.search(lines[-1]))


def _unit(raw: str, line: str, *, apart: bool) -> Unit:
    if heading := _HEADING.match(line):
        return Unit(text=plain_words(heading[2]), kind="heading", level=len(heading[1]), apart=apart)
    if bold := _BOLD.fullmatch(line):
        return Unit(text=bold[2].strip(), kind="heading", level=2, apart=apart)
    if (quoted := _QUOTED.match(line)) and quoted.end() < len(line):
        return Unit(text=line[quoted.end() :], kind="block_quote", apart=apart)
    if (bullet := _BULLET.match(line)) and not _is_day(line, bullet):
        indent = len(raw.expandtabs(4)) - len(raw.expandtabs(4).lstrip())
        return Unit(text=line[bullet.end() :], kind="list_item", level=1 + min(indent // _INDENT, 5), apart=apart)
    return Unit(text=line, apart=apart)


def _is_day(line: str, bullet: re.Match[str]) -> bool:
    """Whether the number is the day of a date ("20. November 2026")."""
    following = line[bullet.end() :].split(maxsplit=1)[0].lower().rstrip(".,")
    return bullet[0][0].isdigit() and following in months_of(None)


def plain_words(text: str) -> str:
    """Take Markdown's emphasis off a line."""
    return _EMPHASIS.sub(r"\2", text)
