"""The address that a page calls its own."""

from __future__ import annotations

from extractors.address import clean_url, is_deep, url_key
from extractors.document import Document
from extractors.found import Found
from extractors.site import site_of

__all__ = ["clean_url", "find_canonical", "url_key"]


def find_canonical(document: Document) -> Found[str | None]:
    """Find the page's own address: `rel=canonical`, else `og:url`, else the given one, cleaned.

    One that lies on another site, or is a front page while the given address is none, is passed over.
    """
    links = (
        element.get("href") for element in document.links if "canonical" in (element.get("rel") or "").lower().split()
    )
    candidates = [("rel=canonical", href) for href in links] + [("og:url", document.first_meta("og:url"))]
    for source, href in candidates:
        address = document.absolute(href)
        if address and _is_own(address, document.url):
            return Found(clean_url(address), source)
    return Found(clean_url(document.url), "url") if document.url else Found(None)


def _is_own(address: str, given: str | None) -> bool:
    if given is None:
        return is_deep(address)
    return site_of(address) == site_of(given) and (is_deep(address) or not is_deep(given))
