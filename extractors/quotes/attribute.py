"""The whole way from paragraphs to quotations with speakers."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.article import Quote
from extractors.quotes import dashes
from extractors.quotes.context import Context
from extractors.quotes.guess import guess_language
from extractors.quotes.lexicon import Lexicon, lexicon
from extractors.quotes.marks import find_spans, opens
from extractors.quotes.reader import Reader
from extractors.quotes.span import Span, outermost


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
    dashed = [index for index, text in enumerate(paragraphs) if dashes.starts_with_dash(text)]
    if not dashed and not any(spans):
        return ()
    words = lexicon(context.language or guess_language(paragraphs))
    if dashed and words.language in dashes.LANGUAGES:
        _add_dashed(paragraphs, spans, dashed, context, words)
    if not any(spans):
        return ()
    return Reader(paragraphs, spans, context, words).read()


def _add_dashed(
    paragraphs: Sequence[str], spans: list[list[Span]], dashed: Sequence[int], context: Context, words: Lexicon
) -> None:
    """Add the speech that dashes open; a paragraph that names nobody counts where another of the article does."""
    found = {index: dashes.dash_spans(paragraphs[index], words) for index in dashed}
    if not any(found.values()):
        return
    for index, told in found.items():
        item = index < len(context.kinds) and context.kinds[index] == "list_item"
        added = told or ([] if item else dashes.whole_paragraph(paragraphs[index]))
        if added:
            spans[index] = outermost([*added, *spans[index]])
