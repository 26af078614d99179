"""Asking an outlet what its file says it has, and reading an article or two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from crawler.discovery.feeds import read_feed
from crawler.discovery.links import read_links
from crawler.discovery.shape import looks_like_article
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.xml import NotXml
from crawler.fetch import Fetcher, FetchError
from crawler.loop import wait_for
from crawler.rendering import Browser
from crawler.robots import robots_url
from crawler.session import Session
from crawler.site import Listing, Site
from extractors import ExtractionError, extract
from pipelines.page import Page


@dataclass(slots=True, kw_only=True)
class PlaceFinding:
    """What one listed place gave."""

    url: str
    kind: str
    """As in `Listing`; `robots` of robots.txt, `front page`, or `article` of one that was read."""
    articles: int = 0
    """Article addresses it lists; of an article 1."""
    missing: tuple[str, ...] = ()
    """Fields that an article did not give."""
    error: str | None = None


@dataclass(slots=True, kw_only=True)
class OutletFinding:
    """What an outlet gave."""

    site: str
    places: list[PlaceFinding] = field(default_factory=list)

    @property
    def is_served(self) -> bool:
        """Whether an article was read."""
        return any(place.kind == "article" and not place.error for place in self.places)


def check(
    sites: list[Site], *, sample: int = 2, contact: str | None = None, allow_private: bool = False
) -> Iterator[OutletFinding]:
    """Ask each outlet for its listed places and `sample` of the articles they list; give what was found, one by one."""
    session = Session(contact=contact, allow_private=allow_private)
    browser = Browser(contact=contact, allow_private=allow_private)
    wait_for(session.__aenter__())
    try:
        fetcher = Fetcher(session, {site.domain: site for site in sites}, browser)
        for site in sites:
            yield wait_for(_check(site, fetcher, sample))
    finally:
        wait_for(browser.close())
        wait_for(session.__aexit__())


async def _check(site: Site, fetcher: Fetcher, sample: int) -> OutletFinding:
    finding = OutletFinding(site=site.domain)
    listed = [*site.sitemaps, *site.feeds, *site.sections]
    try:
        robots = await fetcher.robots(site.front_page)
        named = robots.sitemaps(robots_url(site.front_page))
        finding.places.append(PlaceFinding(url=robots_url(site.front_page), kind="robots"))
        known = {place.url for place in listed}
        listed += [Listing(url=url, kind="urlset") for url in named if url not in known]
    except FetchError as problem:
        finding.places.append(PlaceFinding(url=robots_url(site.front_page), kind="robots", error=str(problem)))
        return finding
    articles: dict[str, None] = {}
    for place in listed or [Listing(url=site.front_page, kind="front page")]:
        found = await _place(site, place, fetcher, articles)
        finding.places.append(found)
    for url in list(articles)[:sample]:
        finding.places.append(await _article(site, url, fetcher))
    return finding


async def _place(site: Site, place: Listing, fetcher: Fetcher, articles: dict[str, None]) -> PlaceFinding:
    try:
        ask = fetcher.page if place.kind in ("section", "front page") else fetcher.answer
        page = await ask(place.url)
        urls = [url for url in _listed(page, place.kind) if site.owns(url) and looks_like_article(url, site)]
    except (FetchError, NotXml) as problem:
        return PlaceFinding(url=place.url, kind=place.kind, error=str(problem))
    articles.update(dict.fromkeys(urls))
    return PlaceFinding(url=place.url, kind=place.kind, articles=len(urls))


def _listed(page: Page, kind: str) -> list[str]:
    if kind == "feed":
        return [found.url for found in read_feed(page.body, page.url)]
    if kind in ("section", "front page"):
        return [found.url for found in read_links(page.body, page.url, page.charset).pages]
    return [found.url for found in read_sitemap(page.body, page.url).articles]


async def _article(site: Site, url: str, fetcher: Fetcher) -> PlaceFinding:
    try:
        page = await fetcher.page(url)
        article = extract(page.body, url=page.url, fetched_at=page.fetched_at, rules=site.rules, charset=page.charset)
    except (FetchError, ExtractionError) as problem:
        return PlaceFinding(url=url, kind="article", error=str(problem))
    wanted: Mapping[str, object] = {
        "headline": article.headline,
        "published": article.published,
        "authors": article.authors,
        "body": article.body,
    }
    return PlaceFinding(
        url=url, kind="article", articles=1, missing=tuple(name for name, value in wanted.items() if not value)
    )
