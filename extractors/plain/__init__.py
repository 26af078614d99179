"""Pasted or scraped plain text, read into the same record as a page."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from extractors.address import clean_url
from extractors.arguments import check_origin
from extractors.article import Article, Stamp
from extractors.body.result import Body
from extractors.dates.address import date_of_address
from extractors.dates.labelled import Habits
from extractors.dates.stamp import to_stamp
from extractors.errors import NotAnArticle
from extractors.finish import Findings, finish
from extractors.found import Found
from extractors.language import language_of
from extractors.plain.head import Head, read_head
from extractors.plain.lines import is_sentence
from extractors.plain.story import Story, read_story
from extractors.plain.units import units_of
from extractors.rules import SiteRules
from extractors.site import site_of

__all__ = ["extract_text"]

_CONFIDENCE = 0.8
"""Of a body that no markup vouches for."""


def extract_text(text: str, url: str | None = None, fetched_at: datetime | None = None) -> Article:
    """Read an article from plain text: as pasted, as scraped, or with Markdown's marks.

    Args:
        text: the whole of it; the headline comes first.
        url: where it is from; `site` and, where the text prints no date, the publication are read from it.
        fetched_at: aware; the base of "2 weeks ago", and no date of the text may lie after it.

    Raises:
        NotAnArticle: there is no sentence in it.
        TypeError: an argument of a wrong type.
        ValueError: `fetched_at` has no zone.
    """
    if not isinstance(text, str):
        raise TypeError(f"the text must be str, not {type(text).__name__}")
    check_origin(url, fetched_at)
    language = language_of(text)
    habits = Habits(language, None, fetched_at, SiteRules())
    units = tuple(units_of(text))
    for head in (read_head(units, habits), Head(rest=units)):  # a text of sentences alone has no headline
        published = Found(head.published, "text") if head.published else _of_address(url, fetched_at)
        story = read_story(head.rest, published.value)
        if any(is_sentence(block.text) for block in story.blocks):
            return finish(_findings(url, language, head, story, published))
    raise NotAnArticle("there is no sentence in the text")


def _of_address(url: str | None, fetched_at: datetime | None) -> Found[Stamp | None]:
    """The day that the address carries."""
    reading = date_of_address(url)
    if reading is None or url is None:
        return Found(None)
    return Found(to_stamp(reading, urlsplit(url).path, "url", fetched_at), "url:path")


def _findings(
    url: str | None, language: str | None, head: Head, story: Story, published: Found[Stamp | None]
) -> Findings:
    blocks = tuple(story.blocks)
    return Findings(
        url=url,
        canonical_url=Found(clean_url(url) if url else None, "url"),
        site=site_of(url),
        language=Found(language, "text"),
        headline=Found(head.headline, "text"),
        dek=Found(head.dek, "text"),
        authors=Found(head.authors, "text"),
        published=published,
        modified=Found(head.modified, "text"),
        section=Found(None),
        tags=Found(story.tags, "text"),
        access=Found(None),
        body=Body(blocks=blocks, positions=tuple(range(len(blocks))), strategy="plain text", confidence=_CONFIDENCE),
        images=tuple(story.images),
        embeds=tuple(story.embeds),
    )
