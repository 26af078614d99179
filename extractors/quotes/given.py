"""Given names: which words are some, and what gender their bearers mostly have."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from extractors.quotes.lexicon import DATA


@cache
def given_names() -> Mapping[str, str]:
    """Give for each given name "f", "m" or "" (either)."""
    data = tomllib.loads((DATA / "given_names.toml").read_text("utf-8"))
    return {
        name: gender for gender, key in (("f", "female"), ("m", "male"), ("", "either")) for name in data[key].split()
    }


@lru_cache(maxsize=1 << 14)
def given_gender(name: str) -> str | None:
    """Give the gender that a given name mostly has ("" for either), accents left aside; None where it is none."""
    known = given_names()
    if name in known:
        return known[name]
    capitalised = name.capitalize()
    if capitalised in known:
        return known[capitalised]
    if name.isascii():
        return None
    plain = "".join(char for char in unicodedata.normalize("NFD", capitalised) if not unicodedata.combining(char))
    return known.get(plain)
