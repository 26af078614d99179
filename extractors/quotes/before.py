"""Sources that stand before their quotation: Kim said: "…". Calling it "a gift", Kim … From the report: "…"."""

from __future__ import annotations

from extractors.quotes.after import inverted
from extractors.quotes.classes import (
    ADV,
    AUX,
    BASE,
    CAPITAL,
    COMMA,
    CONJ,
    CUE,
    DET,
    ING,
    MARK,
    POSSESSIVE,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    SAY,
    SUB,
    WEAK,
)
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import Lexicon
from extractors.quotes.main_subject import main_subject
from extractors.quotes.noun_phrase import Range, noun_phrase_left, noun_phrase_right
from extractors.quotes.source import Source, make_source, phrase_at, phrase_verb, plural_before, shared_subject, speaks
from extractors.quotes.subject import person_in, subject_of
from extractors.quotes.verbs import is_verb, passive

_TELLS = frozenset(("told", "tells", "asked", "asks", "reminded"))
_DASHES = frozenset("—–-")
_JOINED = 30  # words between two participles that "and" joins
_REACH = 120  # words before a quotation within which its verb must come


def before(clause: Clause, quote: int, lexicon: Lexicon) -> Source | None:
    """Find the nearest verb of saying to the left whose subject can speak; else the nearest with any subject."""
    second_best: Source | None = None
    for index in range(quote - 1, max(-1, quote - _REACH), -1):
        found = _verb_at(clause, index, quote) if clause.flags[index] & CUE else None
        if found is None and clause.words[index].lower() in lexicon.phrase_heads:
            found = _phrase(clause, index, quote, lexicon)
        if found is None:
            continue
        found = _outer(clause, found, quote) or found
        if speaks(clause, found[0], lexicon) or _right_before(clause, found[1][1], quote):
            return make_source(clause, *found)
        second_best = second_best or make_source(clause, *found)
    return second_best


def _right_before(clause: Clause, verb: int, quote: int) -> bool:
    """Tell whether only a comma or a colon stands between a verb of saying and the quotation."""
    return bool(clause.flags[verb] & SAY) and clause.words[verb + 1 : quote] in ([","], [":"])


def _outer(clause: Clause, found: tuple[Range, Range], quote: int) -> tuple[Range, Range] | None:
    """As in "Kim said she hoped for 'a miracle'": the verb of saying right before the pronoun, which has a name."""
    (first, last), (cue, _) = found
    flags = clause.flags
    if (
        first > 2
        and not flags[cue] & SAY
        and flags[first - 1] & COMMA
        and flags[first - 2] & SAY
        and is_verb(clause, first - 2)
    ):
        aside = subject_of(clause, first - 2)  # "…, Kim said, fans believe …"
        if aside and aside[0] and flags[aside[0] - 1] & COMMA:
            return aside, (first - 2, first - 2)
    if first > 1 and clause.words[first - 1].lower() in _TELLS and clause.flags[last + 1] & REL:
        subject = _of_finite(clause, first - 1, quote)  # "told fans who asked …"
        return (subject, (first - 1, first - 1)) if subject else None
    if first != last or not flags[first] & PRON or first < 2:
        return None
    verb = first - 2 if clause.words[first - 1] == "that" else first - 1
    if not (flags[verb] & SAY and is_verb(clause, verb)):
        return None
    subject = _of_finite(clause, verb, quote)
    return (subject, (verb, verb)) if subject and not flags[subject[0]] & PRON else None


def _phrase(clause: Clause, index: int, quote: int, lexicon: Lexicon) -> tuple[Range, Range] | None:
    """As in "According to Kim, '…'"; "Kim went on: '…'"."""
    found = phrase_at(clause, index, lexicon)
    if found is not None:
        return found if found[0][1] < quote else None
    phrase = phrase_verb(clause, index, lexicon)
    if phrase is None:
        return None
    subject = subject_of(clause, index) or main_subject(clause, index)
    return (subject, phrase) if subject else None


def _verb_at(clause: Clause, index: int, quote: int) -> tuple[Range, Range] | None:
    """The subject of a verb of saying that stands left of the quotation, and the verb."""
    flag = clause.flags[index]
    if flag & (SAY | WEAK) and is_verb(clause, index):
        subject = _of_finite(clause, index, quote)
    elif flag & ING:
        subject = _of_participle(clause, index)
    elif flag & BASE and index:
        subject = _of_base(clause, index)
    else:
        subject = None
    return (subject, (index, index)) if subject else None


