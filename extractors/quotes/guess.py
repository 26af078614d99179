"""The language of a text, told by its commonest words."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

from extractors.quotes.lexicon import DATA, LANGUAGES


@cache
def common_words() -> Mapping[str, frozenset[str]]:
    """Give for each language the words by which it is told."""
    loaded = {code: tomllib.loads((DATA / f"{code}.toml").read_text("utf-8")) for code in LANGUAGES}
    return {code: frozenset(data["common"].split()) for code, data in loaded.items()}


def guess_language(paragraphs: Sequence[str]) -> str:
    """Tell the language of a text by its commonest words; English where nothing speaks for another."""
    sample: list[str] = []
    for paragraph in paragraphs:
        sample += paragraph[:400].lower().split()
        if len(sample) > 150:
            break
    english = common_words()["en"]
    hits = sum(word in english for word in sample)
    if hits * 8 > len(sample) or not sample:
        return "en"
    counts = {code: sum(word in words for word in sample) for code, words in common_words().items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] > hits else "en"
