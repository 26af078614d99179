"""What a fetched listing names, of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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
    passed_over: int = 0
    """Addresses at the outlet, in a feed or sitemap, that are not taken for articles."""


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
        return _sifted(sitemap.articles, site, named=sitemap.is_news, children=sitemap.children)
    if kind == "feed":
        body = unpacked(page.body, MAX_LISTING)
        named = read_feed(body, page.url)
        if not named and not is_feed(body):
            raise NotXml("no feed")
        return _sifted(named, site, named=True)
    links = read_links(page.body, page.url, page.charset)
    feeds = () if site.feeds else tuple(feed for feed in links.feeds if "comment" not in feed.url.lower())
    return replace(_sifted(links.pages, site, named=False), feeds=feeds, passed_over=0)


def _sifted(found: Sequence[Found], site: Site, *, named: bool, children: Sequence[Found] = ()) -> Listed:
    articles = [item for item in found if looks_like_article(item.url, site, named=named)]
    own = sum(site.owns(item.url) for item in found)
    return Listed(items=(*children, *articles), passed_over=own - len(articles))