def _of_finite(clause: Clause, index: int, quote: int) -> Range | None:
    flags = clause.flags
    if passive(clause, index):
        return _agent(clause, index, quote)
    if flags[index] & WEAK and (agent := _agent_after(clause, quote)):
        return agent
    if flags[index] & SAY and index:
        back = index - 1
        while back >= 0 and (flags[back] & (COMMA | AUX) or clause.words[back] in _DASHES):
            back -= 1
        if back >= 0 and flags[back] & QUOTE and (subject := inverted(clause, index)):
            return subject
    subject = _aside(clause, index) or subject_of(clause, index)
    if subject is None and clause.verb_second:
        subject = noun_phrase_right(clause, index + 1)
        subject = subject if subject and subject[1] < quote else None
    if subject is None and not (index and flags[index - 1] & MARK and not flags[index - 1] & COMMA):
        subject = shared_subject(clause, index)
    return subject


def _of_participle(clause: Clause, index: int, *, joined: bool = False) -> Range | None:
    """The subject of "saying": that of "with Kim saying", else that of the sentence."""
    flags = clause.flags
    if index and flags[index - 1] & (DET | POSSESSIVE):
        return None
    if not joined and index > 2 and flags[index - 1] & CONJ and (shared := _of_joined(clause, index)):
        return shared
    last = index - 1
    while last > 0 and flags[last] & ADV and not flags[last] & CAPITAL:
        last -= 1
    if last > 0 and not flags[last] & (MARK | QUOTE | PREP | SUB | CONJ):
        found = noun_phrase_left(clause, last, 0)
        if found:
            word = clause.words[found[0] - 1].lower() if found[0] else ""
            named = flags[found[0]] & flags[found[1]] & CAPITAL and last == index - 1
            person = person_in(clause, found) if flags[found[1]] & CAPITAL else found
            named = named and found[0] > 0 and not flags[found[0] - 1] & PREP
            if named or person != found or (word == "with" and _somebody(clause, found)):
                return person  # "footage of Kim saying"
    return shared_subject(clause, index)


def _somebody(clause: Clause, phrase: Range) -> bool:
    return any(clause.flags[index] & (CAPITAL | ROLE | PRON | DET) for index in range(phrase[0], phrase[1] + 1))


def _of_joined(clause: Clause, index: int) -> Range | None:
    """As in "with Kim tweeting that … and asking": the subject of the participle before."""
    for earlier in range(index - 2, max(0, index - _JOINED), -1):
        if clause.flags[earlier] & ING:
            return _of_participle(clause, earlier, joined=True)
        if clause.flags[earlier] & SAY and is_verb(clause, earlier):
            return None
    return None


def _of_base(clause: Clause, index: int) -> Range | None:
    """The subject of "say": of an infinitive that of the sentence, else a plural right before it."""
    if clause.words[index - 1].lower() == "to":
        return _of_governing(clause, index - 2) or shared_subject(clause, index)
    if clause.flags[index - 1] & (AUX | ADV | REL) or plural_before(clause, index):
        return subject_of(clause, index)
    if clause.flags[index - 1] & COMMA:
        found = subject_of(clause, index)
        return found if found and clause.words[found[1]].endswith("s") else None
    return None


def _of_governing(clause: Clause, verb: int) -> Range | None:
    """The subject of "started" in "Kim started to say"."""
    if verb < 1 or clause.flags[verb] & CAPITAL or not clause.words[verb].endswith("ed"):
        return None
    subject = subject_of(clause, verb)
    return subject if subject and clause.flags[subject[0]] & (CAPITAL | PRON) else None


def _aside(clause: Clause, verb: int) -> Range | None:
    """As in "The role, says Kim Kaye, is …"."""
    flags = clause.flags
    if verb < 2 or verb + 1 >= len(clause) or not flags[verb] & SAY or not flags[verb - 1] & COMMA:
        return None
    if clause.words[verb].lower() in _TELLS:
        return None
    found = noun_phrase_right(clause, verb + 1, after_verb=True) if flags[verb + 1] & CAPITAL else None
    return found if found and found[1] + 1 < len(clause) and flags[found[1] + 1] & COMMA else None


def _agent_after(clause: Clause, quote: int) -> Range | None:
    """As in "often labelled 'a mess' by Kim"."""
    if clause.words[quote + 1 : quote + 2] != ["by"] or quote + 2 >= len(clause):
        return None
    return None if clause.words[quote + 2].endswith("ing") else noun_phrase_right(clause, quote + 2)


def _agent(clause: Clause, verb: int, quote: int) -> Range | None:
    """As in "was called 'a gem' by Kim"."""
    for index in range(max(verb + 1, quote - _REACH), min(len(clause) - 1, quote + 6)):
        if clause.words[index] == "by":
            return noun_phrase_right(clause, index + 1)
    return None
