"""What an article is recognised by among others: who is in it, its signs, its signature; without the database.

It can be found wherever a page is read, beside other pages, and not by the one thread that writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors import Article
from extractors.people import Cast, find_people
from pipelines.minhash import signature
from pipelines.stories.signs import Signs, signs_of


@dataclass(frozen=True, slots=True)
class Features:
    """Of one article; they hold wherever the same blocks of it are template text of its outlet."""

    article: Article
    """The record of which they are; of another one, even of an equal one, they say nothing."""
    cast: Cast
    signs: Signs
    signature: bytes | None
    """Of the text without template text; see `pipelines.minhash`."""
    template: frozenset[int] = frozenset()
    """Positions of the blocks that were left out as template text."""
    is_whole: bool = True
    """Whether the cast has those who are no people too; a database does not keep them."""


def features_of(article: Article, template: frozenset[int] = frozenset(), known: Features | None = None) -> Features:
    """Find what an article is recognised by; a pure function of the record and the template text.

    Args:
        article: the record.
        template: positions of the blocks that are template text of its outlet; none, as long as nobody knows of any.
        known: what was found before, maybe of another record or with other blocks left out: then it does not count.
    """
    if known is not None and known.article is not article:
        known = None
    if known is not None and known.template == template:
        return known
    cast = known.cast if known is not None and known.is_whole else find_people(article)
    text = own_text([block.text for block in article.body], template)
    return Features(article, cast, signs_of(article, cast, template), signature(text), template)


def own_text(paragraphs: Sequence[str], template: frozenset[int]) -> str:
    """Give the text of an article without template text."""
    return "\n\n".join(text for index, text in enumerate(paragraphs) if index not in template)
