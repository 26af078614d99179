"""Short forms for the tests of quotations."""

from __future__ import annotations

from extractors.article import Quote
from extractors.quotes import Context, attribute


def read(*paragraphs: str, language: str = "en", headline: str | None = None, **context: object) -> tuple[Quote, ...]:
    """Read paragraphs as the recipe does."""
    return attribute(paragraphs, Context(language=language, headline=headline, **context))  # type: ignore[arg-type]


def only(*paragraphs: str, language: str = "en", headline: str | None = None) -> Quote:
    """Read paragraphs that hold exactly one quotation."""
    (quote,) = read(*paragraphs, language=language, headline=headline)
    return quote


def texts(*paragraphs: str, language: str = "en") -> list[str]:
    """The words of each quotation."""
    return [quote.text for quote in read(*paragraphs, language=language)]


def speakers(*paragraphs: str, language: str = "en", headline: str | None = None) -> list[str | None]:
    """The speaker of each quotation."""
    return [quote.speaker for quote in read(*paragraphs, language=language, headline=headline)]
