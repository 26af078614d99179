"""The whole way from paragraphs to quotations with speakers."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.article import Quote
from extractors.quotes.context import Context
from extractors.quotes.guess import guess_language
from extractors.quotes.lexicon import lexicon
from extractors.quotes.marks import find_spans, opens
from extractors.quotes.reader import Reader


def find_quotes(paragraphs: Sequence[str]) -> tuple[Quote, ...]:
    """Find the direct quotations of a text, with their speakers.

    Args:
        paragraphs: the text; offsets in the result count in these strings as given.

    Returns:
        One `Quote` per marked span, in order; `block` is the index of its paragraph.
    """
    return attribute(paragraphs, Context())


def attribute(paragraphs: Sequence[str], context: Context) -> tuple[Quote, ...]:
    """Find the direct quotations of an article's blocks, with the evidence that stands around them."""
    last = len(paragraphs) - 1
    spans = [
        find_spans(text, runs_on=index < last and opens(paragraphs[index + 1])) for index, text in enumerate(paragraphs)
    ]
    if not any(spans):
        return ()
    words = lexicon(context.language or guess_language(paragraphs))
    return Reader(paragraphs, spans, context, words).read()
