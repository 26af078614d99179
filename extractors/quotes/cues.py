"""Which source a quotation has inside its sentence: the one before it or the one after it."""

from __future__ import annotations

from extractors.quotes.after import after, credited, trailing
from extractors.quotes.before import before
from extractors.quotes.classes import ADV, AUX, CAPITAL, COMMA, CONJ, DET, PRON, SAY, WEAK
from extractors.quotes.frame import Clause
from extractors.quotes.labels import dashed, headed, introduced, labelled
from extractors.quotes.lexicon import Lexicon
from extractors.quotes.main_subject import main_subject
from extractors.quotes.noun_phrase import noun_phrase_right
from extractors.quotes.source import Source, make_source, speaks
from extractors.quotes.verbs import is_verb

_LEAVE_OUT = frozenset(("es", "it", "pt"))
_HEAD = 3  # words at the head of a sentence among which a verb without subject is looked for


def attribute_quote(clause: Clause, quote: int, lexicon: Lexicon) -> Source | None:
    """Find the source of the quotation at this word of the sentence."""
    if label := labelled(clause, quote) or dashed(clause, quote):
        return label
    left = before(clause, quote, lexicon)
    if left and _bound(clause, quote):
        return left
    right = after(clause, quote, lexicon)
    if right is None and quote + 1 < len(clause):
        right = trailing(clause, quote)
    if clause.in_title_case and (head := headed(clause, quote)):
        return head
    if right and left and right.cue is not None and not right.said:
        return left  # any past form did for the one after
    return (
        right
        or left
        or (
            headed(clause, quote)
            or introduced(clause, quote)
            or credited(clause, quote, lexicon)
            or dropped(clause, quote, lexicon)
        )
    )


def _bound(clause: Clause, quote: int) -> bool:
    """A verb of saying, a comma after it, "that" or a colon right before the quotation binds it, whatever follows."""
    if quote == 0:
        return False
    flags = clause.flags[quote - 1]
    if clause.words[quote - 1] in (":", "that"):
        return True
    if flags & COMMA and quote > 1:
        return bool(clause.flags[quote - 2] & SAY) and is_verb(clause, quote - 2)
    return bool(flags & (WEAK | SAY)) and is_verb(clause, quote - 1)


def joins(clause: Clause, first: int, second: int) -> bool:
    """Tell whether nothing but "and", "or", commas and articles stands between two quotations."""
    between = range(first + 1, second)
    return second - first > 1 and all(clause.flags[index] & (CONJ | COMMA | DET) for index in between)


def lead_in(clause: Clause, lexicon: Lexicon) -> Source | None:
    """Find the source that a sentence announces for a quotation after it ("They stated:")."""
    if found := before(clause, len(clause), lexicon):
        return found
    subject = main_subject(clause, len(clause))
    if subject is None or not speaks(clause, subject, lexicon):
        return None
    return make_source(clause, subject, None, direct=False)


def dropped(clause: Clause, quote: int, lexicon: Lexicon) -> Source | None:
    """Read "…", añadió: the verb of saying beside a quotation, in a language that leaves its subject out."""
    if lexicon.language not in _LEAVE_OUT:
        return None
    index = quote + 1
    while index < len(clause) and clause.flags[index] & (COMMA | AUX | ADV):
        index += 1
    if index < len(clause) and clause.flags[index] & SAY and not clause.flags[index] & CAPITAL:
        return Source("", clause.words[index], clause.starts[index])
    for index in range(min(quote, _HEAD)):
        if clause.flags[index] & SAY:
            return Source("", clause.words[index], clause.starts[index])
    return None


def inside(clause: Clause) -> Source | None:
    """Read "« La chèvre, a expliqué Kim, reste. »": who speaks stands between commas inside the marks."""
    flags = clause.flags
    for comma in range(1, len(clause) - 2):
        if not flags[comma] & COMMA:
            continue
        verb = comma + 1
        while verb < len(clause) and flags[verb] & AUX and not flags[verb] & SAY:
            verb += 1
        if verb + 1 >= len(clause) or not flags[verb] & SAY or flags[verb] & CAPITAL:
            continue
        found = noun_phrase_right(clause, verb + 1, after_verb=True)
        if found and flags[found[1]] & (CAPITAL | PRON) and found[1] + 1 < len(clause) and flags[found[1] + 1] & COMMA:
            return make_source(clause, found, (verb, verb))
    return None
