"""Articles as JSON-LD (https://www.w3.org/TR/json-ld11/) in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from extractors import Author, Embed, Image, Quote, Stamp
from pipelines.research.export.records import Exported
from pipelines.times import moment_of

CONTEXT: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    **{name: {"@type": "@id"} for name in ("url", "contentUrl", "isBasedOn")},
}
"""Stands in the file, so that a processor asks nobody; `http` as in schema.org's own context."""

_EMBEDS = {
    "post": "SocialMediaPosting",
    "video": "VideoObject",
    "audio": "AudioObject",
    "playlist": "MusicPlaylist",
    "profile": "ProfilePage",
    "image": "ImageObject",
    "map": "Map",
    "document": "DigitalDocument",
    "chart": "CreativeWork",
}
_SPEAKERS = {"organisation": "Organization", "outlet": "Organization", "person": "Person", "anonymous": "Person"}
_CUT = {"year": 4, "month": 7}


def jsonld_lines(exported: Iterable[Exported]) -> Iterator[str]:
    """Give one document whose `@graph` has an article a line."""
    yield json.dumps({"@context": CONTEXT})[:-1] + ', "@graph": [\n'
    for index, each in enumerate(exported):
        yield (",\n" if index else "") + json.dumps(news_article(each), ensure_ascii=False)
    yield "\n]}\n"


def news_article(exported: Exported) -> dict[str, Any]:
    """Give an article as a NewsArticle (https://schema.org/NewsArticle); what is not known is not there."""
    article = exported.article
    return _known(
        {
            "@type": "NewsArticle",
            "identifier": str(exported.id),
            "url": exported.url,
            "headline": article.headline,
            "description": article.dek,
            "author": [_author(author) for author in article.authors],
            "publisher": {"@type": "Organization", "name": exported.site},
            "datePublished": _date(article.published),
            "dateModified": _date(article.modified),
            "articleSection": article.section,
            "keywords": list(article.tags),
            "inLanguage": article.language,
            "isAccessibleForFree": None if article.access is None else article.access == "free",
            "articleBody": article.text,
            "wordCount": exported.words,
            "image": [_image(image) for image in article.images if image.url],
            "hasPart": [*map(_quotation, article.quotes), *map(_embed, article.embeds)],
            "citation": list(dict.fromkeys(citation.outlet for citation in article.citations)),
            "isBasedOn": exported.copy_of_url,
            "sdDatePublished": exported.last_fetched,
        }
    )


def _known(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if value not in (None, "", [])}


def _date(stamp: Stamp | None) -> str | None:
    """Give a Date or DateTime, cut to what is known; nothing where only the week is."""
    moment = moment_of(stamp)
    if moment.value is None or moment.precision == "week":
        return None
    return moment.value[: _CUT.get(moment.precision or "")]


def _author(author: Author) -> dict[str, Any]:
    kind = "Organization" if author.kind == "organisation" else "Person"
    return _known({"@type": kind, "name": author.name, "url": author.url})


def _image(image: Image) -> dict[str, Any]:
    return _known(
        {
            "@type": "ImageObject",
            "contentUrl": image.url,
            "caption": image.caption,
            "creditText": image.credit,
            "representativeOfPage": image.lead,
        }
    )


def _quotation(quote: Quote) -> dict[str, Any]:
    kind = _SPEAKERS.get(quote.speaker_kind or "", "Thing")
    return _known(
        {
            "@type": "Quotation",
            "text": quote.text,
            "creator": [{"@type": kind, "name": name} for name in quote.speakers],
        }
    )


def _embed(embed: Embed) -> dict[str, Any]:
    author = {"@type": "Person", "name": embed.author} if embed.author else None
    return _known(
        {
            "@type": _EMBEDS.get(embed.kind, "CreativeWork"),
            "url": embed.url,
            "identifier": embed.id,
            "author": author,
            "text": embed.text,
            "provider": {"@type": "Organization", "name": embed.provider},
        }
    )
