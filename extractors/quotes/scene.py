"""What a resolver knows of one article: the masked text, its names, who has spoken, who is the subject of what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractors.article import SpeakerKind
from extractors.quotes.classes import AUX, PAST, SAY, WEAK
from extractors.quotes.context import Context
from extractors.quotes.frame import Bound, mask, sentence_bounds
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import Lexicon
from extractors.quotes.names import gather
from extractors.quotes.people import Names, Occurrence, Person, likeness
from extractors.quotes.span import Span

BACK = 6  # blocks that an antecedent may lie back
_THIRD = re.compile(
    r"\b(?:(she|her|herself|hers|sie|ihre?[rmns]?|elle|ella|lei|ela|zij|hon|hun)"
    r"|he|his|him|himself|er|seine?[rmns]?|ihm|il|él|lui|ele|hij|han)\b"
)
_CAPITAL = re.compile(r"\s[A-ZÀ-ÖØ-Þ]")
_AFTER = 120  # characters after a name in which a pronoun tells the gender
_PLACES = 12  # occurrences of a name that are asked for it
_NEXT_WORD = re.compile(r",?\s([a-zß-ÿ]+)")
_HEAD = 16  # characters from the start of a sentence within which a name is its subject
_MANY = 80  # names of a block that are looked at; a bound for hostile text


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody to whom quotations are given."""

    names: tuple[str, ...]
    kind: SpeakerKind
    principal: str | None = None
    people: tuple[Person, ...] = ()

    @property
    def label(self) -> str:
        """The names joined as the record has them."""
        return " and ".join(self.names)


