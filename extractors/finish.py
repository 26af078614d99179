"""The last steps of every recipe: what is read from the text itself, and the record as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.article import Access, Article, Author, Embed, Image, Provenance, Stamp
from extractors.body.result import Body
from extractors.citations import find_citations
from extractors.date_mentions import find_date_mentions
from extractors.found import Found
from extractors.quotes import Context, attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a recipe has found around and of the text; fields as in `Article`."""

    url: str | None
    canonical_url: Found[str | None]
    site: str | None
    language: Found[str | None]
    headline: Found[str | None]
    body: Body
    dek: Found[str | None]
    authors: Found[tuple[Author, ...]]
    published: Found[Stamp | None]
    modified: Found[Stamp | None]
    section: Found[str | None]
    tags: Found[tuple[str, ...]]
    access: Found[Access | None]
    images: tuple[Image, ...]
    embeds: tuple[Embed, ...]
    note: str = ""
    """What the parser had to flatten or cut; empty of almost every page."""


def finish(found: Findings) -> Article:
    """Read quotes, dates and citations from the text and put the record together."""
    texts = tuple(block.text for block in found.body.blocks)
    context = Context(
        headline=found.headline.value,
        dek=found.dek.value,
        tags=found.tags.value,
        captions=tuple(image.caption for image in found.images if image.caption),
        authors=tuple(author.name for author in found.authors.value),
        embeds_after=frozenset(embed.after_block for embed in found.embeds),
        kinds=tuple(block.kind for block in found.body.blocks),
        language=found.language.value,
        site=found.site,
    )
    return Article(
        url=found.url,
        canonical_url=found.canonical_url.value,
        site=found.site,
        language=found.language.value,
        headline=found.headline.value,
        dek=found.dek.value,
        authors=found.authors.value,
        published=found.published.value,
        modified=found.modified.value,
        section=found.section.value,
        tags=found.tags.value,
        access=found.access.value,
        body=found.body.blocks,
        images=found.images,
        embeds=found.embeds,
        quotes=attribute(texts, context),
        date_mentions=find_date_mentions(texts, found.published.value, found.language.value, found.modified.value),
        citations=find_citations(found.body, found.site),
        provenance=_provenance(found),
    )


def _provenance(found: Findings) -> Provenance:
    fields: dict[str, Found[object]] = {
        "canonical_url": found.canonical_url, "language": found.language, "headline": found.headline, "dek": found.dek,
        "authors": found.authors, "published": found.published, "modified": found.modified, "section": found.section,
        "tags": found.tags, "access": found.access,
    }  # fmt: skip
    sources = {name: item.source for name, item in fields.items() if item.value}
    sources |= {"body": found.body.strategy, "body.confidence": f"{found.body.confidence:.2f}"}
    return Provenance(sources | ({"document": found.note} if found.note else {}))
