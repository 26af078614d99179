"""Who an article is about: people who are quoted, tagged, named in the headline, or named more than once."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from extractors.article import Article
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import Lexicon, lexicon
from extractors.quotes.names import clean_name, gather, spell
from extractors.quotes.people import Names, Person, is_body, likeness, name_words

_KINDS = ("person", "representative")
_MARKS = "‘’“”'\"„»«"
_ALONE = 2
"""Times that the surname of a name of which nothing else is known stands alone in a person's case; a tag counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Somebody in an article, or something else with a name."""

    name: str
    """The fullest form in the article: without title, role and genitive."""
    quotes: int = 0
    """Spans with this speaker."""
    mentions: int = 0
    """Of the name, or of a part that stands for it, in headline, standfirst and body."""
    in_headline: bool = False
    tagged: bool = False


@dataclass(frozen=True, slots=True)
class Cast:
    """The names of an article."""

    people: tuple[Named, ...]
    """Most quoted first, then most mentioned, then in the order of the alphabet."""
    others: tuple[Named, ...]
    """Places, firms, works, and people of whom nothing shows that they are some."""


def find_people(article: Article) -> Cast:
    """Find who is named in an article; a pure function of the record."""
    words = lexicon(article.language)
    around = [text for text in (article.headline, article.dek) if text]
    names = gather(enumerate(block.text for block in article.body), around, article.tags, words)
    quotes = _quotes(article, names, words)
    headline = article.headline or ""
    tagged = {fold(tag) for tag in article.tags}
    fullest = {person: names.find(person.tokens) or person for person in names.people.values()}
    counts: dict[Person, int] = {}
    forms: dict[Person, set[str]] = {}
    for person, full in fullest.items():
        counts[full] = counts.get(full, 0) + person.count
        forms.setdefault(full, {fold(full.name)}).add(fold(person.name))
    headed = {
        fullest.get(item.person, item.person)
        for item in names.headline
        if item.person and headline[item.start : item.end].lower().startswith(item.person.lower)
    }
    people: list[Named] = []
    others: list[Named] = []
    for full, count in counts.items():
        is_tag = not tagged.isdisjoint(forms[full])
        found = Named(
            name=full.name,
            quotes=quotes.get(full.name, 0),
            mentions=count - is_tag,
            in_headline=full in headed,
            tagged=is_tag,
        )
        told = found.quotes or found.tagged or found.in_headline or found.mentions > 1
        (people if told and _is_person(full, found, article) else others).append(found)
    return Cast(tuple(sorted(people, key=_order)), tuple(sorted(others, key=_order)))


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Give the form in which two writings of a name are compared: lower case, no accents, marks, "Jr" or titles.

    Titles that are part of a name stay ("Prince Harry", "Lady Gaga"), except those that a bearer may go without.
    """
    if name.isascii():
        words = name.lower().translate(_ASCII).split()
    else:
        plain = "".join(
            char for char in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(char)
        )
        words = "".join(map(_letter, plain)).split()
    while len(words) > 2 and words[0] in _HONOURS:
        del words[0]
    while len(words) > 2 and words[-1] in name_words()["suffixes"]:
        del words[-1]
    return " ".join(words)


def _letter(char: str) -> str:
    return char if char.isalnum() else "" if char in "'’.`´" else " "


_ASCII = {code: _letter(chr(code)) for code in range(128)}
_HONOURS = frozenset({"sir", "dame", "dr", "mr", "mrs", "ms", "miss", "dj", "lord"})


def _order(found: Named) -> tuple[int, int, str]:
    return -found.quotes, -found.mentions, found.name


def _quotes(article: Article, names: Names, words: Lexicon) -> dict[str, int]:
    """Count the quotations of each person under the fullest name; somebody who speaks is a person."""
    counts: dict[str, int] = {}
    for quote in article.quotes:
        if quote.speaker_kind != "person":
            continue
        for speaker in quote.speakers:
            cleaned = clean_name(speaker, words)
            tokens = cleaned[1] if cleaned else tuple(speaker.split())
            person = names.find(tokens) or names.enter(spell(tokens), tokens)
            person.spoke = True
            counts[person.name] = counts.get(person.name, 0) + 1
    return counts


def _is_person(person: Person, found: Named, article: Article) -> bool:
    if len(person.tokens) == 1 and given_gender(person.name) is None:
        return bool(found.quotes) and not _is_word(person.name, article.text)
    if found.quotes or person.noble:
        return True
    if likeness(person) == 0 or is_body(person) or len(person.tokens) < 2:
        return False
    if not person.places and not found.tagged:
        return False
    headline = article.headline or ""
    at = headline.find(person.name)
    if at > 0 and headline[at - 1] in _MARKS and headline[at + len(person.name) :][:1] in tuple(_MARKS):
        return False
    return given_gender(person.tokens[0]) is not None or person.titled or person.alone + found.tagged >= _ALONE


def _is_word(name: str, text: str) -> bool:
    """Whether the text has a name of one word in lower case too: "Remember", "Having"."""
    return re.search(rf"\b{re.escape(name.lower())}\b", text) is not None
