"""Noun phrases in a sentence, to the left and to the right of a word, without a parse tree."""

from __future__ import annotations

from extractors.quotes.classes import (
    ADV,
    AUX,
    BASE,
    CAPITAL,
    CONJ,
    CUE,
    DET,
    ING,
    MARK,
    NOUN_PREP,
    NOUNISH,
    PAST,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    SAY,
    SUB,
    TIME,
    WEAK,
)
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import word_set
from extractors.quotes.verbs import is_verb, plain_past

Range = tuple[int, int]
"""First and last word of a phrase, both included."""

LINKS = word_set("links")
_PARTICLES = word_set("particles")
_TO = word_set("tied_by")
_FORMER = word_set("former")
_NAME_OF = frozenset(("of", "von", "de", "af", "av", "van"))
_TIED = word_set("tied")
_LONGEST = 40  # words that a phrase may have; a bound for hostile text


def noun_phrase_left(clause: Clause, last: int, low: int) -> Range | None:
    """Find the noun phrase that ends with this word: a name with titles, names joined, a description with "of …"."""
    flags = clause.flags
    if last < low or flags[last] & (MARK | QUOTE | CONJ) or (flags[last] & (SUB | PREP) and not flags[last] & DET):
        return None
    if plain_past(clause, last):
        return None
    low = max(low, last - _LONGEST)
    first = last
    while first > low:
        further = _step_left(clause, first, low, last)
        if further is None:
            break
        first = further
    while first < last and flags[first] & (CONJ | ADV | MARK) and not flags[first] & DET:
        first += 1
    return first, last


def _step_left(clause: Clause, first: int, low: int, last: int) -> int | None:
    """Give the new first word where the phrase reaches further left; None where it starts here."""
    flags, words = clause.flags, clause.words
    before = first - 1
    flag, current = flags[before], flags[first]
    if current & DET and not flag & (PREP | DET | CONJ):
        return None
    if words[before] == "first" and current & ROLE:
        return before  # "the first lady"
    if flag & DET and flag & SUB and (current & (CAPITAL | DET) or words[first].endswith("s")):
        return None  # "that Kim"
    if flag & (MARK | QUOTE):
        return _over_mark(clause, first, low)
    if flag & CONJ:
        linked = words[before].lower() in LINKS and _links(clause, before, low, last)
        return before - 1 if linked else None
    if flag & NOUN_PREP and before > low and noun_before(clause, before):
        return before - 1
    if words[before] in _TO and before - 1 > low and words[before - 1] in _TIED:
        return before - 1
    if flag & (PREP | SUB | PRON | ADV) and not flag & (DET | CAPITAL) and words[first] not in _TIED:
        return None
    if flag & CAPITAL and flag & (PREP | SUB | ADV | CONJ) and before == low:
        return None
    if flag & REL and not flag & DET:
        return None
    if plain_past(clause, before) and not current & CAPITAL:
        return None
    if is_verb(clause, before) or (flag & (ING | BASE) and not flag & NOUNISH and not current & CAPITAL):
        return None
    if flag & TIME and not flag & CAPITAL and not described(clause, before, low):
        return None
    return before


def _over_mark(clause: Clause, first: int, low: int) -> int | None:
    """Step over a nickname in a name, the stop of an initial, or a bracket ("Sen. Kim Kaye (R-Tex.)")."""
    flags, words = clause.flags, clause.words
    before = first - 1
    if flags[before] & QUOTE:
        if before == low:
            return None
        named = flags[before - 1] & flags[first] & CAPITAL
        return before if named or (flags[before - 1] & DET and flags[first] & ROLE) else None  # "the 'Rain' star"
    if words[before] == "." and flags[first] & CAPITAL and before > low:
        return before
    if words[before] == ")":
        for opened in range(before - 1, low, -1):
            if words[opened] == "(":
                return opened
    return None


def _links(clause: Clause, link: int, low: int, last: int) -> bool:
    """As in "Kim and Kay", "the actor and his wife": both sides are people, and no verb stands left of them."""
    flags = clause.flags
    if link - 1 < low or link + 1 > last:
        return False
    left, right = flags[link - 1], flags[link + 1]
    if left & right & (CAPITAL | ROLE):
        return True
    if left & (MARK | QUOTE | AUX | ADV | SAY | PREP | PRON):
        return False
    return bool(right & DET) or described(clause, link - 1, low)


def described(clause: Clause, index: int, low: int) -> bool:
    """Tell whether an article opens the phrase that ends here ("the senator and candidate")."""
    for place in range(index, max(low, index - 6) - 1, -1):
        flag = clause.flags[place]
        if flag & DET:
            return True
        if flag & (MARK | QUOTE | PREP | PRON | AUX | SAY | PAST) and not (flag & NOUN_PREP and place < index):
            return False
    return False


def noun_before(clause: Clause, preposition: int) -> bool:
    """Tell whether a noun stands before the preposition, so that it belongs to a noun phrase."""
    before = clause.flags[preposition - 1]
    if before & (MARK | QUOTE | PREP | CONJ | SUB | AUX | ADV | PRON | TIME | ING):
        return False
    return not is_verb(clause, preposition - 1)


