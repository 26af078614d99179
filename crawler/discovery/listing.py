"""What a fetched listing names, of any kind."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.discovery.feeds import is_feed, read_feed
from crawler.discovery.links import read_links
from crawler.discovery.shape import looks_like_article
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.xml import NotXml, unpacked
from crawler.frontier.urls import Found, Kind
from crawler.settings import MAX_LISTING
from crawler.site import Site
from pipelines.page import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a listing names."""

    items: tuple[Found, ...]
    """Articles of the outlet, and listings below this one."""
    feeds: tuple[Found, ...] = ()
    """Feeds that a page names, where the site's file names none."""


def listed(page: Page, kind: Kind, site: Site, since: float | None = None) -> Listed:
    """Read a sitemap, feed or section page. Raises `NotXml` where a sitemap or feed is none.

    Args:
        page: as it was answered.
        kind: what it is taken for.
        site: the outlet.
        since: how far back the run goes, in seconds since 1970.
    """
    if kind == "sitemap":
        sitemap = read_sitemap(page.body, page.url, since)
        return Listed(items=(*sitemap.children, *_articles(sitemap.articles, site, named=sitemap.is_news)))
    if kind == "feed":
        body = unpacked(page.body, MAX_LISTING)
        named = read_feed(body, page.url)
        if not named and not is_feed(body):
            raise NotXml("no feed")
        return Listed(items=_articles(named, site, named=True))
    links = read_links(page.body, page.url, page.charset)
    feeds = () if site.feeds else tuple(feed for feed in links.feeds if "comment" not in feed.url.lower())
    return Listed(items=_articles(links.pages, site, named=False), feeds=feeds)


def _articles(found: list[Found] | tuple[Found, ...], site: Site, *, named: bool) -> tuple[Found, ...]:
    return tuple(item for item in found if looks_like_article(item.url, site, named=named))
