"""Section pages and front pages: the articles they link, and the feeds they name."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml import html as lxml_html

from crawler.frontier.urls import Found

MAX_LINKS = 2000
"""Links of one page that are read."""
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a page points."""

    pages: tuple[Found, ...] = ()
    """Pages it links, as articles, in its order and without duplicates; which of them are articles the site tells."""
    feeds: tuple[Found, ...] = ()
    """Feeds that its head names (https://html.spec.whatwg.org/#link-type-alternate)."""


def read_links(body: bytes, url: str, charset: str | None = None) -> Links:
    """Read the links of a page; none of bytes that are no HTML."""
    try:
        tree = lxml_html.document_fromstring(body, parser=lxml_html.HTMLParser(encoding=charset))
    except (etree.ParserError, LookupError, ValueError):
        return Links()
    base = _joined(url, next((item.get("href") for item in tree.iter("base") if item.get("href")), None)) or url
    pages: dict[str, None] = {}
    for item in tree.iter("a"):
        target = _joined(base, item.get("href"))
        if target and "nofollow" not in (item.get("rel") or "").lower():
            pages[target] = None
        if len(pages) >= MAX_LINKS:
            break
    feeds = {
        target: None
        for item in tree.iter("link")
        if "alternate" in (item.get("rel") or "").lower()
        and (item.get("type") or "").lower() in FEED_TYPES
        and (target := _joined(base, item.get("href")))
    }
    return Links(
        pages=tuple(Found(url=page, kind="article") for page in pages),
        feeds=tuple(Found(url=feed, kind="feed") for feed in feeds),
    )


def _joined(base: str, href: str | None) -> str | None:
    if not href or not href.strip():
        return None
    try:
        joined = urldefrag(urljoin(base, href.strip()))[0]
    except ValueError:
        return None
    return joined if joined.startswith(("http://", "https://")) else None
