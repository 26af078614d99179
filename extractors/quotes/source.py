"""The words beside a quotation that name its speaker."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.quotes.classes import (
    AUX,
    CAPITAL,
    COMMA,
    CONJ,
    CUE,
    DET,
    MARK,
    NOUN_PREP,
    PAST,
    POSSESSIVE,
    PRON,
    REL,
    ROLE,
    SAY,
    SUB,
    WEAK,
)
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import Lexicon, word_set
from extractors.quotes.main_subject import main_subject
from extractors.quotes.noun_phrase import Range, noun_phrase_right
from extractors.quotes.subject import subject_of
from extractors.quotes.verbs import is_verb, plain_past

_PARTS = word_set("parts")
_PLURALS = word_set("plurals")
_WHEN = ("when", "while", "as")
_REACH = 60  # words to the left within which an earlier verb may lend its subject


@dataclass(frozen=True, slots=True)
class Source:
    """The words for the speaker and the verb, both as they stand."""

    mention: str
    cue: str | None
    at: int
    """Offset of the mention in the masked paragraph."""
    direct: bool = True
    """False where only the sentence's subject speaks for it, without a verb of saying."""
    said: bool = True
    """False where the verb is none of saying but stands where one would."""


def make_source(clause: Clause, mention: Range, cue: Range | None, *, direct: bool = True, said: bool = True) -> Source:
    """Cut a source out of its sentence."""
    words = clause.slice(*cue) if cue else None
    return Source(clause.slice(*mention), words, clause.starts[mention[0]], direct, said)


def sentence_subject(clause: Clause, high: int, lexicon: Lexicon) -> Source | None:
    """Give the sentence's own subject where no verb of saying is found and the subject is one that can speak."""
    subject = main_subject(clause, high)
    if subject is None or not speaks(clause, subject, lexicon):
        return None
    return make_source(clause, subject, None, direct=False)


def speaks(clause: Clause, phrase: Range, lexicon: Lexicon) -> bool:
    """Tell whether a noun phrase is of those that speak: a name, a pronoun, a person, body or document."""
    first, last = phrase
    flags, words = clause.flags, clause.words
    if flags[first] & PRON:
        return True
    last = next((index - 1 for index in range(first + 1, last) if flags[index] & NOUN_PREP), last)  # the head
    if words[last].lower() in _PARTS:
        last = phrase[1]
    return any(
        flags[index] & CAPITAL or words[index].lower() in lexicon.speakers or words[index].endswith("-old")
        for index in range(first, last + 1)
    )


def phrase_at(clause: Clause, index: int, lexicon: Lexicon) -> tuple[Range, Range] | None:
    """Read "according to Kim", "per People" at this word: the source and the phrase."""
    words = clause.words
    first = words[index].lower()
    if first not in lexicon.first_words:
        return None
    for phrase in lexicon.follows:
        size = len(phrase)
        if first == phrase[0] and tuple(word.lower() for word in words[index : index + size]) == phrase:
            found = noun_phrase_right(clause, index + size, after_verb=True)
            known = found and (
                clause.flags[found[1]] & CAPITAL or words[found[1]].lower() in lexicon.people["documents"]
            )
            if found and (size > 1 or known) and speaks(clause, found, lexicon):
                return found, (index, index + size - 1)
    return None


def phrase_verb(clause: Clause, index: int, lexicon: Lexicon) -> Range | None:
    """Give the words of a phrase that means "say" ("went on") and starts here."""
    seconds = lexicon.as_verbs.get(clause.words[index].lower())
    if seconds and index + 1 < len(clause) and clause.words[index + 1].lower() in seconds:
        return index, index + 1
    return None


def plural_before(clause: Clause, index: int) -> bool:
    """Tell whether a pronoun or plural stands right before a verb in its base form ("fans say")."""
    flags, word = clause.flags[index - 1], clause.words[index - 1].lower()
    return (
        bool(flags & PRON) or word in _PLURALS or (word.endswith("s") and not flags & (DET | POSSESSIVE | MARK | CONJ))
    )


def shared_subject(clause: Clause, verb: int) -> Range | None:
    """Give the subject of an earlier verb of the sentence, for "…, saying" and "… and said"."""
    flags = clause.flags
    for index in range(verb - 1, max(0, verb - _REACH), -1):
        if (flags[index] & (SAY | WEAK | PAST | AUX) and is_verb(clause, index)) or plain_past(clause, index):
            found = subject_of(clause, index)
            if found is None or _depends(clause, found[0] - 1, index, verb):
                continue  # left out, or in a clause that depends on another verb ("said that he …")
            if flags[found[0]] & (PRON | CAPITAL) or flags[found[1]] & (CAPITAL | ROLE):
                return found
    return main_subject(clause, verb)


def _depends(clause: Clause, before: int, verb: int, later: int) -> bool:
    """Tell whether the clause after this word depends on another, so that it lends its subject to no later verb."""
    if before < 0:
        return False
    flag = clause.flags[before]
    if flag & (REL | CUE):
        return True
    comma = any(clause.flags[index] & COMMA for index in range(verb, later))
    joined = not comma and clause.flags[later - 1] & CONJ and clause.words[before].lower() in _WHEN
    return bool(flag & SUB) and not joined  # "when Kim came and said"
