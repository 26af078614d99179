"""Asking an outlet what its file says it has, and reading an article or two."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.clerk.listings import MAX_NESTING, MAX_SITEMAPS
from crawler.discovery.feeds import is_feed, read_feed
from crawler.discovery.links import read_links
from crawler.discovery.shape import looks_like_article
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.xml import NotXml, unpacked
from crawler.fetch import Fetcher, FetchError
from crawler.frontier.urls import Found
from crawler.loop import event_loop, wait_for
from crawler.robots import robots_url
from crawler.session import Session
from crawler.settings import MAX_LISTING
from crawler.site import Listing, Site
from extractors import ExtractionError, extract
from extractors.address import clean_url
from extractors.serial import iso
from pipelines.page import Page

AT_ONCE = 8
"""Outlets that are asked at a time; each host one request after the other, as ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFinding:
    """What one listed place gave."""

    url: str
    kind: str
    """As in `Listing`; `robots` of robots.txt, `front page`, or `article` of one that was read."""
    named: int = 0
    """Addresses it names; of an index sitemaps."""
    articles: int = 0
    """Of those, that are taken for articles of the outlet; of an article that was read 1."""
    newest: str | None = None
    """The latest time that it tells, in UTC; of an article when it was published."""
    headline: str | None = None
    words: int | None = None
    """Of an article's text."""
    missing: tuple[str, ...] = ()
    """Fields that an article did not give."""
    error: str | None = None
    """Why it is of no use, in one line."""


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
    """Ask outlets for their listed places and `sample` of the newest articles there; give what was found, in order."""
    session = Session(contact=contact, allow_private=allow_private)
    wait_for(session.__aenter__())
    try:
        fetcher = Fetcher(session, {site.domain: site for site in sites})
        under_way: deque[asyncio.Task[OutletFinding]] = deque()
        for site in sites:
            if len(under_way) >= AT_ONCE:
                yield wait_for(_result(under_way.popleft()))
            under_way.append(event_loop().create_task(_Check(site, fetcher).outlet(sample)))
        while under_way:
            yield wait_for(_result(under_way.popleft()))
    finally:
        for task in under_way:
            task.cancel()
        wait_for(session.__aexit__())


async def _result(task: asyncio.Task[OutletFinding]) -> OutletFinding:
    return await task


class _Check:
    def __init__(self, site: Site, fetcher: Fetcher) -> None:
        self._site, self._fetcher = site, fetcher
        self._articles: dict[str, float] = {}

    async def outlet(self, sample: int) -> OutletFinding:
        site, address = self._site, robots_url(self._site.front_page)
        finding = OutletFinding(site=site.domain)
        try:
            robots = await self._fetcher.robots(site.front_page)
        except FetchError as problem:
            finding.places.append(PlaceFinding(url=address, kind="robots", error=str(problem)))
            return finding
        named = robots.sitemaps(address)[:MAX_SITEMAPS]
        finding.places.append(PlaceFinding(url=address, kind="robots", named=len(named)))
        listed = [*site.sitemaps, *site.feeds, *site.sections]
        known = {place.url for place in listed}
        listed += [Listing(url=url, kind="urlset") for url in named if url not in known]
        for place in listed or [Listing(url=site.front_page, kind="front page")]:
            finding.places += await self._place(place.url, place.kind)
        newest = sorted(self._articles, key=lambda url: -self._articles[url])
        finding.places += [await self._article(url) for url in newest[:sample]]
        return finding

    async def _place(self, url: str, kind: str, depth: int = 0) -> list[PlaceFinding]:
        """Ask for one place; below an index also for the sitemap that a crawl would begin with."""
        try:
            page = await self._fetcher.answer(url)
            found, children, is_named = _read(page, kind)
        except (FetchError, NotXml) as problem:
            return [PlaceFinding(url=url, kind=kind, error=str(problem))]
        place = PlaceFinding(url=url, kind=kind, named=len(children or found), newest=_newest(children or found))
        if children and not found:
            below = await self._place(children[0].url, "urlset", depth + 1) if depth < MAX_NESTING else []
            return [replace(place, kind="index"), *below]
        own = [item for item in found if looks_like_article(item.url, self._site, named=is_named)]
        for item in own:
            url = clean_url(item.url)
            self._articles[url] = max(item.lastmod or 0, self._articles.get(url, 0))
        error = None if own else f"none of its {len(found)} addresses is an article's" if found else "names nothing"
        return [replace(place, articles=len(own), newest=_newest(own), error=error)]

    async def _article(self, url: str) -> PlaceFinding:
        try:
            page = await self._fetcher.page(url)
            article = extract(
                page.body, url=page.url, fetched_at=page.fetched_at, rules=self._site.rules, charset=page.charset
            )
        except (FetchError, ExtractionError) as problem:
            return PlaceFinding(url=url, kind="article", error=str(problem))
        wanted: Mapping[str, object] = {
            "headline": article.headline,
            "published": article.published,
            "authors": article.authors,
            "body": article.body,
        }
        published = article.to_dict()["published"]
        return PlaceFinding(
            url=url, kind="article", articles=1, headline=article.headline, words=len(article.text.split()),
            newest=published and published["value"], missing=tuple(name for name, value in wanted.items() if not value),
        )  # fmt: skip


def _read(page: Page, kind: str) -> tuple[list[Found], list[Found], bool]:
    """Give the addresses that a place names, the sitemaps below it, and whether it names articles only.

    Raises:
        NotXml: it is no feed or sitemap.
    """
    if kind == "feed":
        body = unpacked(page.body, MAX_LISTING)
        found = read_feed(body, page.url)
        if not found and not is_feed(body):
            raise NotXml("no feed")
        return found, [], True
    if kind in ("section", "front page"):
        return list(read_links(page.body, page.url, page.charset).pages), [], False
    sitemap = read_sitemap(page.body, page.url)
    return list(sitemap.articles), list(sitemap.children), sitemap.is_news


def _newest(found: list[Found]) -> str | None:
    times = [item.lastmod for item in found if item.lastmod is not None]
    return iso(datetime.fromtimestamp(max(times), UTC)) if times else None
