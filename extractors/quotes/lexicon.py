"""What is known of single words, one set of classes per language, read once from the data files."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from extractors.quotes.classes import (
    ADV,
    AUX,
    BASE,
    BE,
    CONJ,
    DET,
    ING,
    NOUN_PREP,
    NOUNISH,
    PAST,
    PREP,
    PRON,
    REL,
    ROLE,
    SAY,
    SUB,
    TIME,
    WEAK,
)

DATA = Path(__file__).with_name("data")
VERB_SECOND = frozenset(("de", "nl", "sv", "da", "no"))
"""Languages in which the subject follows the verb where anything else opens the sentence."""
ROMANCE = frozenset(("fr", "es", "it", "pt"))
ELIDING = frozenset(("fr", "it"))
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no")

Classes = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language."""

    language: str
    flags: Mapping[str, int]
    """Classes of a word in lower case, as a bit set."""
    people: Classes
    """anonymous, groups, representatives, documents, organisations, pairs, female, male, titles, roles."""
    works: Classes
    """nouns, announce: what stands beside the title of a work or a mere name."""
    follows: tuple[tuple[str, ...], ...]
    """Word sequences that the source follows ("according to")."""
    as_verbs: Mapping[str, frozenset[str]]
    """First word -> second words of phrases that mean "say" ("fired back")."""
    abbreviations: frozenset[str]
    first_words: frozenset[str]
    """First words of `follows`."""
    phrase_heads: frozenset[str]
    """First words of `follows` and of `as_verbs`."""
    speakers: frozenset[str]
    """Nouns for those who speak."""


@cache
def lexicon(language: str | None) -> Lexicon:
    """Give the words of a language; English where it has no file."""
    code = language if language in LANGUAGES else "en"
    data = tomllib.loads((DATA / f"{code}.toml").read_text("utf-8"))
    phrases = data["phrases"]
    as_verbs: dict[str, set[str]] = {}
    for phrase in phrases["as_verbs"]:
        first, _, second = phrase.partition(" ")
        as_verbs.setdefault(first, set()).add(second)
    return Lexicon(
        language=code,
        flags=_flags(data),
        people={name: frozenset(words.split()) for name, words in data["people"].items()},
        works={name: frozenset(words.split()) for name, words in data["titles_of_works"].items()},
        follows=tuple(tuple(phrase.split()) for phrase in phrases["source_follows"]),
        as_verbs={first: frozenset(seconds) for first, seconds in as_verbs.items()},
        abbreviations=frozenset(data["classes"]["abbreviations"].split()),
        first_words=frozenset(phrase.split()[0] for phrase in phrases["source_follows"]),
        phrase_heads=frozenset(phrase.split()[0] for phrase in (*phrases["source_follows"], *phrases["as_verbs"])),
        speakers=frozenset(word for words in data["people"].values() for word in words.split()),
    )


def _flags(data: Mapping[str, Any]) -> dict[str, int]:
    verbs, classes = data["verbs"], data["classes"]
    flags: dict[str, int] = {}

    def mark(words: Iterable[str], flag: int) -> None:
        for word in words:
            flags[word] = flags.get(word, 0) | flag

    for kind, finite in (("say", SAY), ("weak", WEAK)):
        for line in verbs[kind].split("\n"):
            if forms := inflect(line.split()):
                mark(forms[:1], BASE)
                mark(forms[1:3], finite)
                mark(forms[3:], ING)
    mark(verbs.get("say_forms", "").split(), SAY)
    mark(verbs.get("weak_forms", "").split(), WEAK)
    mark(verbs.get("participles", "").split(), ING)
    for name, flag in (
        ("subject_pronouns", PRON), ("auxiliaries", AUX), ("passive_auxiliaries", BE), ("adverbs", ADV),
        ("determiners", DET), ("prepositions", PREP), ("noun_prepositions", NOUN_PREP | PREP), ("conjunctions", CONJ),
        ("subordinators", SUB), ("relatives", REL), ("past_verbs", PAST), ("noun_like", NOUNISH), ("times", TIME),
    ):  # fmt: skip
        mark(classes[name].split(), flag)
    for words in data["people"].values():
        known = [word for word in words.split() if not flags.get(word, 0) & (PRON | DET)]
        mark(known, ROLE)
        mark((word + "s" for word in known), ROLE)
    return flags


def inflect(forms: Sequence[str]) -> list[str]:
    """Give base, third person, past and participle of an English verb; irregular ones come with all four."""
    if len(forms) != 1:
        return list(forms)
    base = forms[0]
    if base.endswith("e"):
        return [base, base + "s", base + "d", base[:-1] + "ing"]
    if base.endswith("y") and base[-2] not in "aeou":
        return [base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"]
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x")) else "s")
    return [base, third, base + "ed", base + "ing"]


@cache
def word_set(name: str) -> frozenset[str]:
    """Give one of the sets of `data/words.toml`."""
    return frozenset(_word_sets()[name].split())


@cache
def _word_sets() -> dict[str, str]:
    return tomllib.loads((DATA / "words.toml").read_text("utf-8"))
