"""Sources that follow their quotation: "…," said Kim. "…," Kim, who was there, told People. "…", according to Kim."""

from __future__ import annotations

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
    NOUNISH,
    PAST,
    PREP,
    PRON,
    QUOTE,
    REL,
    SAY,
    SUB,
    TIME,
)
from extractors.quotes.frame import COMMA_END, LOUD_END, OPEN_END, Clause
from extractors.quotes.lexicon import Lexicon, word_set
from extractors.quotes.main_subject import main_subject
from extractors.quotes.noun_phrase import Range, noun_phrase_right
from extractors.quotes.source import Source, make_source, phrase_at, phrase_verb, plural_before
from extractors.quotes.subject import subject_of
from extractors.quotes.verbs import is_verb, passive

_DASHES = frozenset("—–-―")
_GOES_ON = frozenset((COMMA_END, LOUD_END))
_SKIPPED = _DASHES | {"("}
_APART = 8  # words from the subject to a participle at the end
_NEAR = 160  # characters from the start of the next sentence within which its verb must come
_OWNED = word_set("owned")
_REACH = 40  # words after a quotation within which its verb must come


def after(clause: Clause, quote: int, lexicon: Lexicon) -> Source | None:
    """Find the source right after the quotation at this word (-1: at the head of the sentence)."""
    words, flags = clause.words, clause.flags
    index = _first_word(clause, quote + 1)
    if index is None:
        return None
    if index > quote + 1 and words[index - 1] in _DASHES and (signed := _signed(clause, index)):
        return signed
    if named := phrase_at(clause, index, lexicon):
        return make_source(clause, *named)
    flag = flags[index]
    if flag & SAY and not flag & CAPITAL:
        subject = inverted(clause, index)
        if subject and flag & NOUNISH and index == quote + 1 and words[quote] == OPEN_END:
            subject = subject if clause.flags[subject[0]] & (CAPITAL | PRON) else None  # "'wild' claims"
        return make_source(clause, subject, (index, index)) if subject else None
    verb = _compound(clause, index) if flag & AUX else None
    if verb is None and flag & AUX and (found := _around_subject(clause, index)):
        return make_source(clause, *found)
    if quote >= 0 and index == quote + 1 and words[quote] in _GOES_ON and _any_past(clause, index):
        verb = index  # "…," exhorted Kim
    if flag == 0 and words[index].endswith("ing") and index and words[index - 1] in _GOES_ON:
        return None  # "…," giving fans hope
    if verb is not None and (subject := noun_phrase_right(clause, verb + 1, after_verb=True)):
        return make_source(clause, subject, (verb, verb))
    if words[index].lower() == "as" and index + 1 < len(clause):
        index += 1
        flag = flags[index]
    if flag & (MARK | QUOTE | CONJ | REL | SUB | AUX) and not flag & (DET | PRON):
        return None
    if flag & PREP and not flag & DET:
        return None
    return _subject_then_verb(clause, index, lexicon)


def _any_past(clause: Clause, index: int) -> bool:
    """Tell whether a past form stands here that a name or an article follows, so that it may be a verb of saying."""
    if clause.flags[index] & CAPITAL or not clause.words[index].endswith("ed") or index + 1 >= len(clause):
        return False
    return bool(clause.flags[index + 1] & (CAPITAL | DET)) and clause.words[index + 1] not in _OWNED


def _compound(clause: Clause, index: int) -> int | None:
    """Where the participle of "a déclaré Kim", "ha detto Kim" stands."""
    while index < len(clause) and clause.flags[index] & (AUX | ADV) and not clause.flags[index] & (SAY | CAPITAL):
        index += 1
    return index if index < len(clause) and clause.flags[index] & SAY else None


def _around_subject(clause: Clause, auxiliary: int) -> tuple[Range, Range] | None:
    """As in "hat Kim Kaye gesagt", "a-t-elle déclaré": the subject between auxiliary and participle."""
    found = noun_phrase_right(clause, auxiliary + 1)
    if found is None:
        return None
    for verb in range(found[1] + 1, min(found[1] + _APART, len(clause))):
        if clause.flags[verb] & (SAY | ING) and not clause.flags[verb] & CAPITAL:
            return found, (verb, verb)
        if clause.flags[verb] & (MARK | QUOTE):
            return None
    return None


def _signed(clause: Clause, index: int) -> Source | None:
    """As in "…" — Kim Kaye: a name after a dash, and nothing more."""
    found = noun_phrase_right(clause, index)
    if found is None or not clause.flags[found[0]] & clause.flags[found[1]] & CAPITAL:
        return None
    return (
        make_source(clause, found, None) if found[1] + 1 == len(clause) or clause.flags[found[1] + 1] & MARK else None
    )


def _first_word(clause: Clause, index: int) -> int | None:
    """The first word after the quotation's comma or dash and after adverbs."""
    words, flags = clause.words, clause.flags
    size = len(clause)
    while index < size and (flags[index] & COMMA or words[index] in _SKIPPED):
        index += 1
    while index < size and flags[index] & ADV and not flags[index] & (DET | CAPITAL | SUB | AUX):
        index += 1
    return index if index < size else None


