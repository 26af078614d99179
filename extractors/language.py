"""The language of the article."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from extractors.document import Document
from extractors.found import Found

_TAG = re.compile(r"\s*([a-zA-Z]{2,3})(?:[-_]|\s*$)")
_WORD = re.compile(r"[^\W\d_]+")
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro"}  # retired codes (ISO 639-1, in the IANA subtag registry)
_SAMPLE = 4000  # characters that vote
_GLANCE = 1000  # characters that suffice to see that a declaration is right
_SCRIPT_SHARE = 0.3  # of the letters, for a script to decide
_LEAST = 0.12  # share of function words below which a vote says nothing
_AHEAD = 1.3  # how far the first must be ahead of the second to be believed without a declaration
_AGAINST = 3.0  # and ahead of the declared language to overrule it
_OWN_WORDS = 2  # words that only one of two near kin has, to tell them apart
_FEW = 30  # words: fewer overrule nothing


class _Lists(NamedTuple):
    words: Mapping[str, frozenset[str]]
    scripts: Mapping[str, re.Pattern[str]]


@cache
def _lists() -> _Lists:
    data = tomllib.loads(Path(__file__).with_name("languages.toml").read_text(encoding="utf-8"))
    return _Lists(
        {code: frozenset(words.split()) for code, words in data["words"].items()},
        {code: re.compile(f"[{block}]") for code, block in data["scripts"].items()},
    )


def find_language(document: Document, text: str) -> Found[str | None]:
    """Find the language as its primary subtag: what the page declares, unless its text is plainly in another."""
    declared = _declared(document)
    if declared.value is None:
        guess = language_of(text)
        return Found(guess, "text") if guess else Found(None)
    if declared.value not in _lists().words or _share(text[:_GLANCE], declared.value) >= _LEAST:
        return declared
    votes = _votes(text[:_SAMPLE])
    best = max(votes, key=votes.__getitem__, default=None)
    if best and len(text.split(None, _FEW)) > _FEW and votes[best] >= _LEAST:
        return Found(best, "text") if votes[best] > _AGAINST * votes.get(declared.value, 0.0) else declared
    return declared


def _share(text: str, code: str) -> float:
    """The share of a text's words that are among the commonest of one language."""
    common, words = _lists().words[code], _WORD.findall(text.lower())
    return sum(map(common.__contains__, words)) / len(words) if words else 0.0


def language_of(text: str) -> str | None:
    """Give the language that a text's commonest words, or its letters, tell; None where they do not."""
    votes = _votes(text[:_SAMPLE])
    return _guess(votes) or _of_near_kin(text[:_SAMPLE], votes)


def _of_near_kin(text: str, votes: Mapping[str, float]) -> str | None:
    """Of the two languages that are ahead, and share most of their words, the one whose own words stand there."""
    ranked = sorted(votes, key=votes.__getitem__, reverse=True)
    if len(ranked) < 2 or votes[ranked[0]] < _LEAST:
        return None
    words, lists = _WORD.findall(text.lower()), _lists().words
    first, second = (lists[code] for code in ranked[:2])
    own = sum(1 for word in words if word in first - second), sum(1 for word in words if word in second - first)
    if max(own) < _OWN_WORDS or max(own) < 2 * min(own):
        return None
    return ranked[0] if own[0] > own[1] else ranked[1]


def _declared(document: Document) -> Found[str | None]:
    root = document.tree
    body = next(root.iterchildren("body"), None)
    in_json = document.news.get("inLanguage")
    if isinstance(in_json, dict):
        in_json = in_json.get("alternateName") or in_json.get("name")
    sources = (
        ("html lang", root.get("lang") or root.get("xml:lang")),
        ("html lang", body.get("lang") if body is not None else None),
        ("json-ld", in_json),
        ("meta", document.first_meta("content-language", "og:locale", "language", "dc.language", "dcterms.language")),
        ("rules", document.rules.language),
    )
    for source, value in sources:
        found = _TAG.match(value) if isinstance(value, str) else None
        if found:
            code = found.group(1).lower()
            return Found(_RENAMED.get(code, code), source)
    return Found(None)


def _votes(text: str) -> dict[str, float]:
    """For each language the share of the text's words that are among its commonest."""
    lists = _lists()
    if not text.isascii():
        letters = sum(1 for character in text if character.isalpha()) or 1
        for code, pattern in lists.scripts.items():
            if len(pattern.findall(text)) / letters > _SCRIPT_SHARE:
                return {code: 1.0}
    words = Counter(_WORD.findall(text.lower()))
    total = sum(words.values())
    if not total:
        return {}
    return {code: sum(map(words.__getitem__, common & words.keys())) / total for code, common in lists.words.items()}


def _guess(votes: Mapping[str, float]) -> str | None:
    """The language far enough ahead of all others."""
    ranked = sorted(votes, key=votes.__getitem__, reverse=True)
    if not ranked or votes[ranked[0]] < _LEAST:
        return None
    return ranked[0] if len(ranked) == 1 or votes[ranked[0]] > _AHEAD * votes[ranked[1]] else None
