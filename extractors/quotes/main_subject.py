"""The sentence's own subject: the first noun phrase after what introduces the sentence."""

from __future__ import annotations

from extractors.quotes.classes import (
    ADV,
    CAPITAL,
    COMMA,
    CONJ,
    DET,
    ING,
    MARK,
    PREP,
    PRON,
    QUOTE,
    ROLE,
    SUB,
    TIME,
)
from extractors.quotes.frame import COMMA_END, Clause
from extractors.quotes.lexicon import word_set
from extractors.quotes.noun_phrase import Range, noun_phrase_left, noun_phrase_right
from extractors.quotes.verbs import is_verb

_NOT_PARTICIPLES = word_set("not_participles")
_REACH = 60  # words that a parenthesis or an introduction may have; a bound for hostile text


def main_subject(clause: Clause, high: int) -> Range | None:
    """Find the sentence's own subject, left of `high`: the first noun phrase after what introduces the sentence."""
    index = _after_introduction(clause, high)
    if index >= high:
        return None
    if clause.flags[index] & (PREP | SUB) and not clause.flags[index] & DET and _begins_with_ing(clause, index + 1):
        return _after_phrase(clause, high) or _first_with_verb(clause, index + 1, high)
    if clause.flags[index] & ING or _begins_with_ing(clause, index):
        return _after_phrase(clause, high)
    found = noun_phrase_right(clause, index)
    if found and found[1] + 2 < high and clause.words[found[1] + 1] == ":":
        found = noun_phrase_right(clause, found[1] + 2) or found  # "Watch: Kim …"
    if found is None and clause.flags[index] & (PREP | SUB | ING):
        return _first_with_verb(clause, index + 1, high)
    return found if found is not None and found[1] < high else None


def _after_introduction(clause: Clause, high: int) -> int:
    """Skip "On Monday," and "Speaking in Dublin,"."""
    flags = clause.flags
    index = 0
    for _ in range(6):
        if index >= high:
            break
        flag = flags[index]
        if flag & (MARK | CONJ | QUOTE) or (flag & ADV and not flag & (DET | PRON)):
            index += 1
            continue
        introduces = bool(flag & (PREP | SUB | ING | TIME) and not flag & DET) or clause.words[index].isdigit()
        if flag & DET and any(flags[place] & TIME for place in range(index + 1, min(index + 4, high))):
            introduces = True  # "A few minutes later,"
        if not introduces and not _participle(clause.words[index]):
            break
        comma = next((place for place in range(index, min(high, index + _REACH)) if _ends_phrase(clause, place)), None)
        if comma is None:
            break
        index = comma + 1
        while (
            index + 2 < high
            and flags[index] & CAPITAL
            and flags[index + 1] & COMMA
            and flags[index + 2] & (PREP | TIME)
        ):
            index += 2  # "In Ames, Iowa, on Sunday,"
    return index


def _begins_with_ing(clause: Clause, index: int) -> bool:
    return index < len(clause) and clause.words[index].endswith("ing") and _participle(clause.words[index])


def _ends_phrase(clause: Clause, place: int) -> bool:
    return bool(clause.flags[place] & COMMA) or clause.words[place] == COMMA_END


def _after_phrase(clause: Clause, high: int) -> Range | None:
    """As in "Praising the 'kind' crowd, Kim …": the subject after the comma that ends the introduction."""
    flags = clause.flags
    for place in range(high, min(len(clause), high + _REACH)):
        if _ends_phrase(clause, place):
            found = noun_phrase_right(clause, place + 1) if place + 1 < len(clause) else None
            return found if found and flags[found[0]] & (PRON | CAPITAL | DET | ROLE) else None
    return None


def _first_with_verb(clause: Clause, low: int, high: int) -> Range | None:
    """The first pronoun, or name before a verb, of an introduction that no comma ends."""
    for place in range(low, min(high, low + _REACH)):
        flag = clause.flags[place]
        if flag & PRON or (flag & CAPITAL and place + 1 < high and is_verb(clause, place + 1)):
            return (place, place) if flag & PRON else noun_phrase_left(clause, place, low) or (place, place)
    return None


def _participle(word: str) -> bool:
    lower = word.lower()
    return len(lower) > 4 and lower.endswith(("ing", "ed")) and lower not in _NOT_PARTICIPLES
