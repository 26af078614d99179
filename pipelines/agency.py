"""Whose copy an article prints: the news agency that its byline, dateline or last line credits."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

_LONGEST = 90
"""Characters of a line that can be a credit."""
_ENDS = 3
"""Blocks at the end among which a credit line may stand."""
_DATELINE = re.compile(r"^[A-ZÀ-Þ][\w .,’'/-]{1,40}?\s?\((?P<name>[^()]{2,40})\)\s*[—–:-]")
_CREDIT = re.compile(
    r"^[\s—–(\[*-]*(?:(?:©|\(c\)|copyright)(?:\s\d{4})?|(?:additional |with )?reporting by|(?:words|text|story|source|"
    r"quelle|fuente|fonte|bron|by|from|von|via|credit)(?:\sby)?\s?:?)?\s*(?P<name>[^\n]{2,60}?)[\s.)\]*]*"
    r"(?:\d{4})?(?:all rights reserved\.?)?$",
    re.I,
)
_LAST_BRACKET = re.compile(r"[(—–]\s?(?P<name>[^()—–]{2,40})\)?[\s.]*$")


@cache
def agencies() -> Mapping[str, str]:
    """Give for each form in which an agency is credited its usual name; capitals as they stand."""
    data = tomllib.loads(Path(__file__).with_name("agencies.toml").read_text("utf-8"))
    return {form: usual for usual, forms in data["forms"].items() for form in forms}


def credited_agency(authors: Sequence[str], paragraphs: Sequence[str]) -> str | None:
    """Give the agency that an article credits, or None.

    A credit is a name in the byline ("PA Media"), a dateline ("LONDON (AP) —"), or a short line or closing bracket at
    the end ("Reporting by Reuters", "(dpa)"). An agency named in a sentence or under a picture is none.

    Args:
        authors: the byline's names.
        paragraphs: the texts of the blocks, in order.
    """
    for author in authors:
        for part in re.split(r"\s?[/,|&]\s?|\sand\s|\sund\s", author):
            if found := agencies().get(part.strip()):
                return found
        if found := agencies().get(author.strip()):
            return found
    if paragraphs and (dateline := _DATELINE.match(paragraphs[0])) and (found := _known(dateline["name"])):
        return found
    for text in reversed(paragraphs[-_ENDS:]):
        if len(text) <= _LONGEST and (line := _CREDIT.match(text)) and (found := _known(line["name"])):
            return found
        if (bracket := _LAST_BRACKET.search(text[-_LONGEST:])) and (found := _known(bracket["name"])):
            return found
    return None


def _known(name: str) -> str | None:
    for part in re.split(r"\s?[/,|&]\s?", name):
        if found := agencies().get(part.strip(" .")):
            return found
    return agencies().get(name.strip(" ."))
