"""Articles of the celebrity and tabloid press as records: no network, no clock, no state.

>>> from extractors import extract
>>> article = extract(html, url="https://example.com/story", fetched_at=now)
"""

from extractors.article import (
    Article,
    Author,
    Block,
    Citation,
    DateMention,
    Embed,
    Image,
    Provenance,
    Quote,
    Stamp,
)
from extractors.errors import ExtractionError, NotAnArticle
from extractors.plain import extract_text
from extractors.quotes import find_quotes
from extractors.recipe import extract
from extractors.rules import SiteRules

__all__ = [
    "Article",
    "Author",
    "Block",
    "Citation",
    "DateMention",
    "Embed",
    "ExtractionError",
    "Image",
    "NotAnArticle",
    "Provenance",
    "Quote",
    "SiteRules",
    "Stamp",
    "extract",
    "extract_text",
    "find_quotes",
]
