"""Which source a quotation has inside its sentence: the one before it or the one after it."""

from __future__ import annotations

from extractors.quotes.after import after, credited, trailing
from extractors.quotes.before import before, dashed, headed, introduced, labelled
from extractors.quotes.classes import COMMA, CONJ, DET, SAY, WEAK
from extractors.quotes.frame import Clause
from extractors.quotes.lexicon import Lexicon
from extractors.quotes.noun_phrase import is_verb
from extractors.quotes.source import Source, make_source, speaks
from extractors.quotes.subject import main_subject


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
    return right or left or headed(clause, quote) or introduced(clause, quote) or credited(clause, quote, lexicon)


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
