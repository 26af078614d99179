"""The subject of a verb in one sentence: who says it, without a parse tree."""

from __future__ import annotations

from extractors.quotes.classes import (
    ADV,
    AUX,
    CAPITAL,
    COMMA,
    CONJ,
    DET,
    ING,
    MARK,
    NOUN_PREP,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    SUB,
    TIME,
)
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import word_set
from extractors.quotes.noun_phrase import Range, noun_before, noun_phrase_left
from extractors.quotes.verbs import is_verb

_INTO = frozenset(("to", "zu", "att", "at", "å", "te"))
_IN = ("in", "on", "at")
_DASHES = frozenset("—–-")
_NOT_PARTICIPLES = word_set("not_participles")
_BRACKETS = _DASHES | {")"}
_REACH = 60  # words that a parenthesis or an introduction may have; a bound for hostile text


def subject_of(clause: Clause, verb: int, low: int = 0) -> Range | None:
    """Find the subject that stands before a verb; None where it is left out or there is none."""
    index = _skip_to_subject(clause, verb - 1, low)
    if index < low:
        return None
    flags, word = clause.flags[index], clause.words[index]
    if flags & COMMA or word in _DASHES or word == ")":
        return _before_parentheses(clause, index, low)
    if flags & (MARK | QUOTE | CONJ) or word.lower() in _INTO:
        return None
    if flags & REL and not (flags & DET and not flags & SUB):
        return _antecedent(clause, index, low)
    if flags & PRON and not flags & DET:
        return index, index
    found = noun_phrase_left(clause, index, low)
    if found is None:
        return None
    if (by := found[0] - 1) > low + 1 and clause.words[by] == "by" and clause.words[by - 1].endswith("ed"):
        agent_of = noun_phrase_left(clause, by - 2, low)  # "a letter obtained by Kim said"
        return agent_of or found
    if (place := found[0] - 1) > low and clause.words[place] in _IN and clause.flags[place - 1] & CAPITAL:
        held = _before_preposition(clause, place, low)  # "The museum in Dublin said"
        if (
            held
            and not (held[0] > low and clause.flags[held[0] - 1] & (PREP | TIME))
            and not clause.flags[place - 1] & TIME
        ):
            return held
    if _after_preposition(clause, found, low):
        return _before_preposition(clause, found[0] - 1, low)
    return found


def _after_preposition(clause: Clause, phrase: Range, low: int) -> bool:
    """As in "but in a later interview said": what follows a preposition is no subject, unless a name ends it."""
    first, last = phrase
    if first <= low or not clause.flags[first - 1] & PREP or clause.flags[first - 1] & (ADV | SUB):
        return False
    return clause.verb_second or not clause.flags[last] & CAPITAL


def _before_preposition(clause: Clause, preposition: int, low: int) -> Range | None:
    """As in "A narrator in the advert said": the noun before the preposition, where one stands there."""
    if clause.verb_second or preposition <= low or not noun_before(clause, preposition):
        return None
    found = noun_phrase_left(clause, preposition - 1, low)
    if (
        found
        and found[1] > found[0]
        and clause.words[found[1]].endswith("ing")
        and not clause.flags[found[1]] & CAPITAL
    ):
        found = found[0], found[1] - 1  # "Fans marching through the rain chanted"
    if found is None or not clause.flags[found[0]] & (DET | CAPITAL) or _after_preposition(clause, found, low):
        return None
    return found


def _skip_to_subject(clause: Clause, index: int, low: int) -> int:
    """Go left over auxiliaries, adverbs and times ("has also", "on Monday")."""
    flags, words = clause.flags, clause.words
    while index >= low:
        flag = flags[index]
        before = flags[index - 1] if index > low else 0
        if (
            (flag & (AUX | ADV) and not flag & (PRON | CAPITAL) and not (flag & DET and flag & REL))
            or (flag & CAPITAL and flag & ADV and index > low and not before & CAPITAL)
            or (words[index] == "to" and before & AUX)
        ):
            index -= 1
        elif flag & TIME and index - 1 > low and before & PREP:
            index -= 2
        elif flag & TIME and before & (TIME | CAPITAL | PRON | ADV):
            index -= 1
        elif words[index] == "ago" and index - 2 > low and flags[index - 1] & TIME:
            index -= 5 if words[index - 3] == "than" else 3
        else:
            break
    return index