class Scene:
    """One article, and what has been said in it so far; all that is costly is gathered on the first use."""

    def __init__(
        self, paragraphs: Sequence[str], spans: Sequence[Sequence[Span]], context: Context, lexicon: Lexicon
    ) -> None:
        self.paragraphs = paragraphs
        self.spans = spans
        self.context = context
        self.lexicon = lexicon
        self.last: Speaker | None = None
        """Who spoke last."""
        self.last_place = (-1, 0)
        self.described: dict[str, Speaker] = {}
        """By head noun those whom a description brought in ("an insider")."""
        self._genders: dict[str, str] = {}
        self._bounds: dict[int, list[Bound]] = {}

    @cached_property
    def masked(self) -> list[str]:
        """The paragraphs with their quotations masked."""
        return [mask(text, spans) for text, spans in zip(self.paragraphs, self.spans, strict=True)]

    @cached_property
    def names(self) -> Names:
        """The names of the article and of what stands around it."""
        context = self.context
        headlines = [text for text in (context.headline, context.dek) if text]
        return gather(enumerate(self.masked), headlines, (*context.tags, *context.captions), self.lexicon)

    def hear(self, speaker: Speaker, block: int, at: int) -> None:
        """Note that this speaker is named here."""
        self.last, self.last_place = speaker, (block, at)
        for person in speaker.people:
            person.spoke = person.spoke or speaker.kind == "person"

    def carry(self, speaker: Speaker, block: int) -> None:
        """Note that the last speaker still speaks in this block."""
        if speaker is self.last and block > self.last_place[0]:
            self.last_place = (block, 0)

    def one(self, person: Person) -> Speaker:
        """Give a single person as speaker, under the fullest name."""
        full = self.names.find(person.tokens) or person
        return Speaker((full.name,), "person", None, (full,))

    # --- places --------------------------------------------------------------------------------------------------

    def sentences(self, block: int) -> list[Bound]:
        """Give start and end of each sentence of a masked block."""
        found = self._bounds.get(block)
        if found is None:
            found = self._bounds[block] = sentence_bounds(self.masked[block], self.lexicon.abbreviations)
        return found

    def sentences_before(self, block: int, limit: int, most: int) -> list[Bound]:
        """Give the last sentences of a block that start before an offset, in order."""
        bounds = self.sentences(block)
        count = bisect_right(bounds, limit - 1, key=lambda bound: bound[0])
        return bounds[max(0, count - most) : count]

    def names_before(self, block: int, at: int) -> list[Occurrence]:
        """Give the names of a block that stand before an offset, in order; the last of very many."""
        items = self.names.in_block(block)
        count = bisect_right(items, at - 1, key=lambda item: item.start)
        return list(items[max(0, count - _MANY) : count])

    def backwards(self, block: int, at: int) -> Iterator[Occurrence]:
        """Give the names before a place, the nearest first, not far back; then those of the headline."""
        for where in range(block, max(-1, block - BACK), -1):
            yield from reversed(self.names_before(where, at if where == block else 1 << 30))
        yield from self.names.headline

    def between(self, start: tuple[int, int], stop: tuple[int, int]) -> Iterator[Occurrence]:
        """Give the names between two places, each a block and an offset."""
        for where in range(max(start[0], 0), stop[0] + 1):
            for item in self.names_before(where, stop[1] if where == stop[0] else 1 << 30):
                if where > start[0] or item.start > start[1]:
                    yield item

    def is_subject(self, item: Occurrence) -> bool:
        """Tell whether a name opens its sentence, or a verb follows it."""
        return self.subject_rank(item) > 0

    def subject_rank(self, item: Occurrence) -> int:
        """Give 2 for a name that opens its sentence, 1 for one that a verb follows, else 0."""
        if item.block < 0 or self.is_possessive(item):
            return 0
        bounds = self.sentences(item.block)
        start = bounds[max(0, bisect_right(bounds, item.start, key=lambda bound: bound[0]) - 1)][0]
        if item.start - start < _HEAD:
            return 2
        following = _NEXT_WORD.match(self.masked[item.block], item.end)
        if following is None:
            return 0
        flags = self.lexicon.flags.get(following[1])
        if flags is None:
            return int(not following[1].endswith("ing"))
        return int(bool(flags & (AUX | SAY | PAST | WEAK)))

    def is_possessive(self, item: Occurrence) -> bool:
        """Tell whether a name stands in the genitive ("Kim's")."""
        return item.block >= 0 and self.masked[item.block][item.end - 2 : item.end] in ("'s", "’s", "s’", "s'")

    # --- gender --------------------------------------------------------------------------------------------------

    def may_be(self, person: Person, gender: str) -> bool:
        """Tell whether a name may be that of a person of this gender ("": any)."""
        return likeness(person) > 0 and (not gender or self.gender(person) in ("", gender))

    def gender(self, person: Person) -> str:
        """Give "f", "m" or "" (not known): what the text shows, else what the given name mostly is."""
        known = self._genders.get(person.name)
        if known is None:
            known = self._genders[person.name] = self._tell_gender(person)
        return known

    def learn_gender(self, person: Person, gender: str) -> None:
        """Keep what a pronoun or a description has shown of somebody of whom nothing was known."""
        if gender and not self._genders.get(person.name):
            self._genders[person.name] = gender

    def _tell_gender(self, person: Person) -> str:
        people = self.lexicon.people
        titles = [item.title for item in person.places if item.title]
        if person.noble:
            titles.insert(0, person.lower[0])
        for title in titles:
            if title in people["female"]:
                return "f"
            if title in people["male"]:
                return "m"
        if name := given_gender(person.tokens[0]):
            return name
        score = 0
        for item in person.places[:_PLACES]:
            score += self._pronoun_after(item)
        return "f" if score > 0 else "m" if score < 0 else ""

    def _pronoun_after(self, item: Occurrence) -> int:
        """1 where the first pronoun after a name is hers, -1 where his; 0 where another name comes first."""
        after = self.masked[item.block][item.end : item.end + _AFTER]
        other = _CAPITAL.search(after)
        match = _THIRD.search(after, 0, other.start() if other else len(after))
        return 0 if match is None else 1 if match[1] else -1
