"""The people and organisations of one article, and where they are named."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from extractors.outlets import is_outlet
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import DATA

_MOST = 60  # bearers of one word of a name that are looked at; a bound for hostile text
_LONGEST = 5  # words of a name that a single word may stand for
_BACK = 40  # occurrences that "the nearest" may lie back


@cache
def name_words() -> Mapping[str, frozenset[str]]:
    """Give the word lists of `data/names.toml`."""
    data = tomllib.loads((DATA / "names.toml").read_text("utf-8"))
    return {key: frozenset(words.split()) for key, words in data.items()}


@dataclass(slots=True, eq=False)
class Person:
    """Somebody or something with a name."""

    name: str
    tokens: tuple[str, ...]
    count: int = 0
    titled: bool = False
    """Introduced by a title or a role at least once ("actress Kim Kaye")."""
    headlined: bool = False
    """Named in the headline or standfirst."""
    alone: int = 0
    """How often a part of the name stands alone."""
    articled: int = 0
    """How often an article stands before it ("the Velour House")."""
    spoke: bool = False
    """A quotation was given to this person."""
    places: list[Occurrence] = field(default_factory=list)
    """Where the blocks name this person, in order."""
    lower: tuple[str, ...] = ()
    """The words of the name in lower case."""
    noble: bool = False
    """True of "Prince Harry" and "Lady Gaga"."""

    def __post_init__(self) -> None:
        self.lower = tuple(map(str.lower, self.tokens))
        self.noble = len(self.tokens) > 1 and self.lower[0] in name_words()["noble"]


@dataclass(slots=True)
class Occurrence:
    """A name at a place: block (-1 for the headline and what else stands above), offset in the masked paragraph."""

    block: int
    start: int
    end: int
    tokens: tuple[str, ...]
    name: str
    """The tokens written as usual."""
    title: str = ""
    articled: bool = False
    person: Person | None = None


@dataclass(slots=True)
class Names:
    """Every name of one article."""

    occurrences: list[Occurrence] = field(default_factory=list)
    """Of the blocks, in order."""
    headline: list[Occurrence] = field(default_factory=list)
    """Known names in headline and standfirst, in order."""
    people: dict[str, Person] = field(default_factory=dict)
    by_token: dict[str, list[Person]] = field(default_factory=dict)
    """Whose name has a word, in lower case; in the order in which they were entered."""
    by_single: dict[str, list[Person]] = field(default_factory=dict)
    """For whom a word may stand alone: the first or last of the name, or "Harry" of "Prince Harry". Of the first
    bearers of very many."""
    blocks: dict[int, tuple[int, int]] = field(default_factory=dict)

    def in_block(self, block: int) -> Sequence[Occurrence]:
        """Give the names of one block, in order; of the headline for -1."""
        if block < 0:
            return self.headline
        first, last = self.blocks.get(block, (0, 0))
        return self.occurrences[first:last]

    def enter(self, name: str, tokens: tuple[str, ...]) -> Person:
        """Add somebody new under this name."""
        person = self.people[name] = Person(name, tokens)
        singles = _singles(person)
        for token in dict.fromkeys(person.lower):
            bearers = self.by_token.setdefault(token, [])
            bearers.append(person)
            if token in singles and len(bearers) <= _MOST:
                self.by_single.setdefault(token, []).append(person)
        return person

    def remove(self, person: Person) -> None:
        """Take out somebody who is another one."""
        del self.people[person.name]
        for bearers in (self.by_token, self.by_single):
            for token in dict.fromkeys(person.lower):
                if token in bearers:
                    bearers[token] = [other for other in bearers[token] if other is not person]

    def find(self, tokens: Sequence[str], block: int = 1 << 30, at: int = 0) -> Person | None:
        """Give the fullest name that these words stand for; of several the likeliest at this place."""
        wanted = tuple(map(str.lower, tokens))
        if len(wanted) == 1:
            fitting = self.by_single.get(wanted[0], [])
        else:
            bearers = (self.by_token.get(wanted[-1]) or self.by_token.get(wanted[0], [])) if wanted else []
            fitting = [person for person in bearers[:_MOST] if _holds(person, wanted)]
        if len(fitting) < 2:
            return fitting[0] if fitting else None
        if len(wanted) == 1:
            full = self._full_names_before(block, at)
            return max(fitting, key=lambda person: _rank_alone(person, wanted[0], full))
        return max(fitting, key=lambda person: _rank(person, wanted))

    def _full_names_before(self, block: int, at: int) -> dict[Person, int]:
        """The people of whom more than a single word stands not far before a place: the nearest occurrence of each."""
        place = bisect_left(self.occurrences, (block, at), key=lambda item: (item.block, item.start))
        first = max(0, place - _BACK + 1)
        return {
            item.person: index
            for index, item in enumerate(self.occurrences[first:place], first)
            if item.person is not None and len(item.tokens) > 1
        }


def _singles(person: Person) -> tuple[str, ...]:
    lower = person.lower
    if not 0 < len(lower) <= _LONGEST:
        return ()
    return (lower[0], lower[-1], lower[1]) if person.noble else (lower[0], lower[-1])


def _holds(person: Person, wanted: tuple[str, ...]) -> bool:
    lower = person.lower
    return len(lower) <= len(wanted) + 2 and all(token in lower for token in wanted)


def _rank(person: Person, wanted: tuple[str, ...]) -> tuple[int, ...]:
    lower = person.lower
    return (likeness(person) > 0, lower[: len(wanted)] == wanted, len(lower), person.count)


def _rank_alone(person: Person, word: str, full: Mapping[Person, int]) -> tuple[int, ...]:
    return (likeness(person) > 0, person.lower[-1] == word, person.count, full.get(person, -1), len(person.lower))


def likeness(person: Person) -> int:
    """How much a name looks like a person's: 0 not at all (a place, firm or work), 1 maybe, 2 surely."""
    if person.noble or person.spoke:
        return 2
    if not name_words()["platforms"].isdisjoint(person.lower):
        return 0
    if is_body(person) or is_outlet(person.name) or person.articled * 2 > person.count:
        return 0
    if person.titled or given_gender(person.tokens[0]) is not None:
        return 2
    if len(person.tokens) in (2, 3):
        return 2 if person.alone or person.headlined else 1
    return 0


def is_body(person: Person) -> bool:
    """Tell whether a name is that of a firm, band, station, place or the like by its words."""
    if len(person.tokens) == 1 and person.name.isupper():
        return True
    return not name_words()["not_people"].isdisjoint(person.lower)
