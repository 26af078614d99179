"""From a printed byline to names, one by one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from extractors.article import AuthorKind
from extractors.whitespace import squash

_LONGEST_NAME = 6  # words of a person's name
_LONGEST_TEAM = 7  # words of an organisation's
_MOST_NAMES = 12
_CHARACTERS = 600  # of a byline that are read
_STRONG_BREAK = re.compile(r"\s*[|•·●/►»]\s*|\s+[–—-]\s+|\s{3,}|\(|\)|\[|\]|:\s")
_HANDLE = re.compile(r"(?:^|\s)@\w+|\S+@\S+\.\S+|https?://\S+")
_DATE = re.compile(r"\d")
_DATE_THEN_BY = re.compile(r"[^\d]{0,40}+\d.{0,40}?\s(?:by|By|von|par|por|door|av|af)\s+(?=[A-ZÀ-Þ])")
_DATE_WORD = re.compile(r"\S*\d")
EDGES = " \t,.;:-–—|•·*\"'“”„"
"""What may stand around a name and is no part of it."""
_LETTERS_AFTER = re.compile(r"^[A-Z][A-Z.-]{1,5}$")
_INITIAL = re.compile(r"^(?:[^\W\d_]\.)+$|^[^\W\d_]$")


@cache
def words() -> Mapping[str, frozenset[str]]:
    """The words of `words.toml`, by list."""
    data = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {name: frozenset(values) for name, values in data.items()}


class _Patterns(NamedTuple):
    by: re.Pattern[str]
    others: re.Pattern[str]
    cut: re.Pattern[str]
    parting: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    def either(name: str) -> str:
        return "|".join(re.escape(word) for word in sorted(words()[name], key=len, reverse=True))

    return _Patterns(
        by=re.compile(rf"^(?:(?i:{either('before_by')})\s+)?(?i:{either('by')})(?:\s*:\s*|\s+|(?=[A-Z][a-z]))"),
        others=re.compile(rf"(?:^|\W)(?i:{either('others')})\s(?:\S+\s){{0,2}}?(?i:by|von|par|por)\b"),
        cut=re.compile(rf"(?:^|\s)(?i:{either('cut')})(?=\s|:|$)"),
        parting=re.compile(rf"\s*[,;]\s*(?:(?i:{either('and')})\s+)?|\s+(?i:{either('and')})\s+|\s*[&+]\s*"),
    )


class Person(NamedTuple):
    """One name of a byline."""

    name: str
    kind: AuthorKind


def says_by(text: str) -> bool:
    """Whether a line begins as a byline does: "By …", "Von …", "Written by …", "Published 3 May by …"."""
    return bool(_patterns().by.match(text) or _DATE_THEN_BY.match(text))


def until_others(text: str) -> str:
    """The text up to the point where it names an editor, fact-checker or translator."""
    found = _patterns().others.search(text)
    return text[: found.start()] if found else text


def read_byline(text: str) -> list[Person]:
    """Give the people and organisations that a byline names, without roles, places, dates, handles and doubles.

    An organisation after a person is where that person works and is left out, unless "and" joins the two.
    """
    return list(_read(squash(text)[:_CHARACTERS]))


@lru_cache(maxsize=1 << 10)
def _read(text: str) -> tuple[Person, ...]:
    """The same of a tidy line; JSON-LD, meta tags and print mostly have the same one."""
    text = without_by(_HANDLE.sub(" | ", text))
    for piece in _STRONG_BREAK.split(text):
        if found := _read_piece(without_by(piece.strip(EDGES))):
            once = {person.name.casefold(): person for person in reversed(found)}
            return tuple(once.values())[::-1][:_MOST_NAMES]
    return ()


def without_by(text: str) -> str:
    """The line without "By" and its like at the front, and without a date before it."""
    if dated := _DATE_THEN_BY.match(text):
        text = text[dated.end() :]
    while (found := _patterns().by.match(text)) and found.end() < len(text):
        text = text[found.end() :]
    return text


def _read_piece(piece: str) -> list[Person]:
    """Names of a piece without strong breaks.

    After a name an organisation is where that person works, unless "and" joins them; after a role only a full name
    that "and" joins counts.
    """
    names = _until_cut(piece)
    found: list[Person] = []
    role_seen = False
    for joined, part in _parts(names):
        person = _read_name(part)
        if person and (not found or _may_follow(found, person, part, joined=joined, role_seen=role_seen)):
            found.append(person)
        role_seen = role_seen or _has_role(part.split())
    dated = names != piece and _DATE.search(piece)
    return [] if dated and len(found) == 1 and " " not in found[0].name else found


def _parts(names: str) -> Iterator[tuple[bool, str]]:
    """What commas and "and" part, each with whether an "and" stands before it."""
    position, joined = 0, False
    for separator in _patterns().parting.finditer(names):
        yield joined, names[position : separator.start()].strip(EDGES)
        position, joined = separator.end(), separator.group().strip(" ,;") != ""
    yield joined, names[position:].strip(EDGES)


def _may_follow(found: list[Person], person: Person, part: str, *, joined: bool, role_seen: bool) -> bool:
    """Whether what a comma or an "and" parts from the names before is one more name."""
    if joined:
        return _is_full(person.name) or not role_seen
    alike = _is_full(person.name) or not _is_full(found[-1].name)
    plain = not _has_role(part.split()) and not _LETTERS_AFTER.match(part)
    return person.kind == "person" and alike and plain and not role_seen


def _is_full(name: str) -> bool:
    return " " in name


def _until_cut(piece: str) -> str:
    """The piece up to the place, employer or date that follows the names."""
    cut = _patterns().cut.search(piece)
    date = _DATE_WORD.search(piece)
    return piece[: min(cut.start() if cut else len(piece), date.start() if date else len(piece))]


def _read_name(part: str) -> Person | None:
    """One name, or None where the words are no name."""
    folded = part.casefold()
    if folded in words()["agencies"]:
        return Person(part, "organisation")
    tokens = part.split()
    while tokens and _is_credential(tokens[-1]):
        tokens.pop()
    if tokens and _has_role(tokens) and not _is_team(tokens):
        role = next(place for place, token in enumerate(tokens) if _folded(token) in words()["roles"])
        tokens = tokens[:role] if role >= 2 else []
    if not tokens:
        return None
    if _is_team(tokens):
        return Person(" ".join(tokens), "organisation") if len(tokens) <= _LONGEST_TEAM else None
    if _is_person(tokens):
        return Person(_in_small_letters(" ".join(tokens)), "person")
    return None


def _has_role(tokens: list[str]) -> bool:
    return any(_folded(token) in words()["roles"] for token in tokens)


def _folded(token: str) -> str:
    return token.casefold().strip(".,:;'’")


def _is_credential(token: str) -> bool:
    """Whether these are letters after a name ("RD", "Ph.D.") and no name ("Ma", "Do")."""
    return token.casefold() in words()["credentials"] and (
        token.isupper() or "." in token or token[1:].lower() != token[1:]
    )


def _is_team(tokens: list[str]) -> bool:
    return _folded(tokens[-1]) in words()["organisation"] and not tokens[0][:1].islower()


def _is_person(tokens: list[str]) -> bool:
    """Whether these words can be somebody's name: capitals, initials and particles, nothing else."""
    if len(tokens) > _LONGEST_NAME or not any(len(token) > 1 or token.lower() == token.upper() for token in tokens):
        return False
    if all(token.isalpha() and token.islower() for token in tokens):
        return len(tokens) == 2 and words()["never"].isdisjoint(tokens)
    for token in tokens:
        folded = _folded(token)
        if _INITIAL.match(token):
            continue
        if folded in words()["never"] or not _is_name_word(token):
            return False
        if token[0].islower() and (folded not in words()["particles"] or len(tokens) == 1):
            return False
    return True


def _is_name_word(token: str) -> bool:
    letters = sum(1 for letter in token if letter.isalpha())
    return letters >= 1 and letters + sum(token.count(mark) for mark in ".'’‘-‐®") == len(token)


def _in_small_letters(name: str) -> str:
    """A name that is all in capitals with only its first letters so; any other unchanged."""
    if not name.isupper() or all(_INITIAL.match(token) or len(token) < 3 for token in name.split()):
        return name
    return name.title().replace("’S", "’s").replace("'S", "'s")