def inverted(clause: Clause, verb: int) -> Range | None:
    """Give the subject after its verb (…," said Kim); the sentence's own where none follows."""
    flags = clause.flags
    index = verb + 1
    while index < len(clause) and flags[index] & (ADV | AUX) and not flags[index] & (DET | CAPITAL):
        index += 1
    if index >= len(clause) or flags[index] & (MARK | QUOTE):
        return _verb_final(clause, verb) or main_subject(clause, verb)
    if flags[index] & (PREP | SUB) and (not flags[index] & DET or clause.words[index] == "that"):
        return main_subject(clause, verb)
    return noun_phrase_right(clause, index, after_verb=True)


def _verb_final(clause: Clause, verb: int) -> Range | None:
    """As in "… dass Kim '…' sagte": in a dependent clause of German and Dutch the verb comes last."""
    if not clause.verb_second:
        return None
    subordinator = next((index for index in range(max(0, verb - _REACH), verb) if clause.flags[index] & SUB), None)
    return noun_phrase_right(clause, subordinator + 1) if subordinator is not None else None


def _subject_then_verb(clause: Clause, first: int, lexicon: Lexicon) -> Source | None:
    """As in "…," Kim, who was there, told People."""
    words, flags = clause.words, clause.flags
    stop = min(len(clause), first + _REACH)
    relative = False
    for index in range(first + bool(flags[first] & PRON), stop):
        flag = flags[index]
        if flag & QUOTE or words[index] in ":;":
            if not flag & QUOTE or index == first or flags[index - 1] & MARK:
                return None
        elif flag & REL and not flag & DET and index > first:
            relative = True
        elif flag & COMMA:
            relative = False
        elif relative:
            relative = not (flag & SAY and is_verb(clause, index))
        elif index > first and _says(clause, index):
            found = subject_of(clause, index, first)
            cue = phrase_verb(clause, index, lexicon) or (index, index)
            return make_source(clause, found, cue) if found else None
        elif index > first and (phrase := phrase_verb(clause, index, lexicon)):
            found = subject_of(clause, index, first)
            return make_source(clause, found, phrase) if found else None
        elif flag & (AUX | PAST) and not _leads_to_cue(clause, index, stop):
            return None
    return _any_verb(clause, first) if first and words[first - 1] == COMMA_END else None


def _says(clause: Clause, index: int) -> bool:
    flag = clause.flags[index]
    return bool(
        (
            flag & SAY
            and is_verb(clause, index)
            and not (passive(clause, index) and clause.words[index + 1 : index + 2] != ["as"])
        )
        or (flag & BASE and (clause.flags[index - 1] & AUX or plural_before(clause, index)))
    )


def _leads_to_cue(clause: Clause, index: int, stop: int) -> bool:
    while index < stop and clause.flags[index] & (AUX | ADV):
        index += 1
    return index < stop and bool(clause.flags[index] & CUE)


def _any_verb(clause: Clause, first: int) -> Source | None:
    """As in "…," an angry Kim retaliated: after a comma inside the marks any past form does."""
    found = noun_phrase_right(clause, first)
    if found is None or found[1] + 1 >= len(clause):
        return None
    last, verb = found[1], found[1] + 1
    if clause.words[last].endswith("ed") and last > found[0] and not clause.flags[last] & CAPITAL:
        last, verb = last - 1, last
    if not clause.words[verb].endswith("ed"):
        return None
    return make_source(clause, (found[0], last), (verb, verb), said=bool(clause.flags[verb] & SAY))


def trailing(clause: Clause, quote: int) -> Source | None:
    """Find the attribution that closes the sentence: "… 'a mess' that nobody wants, Kim said."."""
    flags = clause.flags
    if len(clause) > quote + 2 * _REACH:
        return None
    for index in range(len(clause) - 1, quote + 2, -1):
        flag = flags[index]
        if flag & QUOTE:
            return None
        if not flag & SAY:
            continue
        if flags[index - 1] & COMMA and not flag & CAPITAL:
            found = noun_phrase_right(clause, index + 1)
            return make_source(clause, found, (index, index)) if found else None
        if is_verb(clause, index) and not passive(clause, index):
            following = flags[index + 1] if index + 1 < len(clause) else MARK
            found = subject_of(clause, index, quote + 1) if following & (MARK | PREP | TIME | ADV) else None
            apart = found is not None and found[0] > quote + 1 and flags[found[0] - 1] & COMMA
            return make_source(clause, found, (index, index)) if found and apart else None
    return None


def next_sentence(clause: Clause, lexicon: Lexicon) -> Source | None:
    """Find the source at the head of the sentence after a quotation that ends in ? or !: "…?" Kim asked."""
    found = after(clause, -1, lexicon)
    if found is None or found.cue is None:
        return None
    return found if found.cue in clause.text[clause.starts[0] : clause.starts[0] + _NEAR] else None


def credited(clause: Clause, quote: int, lexicon: Lexicon) -> Source | None:
    """Find what closes the sentence as in "… a 'walk-in' at 40 schools, according to Kim."."""
    for index in range(quote + 2, min(len(clause), quote + _REACH)):
        if clause.flags[index - 1] & COMMA and (named := phrase_at(clause, index, lexicon)):
            return make_source(clause, *named)
    return None
