"""Where the reading of an outlet begins."""

from __future__ import annotations

from crawler.frontier.urls import Found, Kind
from crawler.site import Site

_KINDS: dict[str, Kind] = {
    "feed": "feed", "section": "section", "news": "sitemap", "index": "sitemap", "urlset": "sitemap",
}  # fmt: skip


def roots_of(site: Site) -> list[Found]:
    """Give the listings of an outlet's file, news sitemaps first; the front page where it names none."""
    news_first = sorted(site.sitemaps, key=lambda item: item.kind != "news")
    listed = [*news_first, *site.feeds, *site.sections]
    return [Found(url=item.url, kind=_KINDS[item.kind]) for item in listed] or [
        Found(url=site.front_page, kind="section")
    ]
