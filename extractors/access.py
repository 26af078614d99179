"""Whether the page is free, metered or paywalled, as its markup says."""

from __future__ import annotations

from typing import Any

from extractors.article import Access
from extractors.document import Document
from extractors.found import Found

_TIERS: dict[str, Access] = {"free": "free", "metered": "metered", "locked": "paywalled"}
"""Values of `article:content_tier` (https://developers.facebook.com/docs/instant-articles/subscriptions)."""


def find_access(document: Document) -> Found[Access | None]:
    """Find the page's access: the content tier, else `isAccessibleForFree` of the article or of one of its parts."""
    tier = document.first_meta("article:content_tier", "og:article:content_tier")
    if tier and (access := _TIERS.get(tier.strip().lower())):
        return Found(access, "meta")
    free = _truth(document.news.get("isAccessibleForFree"))
    parts = document.news.get("hasPart")
    locked = any(
        _truth(part.get("isAccessibleForFree")) is False
        for part in (parts if isinstance(parts, list) else [parts])
        if isinstance(part, dict)
    )
    if free is False or (free is None and locked):
        return Found("paywalled", "json-ld")
    return Found("free", "json-ld") if free else Found(None)


def _truth(value: Any) -> bool | None:
    """A boolean as JSON-LD writes it: true, "True", "https://schema.org/True"."""
    if isinstance(value, bool):
        return value
    word = str(value).rsplit("/", 1)[-1].strip().lower()
    return {"true": True, "false": False}.get(word)
