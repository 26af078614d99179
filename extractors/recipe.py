"""The whole recipe: one page in, one finished record out."""

from __future__ import annotations

from datetime import datetime

from extractors.access import find_access
from extractors.article import Article, Provenance
from extractors.body import find_body
from extractors.byline import find_authors
from extractors.canonical import find_canonical
from extractors.citations import find_citations
from extractors.date_mentions import find_date_mentions
from extractors.dates import find_dates
from extractors.dek import find_dek
from extractors.document import Document
from extractors.embeds import find_embeds
from extractors.found import Found
from extractors.headline import find_headline
from extractors.images import find_images
from extractors.language import find_language
from extractors.page_kind import refuse_other_pages
from extractors.quotes import Context, attribute
from extractors.rules import SiteRules
from extractors.section import find_section
from extractors.site import site_of
from extractors.tags import find_tags


def extract(
    html: bytes | str,
    url: str | None = None,
    fetched_at: datetime | None = None,
    rules: SiteRules | None = None,
    charset: str | None = None,
) -> Article:
    """Read one article page.

    Args:
        html: the page, as bytes as received or as text.
        url: its address; relative addresses on the page and the outlet are read from it.
        fetched_at: aware; the base of "2 weeks ago", and no date of the page may lie after it.
        rules: what the outlet's own file says; the generic recipe without it.
        charset: what HTTP declared, a hint.

    Raises:
        NotAnArticle: the page is no article.
        ExtractionError: the input is empty or no HTML.
        TypeError: an argument of a wrong type.
        ValueError: `fetched_at` has no zone.
    """
    check_arguments(html, url, fetched_at)
    document = Document(html, url=url, fetched_at=fetched_at, rules=rules, charset=charset)
    return read(document)


def check_arguments(html: object, url: object, fetched_at: object) -> None:
    """Refuse wrong types (`TypeError`) and a naive time (`ValueError`)."""
    if not isinstance(html, (bytes, str)):
        raise TypeError(f"the page must be bytes or str, not {type(html).__name__}")
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be str, not {type(url).__name__}")
    if fetched_at is not None:
        if not isinstance(fetched_at, datetime):
            raise TypeError(f"fetched_at must be a datetime, not {type(fetched_at).__name__}")
        if fetched_at.utcoffset() is None:
            raise ValueError("fetched_at must have a time zone")


def read(document: Document, *, any_page: bool = False) -> Article:
    """Read a parsed page; `any_page` takes what `NotAnArticle` would refuse."""
    headline = find_headline(document)
    body = find_body(document, headline.value)
    if not any_page:
        refuse_other_pages(document, headline.value, body)
    texts = tuple(block.text for block in body.blocks)
    canonical = find_canonical(document)
    site = site_of(document.url or canonical.value)
    language = find_language(document, " ".join(texts))
    dek = find_dek(document, headline.value, body)
    authors = find_authors(document)
    published, modified = find_dates(document, language.value)
    section, tags, access = find_section(document), find_tags(document), find_access(document)
    images = find_images(document, body, headline.value)
    embeds = find_embeds(document, body)
    context = Context(
        headline=headline.value,
        dek=dek.value,
        tags=tags.value,
        captions=tuple(image.caption for image in images if image.caption),
        authors=tuple(author.name for author in authors.value),
        embeds_after=frozenset(embed.after_block for embed in embeds),
        kinds=tuple(block.kind for block in body.blocks),
        language=language.value,
        site=site,
    )
    found: dict[str, Found[object]] = {
        "canonical_url": canonical, "language": language, "headline": headline, "dek": dek, "authors": authors,
        "published": published, "modified": modified, "section": section, "tags": tags, "access": access,
    }  # fmt: skip
    provenance = {name: item.source for name, item in found.items() if item.value}
    provenance |= {"body": body.strategy, "body.confidence": f"{body.confidence:.2f}"}
    return Article(
        url=document.url,
        canonical_url=canonical.value,
        site=site,
        language=language.value,
        headline=headline.value,
        dek=dek.value,
        authors=authors.value,
        published=published.value,
        modified=modified.value,
        section=section.value,
        tags=tags.value,
        access=access.value,
        body=body.blocks,
        images=images,
        embeds=embeds,
        quotes=attribute(texts, context),
        date_mentions=find_date_mentions(texts, published.value, language.value),
        citations=find_citations(body, site),
        provenance=Provenance(provenance),
    )
