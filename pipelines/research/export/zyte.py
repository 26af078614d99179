"""Articles in the form of zyte-common-items' `Article` (https://zyte-common-items.readthedocs.io)."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import Any

from extractors import Article, Author, Block, Stamp
from extractors.serial import iso
from pipelines.research.export.records import Exported

_TAGS = {"paragraph": "p", "block_quote": "blockquote"}


def zyte_article(exported: Exported) -> dict[str, Any]:
    """Give an article as the dict of that class; what is not known is not there.

    A day is written with the time 00:00:00 and no zone, for the form wants a time; of what is less exact than a day
    only the raw words are given.
    """
    article = exported.article
    lead = next((image.url for image in article.images if image.lead and image.url), None)
    return _known(
        {
            "url": exported.url,
            "canonicalUrl": article.canonical_url,
            "headline": article.headline,
            "description": article.dek,
            "authors": [_author(author) for author in article.authors],
            "datePublished": _date(article.published),
            "datePublishedRaw": article.published and article.published.raw,
            "dateModified": _date(article.modified),
            "dateModifiedRaw": article.modified and article.modified.raw,
            "breadcrumbs": [{"name": article.section}] if article.section else [],
            "inLanguage": article.language,
            "mainImage": {"url": lead} if lead else None,
            "images": [{"url": image.url} for image in article.images if image.url],
            "videos": _media(article, "video"),
            "audios": _media(article, "audio"),
            "articleBody": article.text,
            "articleBodyHtml": _html(article),
            "metadata": {"dateDownloaded": exported.last_fetched},
        }
    )


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "", [])}


def _author(author: Author) -> dict[str, str]:
    return _known({"name": author.name, "nameRaw": author.name, "url": author.url})


def _date(stamp: Stamp | None) -> str | None:
    if stamp is None or stamp.value is None or stamp.precision in ("week", "month", "year"):
        return None
    return iso(stamp.value) if isinstance(stamp.value, datetime) else f"{stamp.value.isoformat()}T00:00:00"


def _media(article: Article, kind: str) -> list[dict[str, str]]:
    return [{"url": embed.url} for embed in article.embeds if embed.kind == kind and embed.url]


def _html(article: Article) -> str:
    """Give the text alone as plain HTML; neighbouring list items make one list."""
    lines: list[str] = []
    for index, block in enumerate(article.body):
        in_list, before = block.kind == "list_item", index > 0 and article.body[index - 1].kind == "list_item"
        if in_list != before:
            lines.append("<ul>" if in_list else "</ul>")
        lines.append(_block(block))
    if article.body and article.body[-1].kind == "list_item":
        lines.append("</ul>")
    return "<article>\n" + "\n".join(lines) + "\n</article>" if lines else ""


def _block(block: Block) -> str:
    tag = f"h{block.level or 2}" if block.kind == "heading" else _TAGS.get(block.kind, "li")
    return f"<{tag}>{escape(block.text, quote=False)}</{tag}>"
