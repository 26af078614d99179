"""Sitemaps, news sitemaps and sitemap indexes (https://www.sitemaps.org/protocol.html), gzip or plain.

The protocol also allows a feed or a text with an address a line in their place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

from lxml import etree

from crawler.discovery.feeds import is_feed, read_feed
from crawler.discovery.times import moment
from crawler.discovery.xml import NotXml, elements, local_name, text_of, unpacked
from crawler.frontier.urls import Found
from crawler.settings import MAX_LISTING

MAX_ENTRIES = 5000
"""Addresses of one sitemap that are kept, the newest ones."""
MAX_CHILDREN = 20
"""Sitemaps of one index that are asked in a run: those of news, then the newest ones."""
MAX_CHILDREN_SINCE = 500
"""The same where a person says how far back the run shall go: those of that time, but no more than these."""
MAX_LINE = 2083
"""Characters of a line in a sitemap of plain text."""
_OTHER = re.compile(
    r"(?:^|[/_.-])(?:tags?|authors?|categor(?:y|ies)|pages?|images?|videos?|product|gallery)(?=[/_.0-9-])"
)
"""Names of sitemaps that list no articles, as the common makers of sitemaps call them (Yoast SEO, Google's guide)."""
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2])(?:[-_/.]?([0-2]\d|3[01]))?)?(?!\d)")
"""The year, month or day that a sitemap is named after."""
_BEGINNINGS = (b"<?xml", b"<urlset", b"<sitemapindex")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What one sitemap says."""

    articles: tuple[Found, ...] = ()
    """Every address of a urlset, newest first; not all need be articles."""
    children: tuple[Found, ...] = ()
    """Sitemaps of an index, newest first."""
    is_news: bool = False
    """Whether it is a news sitemap, whose addresses are all articles."""


def read_sitemap(body: bytes, url: str, since: float | None = None) -> Sitemap:
    """Read a sitemap; with `since`, in seconds since 1970, all children that reach into the time after it.

    Raises:
        NotXml: the bytes are no sitemap.
    """
    data = unpacked(body, MAX_LISTING)
    articles, children, is_news = [], [], False
    for element in elements(data, frozenset({"url", "sitemap"})):
        parts = {local_name(child): child for child in element}
        address = _address(url, text_of(parts.get("loc")))
        if address is None:
            continue
        changed = moment(text_of(parts.get("lastmod")))
        if local_name(element) == "sitemap":
            if address != url and not _OTHER.search(urlsplit(address).path.lower()):
                children.append(Found(url=address, kind="sitemap", lastmod=changed))
            continue
        is_news = is_news or "news" in parts
        changed = changed or _news_date(parts.get("news"))
        articles.append(Found(url=address, kind="article", lastmod=changed))
    if not articles and not children:
        articles = _other_forms(data, url)
        if not articles and not data.lstrip()[:200].lower().startswith(_BEGINNINGS):
            raise NotXml("no sitemap")
    return Sitemap(articles=_newest(articles, MAX_ENTRIES), children=_chosen(children, since), is_news=is_news)


def _address(base: str, location: str) -> str | None:
    if not location:
        return None
    try:
        address = urljoin(base, location)
    except ValueError:
        return None
    return address if address.startswith(("http://", "https://")) else None


def _news_date(news: etree._Element | None) -> float | None:
    """Give the publication date of a news entry (Google's guide to news sitemaps)."""
    parts = news if news is not None else ()
    return next((moment(text_of(part)) for part in parts if local_name(part) == "publication_date"), None)


def _other_forms(data: bytes, url: str) -> list[Found]:
    """Read what stands in a sitemap's place: a feed, or a text whose every line is an address."""
    if is_feed(data):
        return read_feed(data, url)
    lines = data[: MAX_LINE * MAX_ENTRIES].decode("utf-8-sig", "replace").split()
    if not lines or not all(line.startswith(("http://", "https://")) for line in lines[:MAX_ENTRIES]):
        return []
    found = (_address(url, line) for line in lines[:MAX_ENTRIES])
    return [Found(url=address, kind="article") for address in found if address]


def _chosen(children: list[Found], since: float | None) -> tuple[Found, ...]:
    """Give the sitemaps of an index that are worth asking: those of news, then the newest."""
    ends = {child.url: child.lastmod or _end_of_period(child.url) for child in children}
    ordered = sorted(children, key=lambda child: (not _names_news(child.url), -ends[child.url]))
    reaching = sum(since is not None and (end >= since or _names_news(url)) for url, end in ends.items())
    return tuple(ordered[: max(MAX_CHILDREN, min(reaching, MAX_CHILDREN_SINCE))])


def _names_news(url: str) -> bool:
    return "news" in urlsplit(url).path.lower()


def _end_of_period(url: str) -> float:
    """Give the end of the time that a sitemap is named after, in seconds since 1970; 0 where its name has none."""
    parts = urlsplit(url)
    found = _PERIOD.search(f"{parts.path}?{parts.query}")
    if found is None:
        return 0.0
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        start = datetime(year or 0, month or 12, day or 1, tzinfo=UTC)
    except ValueError:
        return 0.0
    return (start + timedelta(days=1 if day else 31)).timestamp()


def _newest(found: list[Found], limit: int) -> tuple[Found, ...]:
    return tuple(sorted(found, key=lambda item: -(item.lastmod or 0))[:limit])