def _before_parentheses(clause: Clause, index: int, low: int) -> Range | None:
    """Step over "…, 47, who plays X," or "— … —" or "(D-Texas)" to the noun before it."""
    words, flags = clause.words, clause.flags
    inner: Range | None = None
    for _ in range(6):
        opened = _opening(clause, index, low)
        inner = _introduced(clause, max(opened + 1, low), index - 1)
        if opened <= low or flags[opened] & QUOTE:
            return inner
        if inner == (opened + 1, index - 1) and _is_name(clause, inner) and _names_its_noun(clause, opened - 1, low):
            return inner
        index = opened - 1
        if words[index] in ",)":
            continue
        found = noun_phrase_left(clause, index, low)
        if found and words[opened] == "(":
            return _out_of_apposition(clause, found, low)
        if found is None or found[0] <= low or not flags[found[0] - 1] & PREP:
            return _out_of_apposition(clause, found, low) if found else inner
        index = _opening(clause, found[0], low)  # "…, during a walk in Ames, Iowa, said": still inside a parenthesis
        if index <= low or flags[index] & QUOTE:
            return found
    return inner


def _opening(clause: Clause, closing: int, low: int) -> int:
    """Where the parenthesis that closes here opens: the bracket, dash or comma, a quotation, or left of `low`."""
    words, flags = clause.words, clause.flags
    closer = words[closing]
    openers = frozenset("(") if closer == ")" else _DASHES if closer in _DASHES else frozenset(",")
    for position in range(closing - 1, max(low, closing - _REACH) - 1, -1):
        if words[position] in openers:
            return position
        nickname = flags[position - 1] & flags[position + 1] & CAPITAL
        if flags[position] & QUOTE and closer not in _BRACKETS and not nickname:
            return position
    return low - 1


def _names_its_noun(clause: Clause, index: int, low: int) -> bool:
    """As in "The actor, Kim Kaye, said": tell whether a description, no name, stands before the name in commas."""
    if clause.flags[index] & (MARK | QUOTE):
        return True
    outer = noun_phrase_left(clause, index, low)
    return outer is None or bool(clause.flags[outer[0]] & DET) or not clause.flags[outer[1]] & CAPITAL


def _introduced(clause: Clause, first: int, last: int) -> Range | None:
    """A stretch between commas as a noun phrase of its own ("…, Kim, said")."""
    if first > last:
        return None
    flag = clause.flags[first]
    if flag & PRON and first == last:
        return first, last
    if flag & (REL | SUB | ING | PREP | PRON) or clause.words[first][0].isdigit():
        return None
    if any(is_verb(clause, index) for index in range(max(first, last - _REACH), last + 1)):
        return None
    return noun_phrase_left(clause, last, first)


def _is_name(clause: Clause, phrase: Range) -> bool:
    return bool(clause.flags[phrase[0]] & clause.flags[phrase[1]] & CAPITAL)


def _out_of_apposition(clause: Clause, phrase: Range, low: int) -> Range:
    """As in "Kim, a lawyer, said": from the apposition to the name before it."""
    flags = clause.flags
    first, last = phrase
    for _ in range(4):
        if first - 2 < low or not flags[first - 1] & COMMA or flags[first] & PRON:
            break
        apposition = flags[first] & DET or not flags[first] & CAPITAL
        if not apposition or not flags[first - 2] & CAPITAL:
            break
        outer = noun_phrase_left(clause, first - 2, low)
        if outer is None or flags[outer[0]] & (PREP | SUB | ADV | TIME):
            break
        if outer[0] > low and flags[outer[0] - 1] & PREP:
            break
        first, last = outer
    return first, last


def _antecedent(clause: Clause, relative: int, low: int) -> Range | None:
    """The noun phrase that a relative pronoun stands for."""
    index = relative - 1
    while index >= low and clause.flags[index] & (COMMA | PREP | ADV):
        index -= 1
    if index < low or clause.flags[index] & (MARK | QUOTE) or is_verb(clause, index):
        return None
    if clause.flags[index] & PRON:
        return index, index
    found = noun_phrase_left(clause, index, low)
    if found and clause.words[relative].lower() == "who":
        found = person_in(clause, found)
    return _out_of_apposition(clause, found, low) if found else None


def person_in(clause: Clause, phrase: Range) -> Range:
    """Whom "who" means in "steep for Kim, who": the phrase after the preposition, where nobody stands before it."""
    first, last = phrase
    flags = clause.flags
    for index in range(first, last):
        if flags[index] & (ROLE | CAPITAL) and index > 0:
            return phrase
        if flags[index] & NOUN_PREP and index > first:
            return index + 1, last
    return phrase
