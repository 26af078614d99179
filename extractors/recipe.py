"""The whole recipe: one page in, one finished record out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from extractors.access import find_access
from extractors.arguments import check_origin
from extractors.article import Article
from extractors.body import Body, find_body
from extractors.byline import find_authors
from extractors.canonical import find_canonical
from extractors.dates import find_dates
from extractors.dek import find_dek
from extractors.document import Document
from extractors.embeds import find_embeds
from extractors.errors import NotAnArticle
from extractors.finish import Findings, finish
from extractors.headline import find_headline
from extractors.images import find_images
from extractors.language import find_language
from extractors.page_kind import refuse_other_pages
from extractors.paging import Paging, find_paging
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
    return read(Document(html, url=url, fetched_at=fetched_at, rules=rules, charset=charset), refuse_other_pages)


def extract_any_page(
    html: bytes | str,
    url: str | None = None,
    fetched_at: datetime | None = None,
    rules: SiteRules | None = None,
    charset: str | None = None,
) -> Article:
    """Read a page as `extract` does, also one that `NotAnArticle` would refuse."""
    check_arguments(html, url, fetched_at)
    return read(Document(html, url=url, fetched_at=fetched_at, rules=rules, charset=charset), _refuse_nothing)


def extract_page(
    html: bytes | str,
    url: str | None = None,
    fetched_at: datetime | None = None,
    rules: SiteRules | None = None,
    charset: str | None = None,
) -> tuple[Article, Paging | None, str | None]:
    """Read a page as `extract` does, and say where it stands among the pages of its article.

    A following page may be short, and is read in any case: whether its article is one, its first page tells. Why it
    would be none by itself stands in the third place.
    """
    check_arguments(html, url, fetched_at)
    document = Document(html, url=url, fetched_at=fetched_at, rules=rules, charset=charset)
    paging = find_paging(document)
    if paging is None or paging.is_first:
        return read(document, refuse_other_pages), paging, None
    reasons: list[str] = []

    def note(document: Document, headline: str | None, body: Body) -> None:
        try:
            refuse_other_pages(document, headline, body)
        except NotAnArticle as problem:
            reasons.append(str(problem))

    return read(document, note), paging, next(iter(reasons), None)


def _refuse_nothing(document: Document, headline: str | None, body: Body) -> None:
    """Take any page."""


def check_arguments(html: object, url: object, fetched_at: object) -> None:
    """Refuse wrong types (`TypeError`) and a naive time (`ValueError`)."""
    if not isinstance(html, (bytes, str)):
        raise TypeError(f"the page must be bytes or str, not {type(html).__name__}")
    check_origin(url, fetched_at)


def read(document: Document, gate: Callable[[Document, str | None, Body], None]) -> Article:
    """Read a parsed page; `gate` raises `NotAnArticle` for one that it refuses."""
    headline = find_headline(document)
    body = find_body(document, headline.value)
    gate(document, headline.value, body)
    canonical = find_canonical(document)
    language = find_language(document, " ".join(block.text for block in body.blocks))
    published, modified = find_dates(document, language.value)
    return finish(
        Findings(
            url=document.url,
            canonical_url=canonical,
            site=site_of(document.url or canonical.value),
            language=language,
            headline=headline,
            body=body,
            dek=find_dek(document, headline.value, body),
            authors=find_authors(document),
            published=published,
            modified=modified,
            section=find_section(document),
            tags=find_tags(document),
            access=find_access(document),
            images=find_images(document, body, headline.value),
            embeds=find_embeds(document, body),
            note=document.note,
        )
    )