def noun_phrase_right(clause: Clause, first: int, *, after_verb: bool = False) -> Range | None:
    """Find the noun phrase that starts with this word, up to a verb, a comma or a preposition that is not its own.

    Args:
        clause: the sentence.
        first: index of the first word.
        after_verb: its verb stands before it ("said the Harbour Theatre usher Kim Kaye"), so that none follows.
    """
    flags = clause.flags
    size = len(clause)
    while first < size and flags[first] & ADV and not flags[first] & (DET | CAPITAL):
        first += 1
    if first >= size or flags[first] & (MARK | QUOTE | CONJ):
        return None
    if flags[first] & (AUX | PAST | ING) and not flags[first] & (DET | PRON | CAPITAL):
        return None
    if flags[first] & (SUB | PREP) and not flags[first] & DET:
        return None
    if flags[first] & PRON and not flags[first] & DET:
        return first, first
    last = first
    named = bool(flags[first] & CAPITAL) and not flags[first] & DET and clause.words[first] not in _FORMER
    size = min(size, first + _LONGEST)
    while last + 1 < size:
        flag = flags[last + 1]
        if flag & REL and not flag & DET:
            if not named:
                last = _end_of_relative(clause, last + 1)
            break
        if not _goes_on(clause, first, last, named=named, after_verb=after_verb):
            break
        named = named or bool(flag & CAPITAL)
        last += 1
    while last > first and flags[last] & (PREP | CONJ | DET | MARK) and not flags[last] & CAPITAL:
        last -= 1
    if last > first + 1 and _begins_participle(clause, last):
        last -= 1  # "a complaint filed by"
    return first, last


def _ing(clause: Clause, index: int) -> bool:
    """Tell whether an -ing form of no known class stands here, which a preposition does not join to a noun."""
    return index < len(clause) and not clause.flags[index] and clause.words[index].endswith("ing")


def _begins_participle(clause: Clause, index: int) -> bool:
    """Tell whether a phrase ends with a participle whose agent follows."""
    if clause.flags[index] & (CAPITAL | ROLE) or not clause.words[index].endswith("ed"):
        return False
    return clause.words[index + 1 : index + 2] == ["by"]


def _goes_on(clause: Clause, first: int, last: int, *, named: bool, after_verb: bool) -> bool:
    """Tell whether the phrase takes in the word after `last`."""
    flags, words = clause.flags, clause.words
    following = last + 1
    flag, word = flags[following], words[following]
    beyond = flags[following + 1] if following + 1 < len(clause) else MARK
    if flag & CAPITAL:
        if clause.in_title_case and flag & (AUX | SAY | WEAK | PAST | PREP | SUB) and not flag & (NOUNISH | NOUN_PREP):
            return False
        return not (flag & TIME and not flags[last] & DET)
    if flag & QUOTE:
        return bool((flags[last] & CAPITAL and beyond & CAPITAL) or (flags[last] & DET and beyond & ROLE))
    if flag & MARK:
        return word == "." and bool(beyond & CAPITAL) and len(words[last]) < 5
    if flag & CONJ:
        if word not in LINKS or not beyond & (CAPITAL | DET) or beyond & PRON:
            return False
        return bool(flags[last] & (CAPITAL | ROLE) or beyond & DET)
    if flag & NOUN_PREP and not beyond & (PRON | TIME | QUOTE | MARK | ING) and not _ing(clause, following + 1):
        described_by_noun = (
            clause.verb_second and flags[first] & DET
        )  # "ein Freund des Paares": all nouns have capitals
        return not (named and flags[last] & CAPITAL) or word in _NAME_OF or bool(described_by_noun)
    if word == "first" and beyond & ROLE:
        return True  # "the first lady"
    if word in _TIED and flag == 0 and not named:
        return True
    if flag & (PREP | SUB | ADV | PRON | TIME) and not flag & DET:
        return word in _TO and words[last] in _TIED
    if flag & DET:
        return bool(flags[last] & (PREP | CONJ)) or (last == first and bool(flags[last] & DET))
    if after_verb and not flag & AUX:
        return not (named and flags[last] & CAPITAL and flag & (CUE | PAST))
    if named and not flags[last] & (PREP | DET | CONJ) and word not in _PARTICLES:
        role = flag & ROLE or (beyond & (CAPITAL | ROLE) and not flag & CUE and last == first)
        return bool(role) and last <= first + 2 and not word.endswith("ed")
    return (
        not is_verb(clause, following)
        and not plain_past(clause, following)
        and not (word.endswith("ed") and last > first and not beyond & (CAPITAL | ROLE))
    )


def _end_of_relative(clause: Clause, index: int) -> int:
    """Where the relative clause of an unnamed source ends: before the next mark."""
    stop = min(len(clause), index + _LONGEST)
    while index + 1 < stop and not clause.flags[index + 1] & (MARK | QUOTE):
        index += 1
    return index
