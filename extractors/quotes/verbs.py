"""Which word of a sentence is a finite verb, and which is the noun or adjective of the same form."""

from __future__ import annotations

from extractors.quotes.classes import (
    ADV,
    AUX,
    BE,
    CAPITAL,
    CONJ,
    DET,
    MARK,
    NOUNISH,
    PAST,
    POSSESSIVE,
    PREP,
    PRON,
    QUOTE,
    ROLE,
    SAY,
    SUB,
    WEAK,
)
from extractors.quotes.frame import Clause

_VERB = SAY | WEAK | AUX | PAST
_PASSIVE_ENDINGS = ("ed", "en", "wn", "ld", "nt")
_ARTICLES = frozenset(("a", "an", "the", "his", "her", "its", "their", "any", "some"))
_OBJECTS = ("him", "her")
_OBJECT_ENDINGS = ("ing", "ed")


def is_verb(clause: Clause, index: int) -> bool:
    """Tell whether this word is a finite verb here (and not the noun of the same form)."""
    flags = clause.flags[index]
    if not flags & _VERB or (index and _adjective(clause, index)):
        return False
    if flags & CAPITAL and index and not flags & AUX and not (flags & (SAY | WEAK) and clause.in_title_case):
        return False
    return not (flags & NOUNISH) or not _noun_place(clause, index)


def plain_past(clause: Clause, index: int) -> bool:
    """Tell whether a word that no list has is the past form of a verb: one in -ed right after who does it."""
    word = clause.words[index]
    if clause.flags[index] or not index or not word.endswith("ed") or word.endswith("eed"):
        return False
    return bool(clause.flags[index - 1] & (PRON | CAPITAL | ROLE)) and clause.words[index - 1] not in _OBJECTS


def _adjective(clause: Clause, index: int) -> bool:
    """As in "a detailed account", "a hastily called meeting"."""
    if not clause.words[index].endswith("ed"):
        return False
    before = index - 1
    if before and clause.flags[before] & ADV and clause.words[before].endswith("ly"):
        before -= 1
    return clause.words[before] in _ARTICLES or bool(clause.flags[before] & POSSESSIVE)


def _noun_place(clause: Clause, index: int) -> bool:
    """After an article, a possessive or a preposition, or before "of", the word is a noun."""
    if index == 0:
        return True
    before, word = clause.flags[index - 1], clause.words[index - 1]
    if before & (DET | POSSESSIVE | PREP) and not before & PRON:
        return True
    if clause.words[index + 1 : index + 2] == ["as"]:
        return True
    after = clause.flags[index + 1 : index + 3]
    if after and after[0] & ROLE and not after[0] & CAPITAL and not after[-1] & CAPITAL:
        return True  # "the rules committee"
    of_whom = clause.flags[index - 3] if index > 2 and clause.words[index - 2] == "of" else ROLE
    if before & CAPITAL and not of_whom & (ROLE | CAPITAL):
        return True  # "11% of Republican claims"
    if word[0].isdigit() or (not before & (CAPITAL | ROLE) and word.endswith(_OBJECT_ENDINGS)):
        return True  # "29 points", "raising questions"
    if index + 1 < len(clause) and _object_of_nobody(clause, index):
        return True
    return index + 1 < len(clause) and clause.words[index + 1] in ("of", "by", "from") and not before & (CAPITAL | PRON)


def _object_of_nobody(clause: Clause, index: int) -> bool:
    """As in "his past comments on": no person stands between the article and the word, and no speech follows it."""
    following = clause.flags[index + 1]
    if clause.words[index + 1] == "to":
        return False
    if following & (QUOTE | MARK | PRON | DET | CAPITAL | SUB) or not following & (PREP | AUX | CONJ | PAST):
        return False
    for place in range(index - 1, max(-1, index - 4), -1):
        flag = clause.flags[place]
        if flag & DET and not flag & PRON:
            return place < index - 1
        if flag & (ROLE | CAPITAL | PRON | MARK | QUOTE | CONJ | PREP):
            return False
    return False


def passive(clause: Clause, verb: int) -> bool:
    """Tell whether a participle has the auxiliary of a passive before it ("was called")."""
    index = verb - 1
    while index >= 0 and clause.flags[index] & ADV and not clause.flags[index] & AUX:
        index -= 1
    return index >= 0 and bool(clause.flags[index] & BE) and clause.words[verb].lower().endswith(_PASSIVE_ENDINGS)
