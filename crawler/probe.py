"""Finding out about an outlet that nobody has described yet: what its file should say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from crawler.discovery.feeds import read_feed
from crawler.discovery.links import read_links
from crawler.discovery.shape import looks_like_article
from crawler.discovery.sitemaps import read_sitemap
from crawler.discovery.xml import NotXml, unpacked
from crawler.fetch import Fetcher, FetchError
from crawler.guard import host_of
from crawler.loop import wait_for
from crawler.robots import robots_url
from crawler.session import Session
from crawler.settings import MAX_LISTING
from crawler.site import Listing, Site
from extractors import Article, ExtractionError, extract
from extractors.document import Document
from extractors.recipe import extract_any_page
from extractors.site import site_of
from pipelines.page import Page

GUESSES = ("/news-sitemap.xml", "/sitemap_news.xml", "/sitemap.xml", "/feed/", "/rss.xml", "/rss")
"""Where outlets commonly list their news; asked only where neither robots.txt nor the front page names anything."""
MOST = 6
"""Sitemaps, and feeds, that are asked."""

_BETWEEN = re.compile(r"\s*[|:·•»—–]\s*|\s+-\s+")


@dataclass(slots=True, kw_only=True)
class Probe:
    """What an outlet showed."""

    site: Site
    counts: dict[str, int] = field(default_factory=dict)
    """Article addresses that each listed place names, by its address."""
    articles: list[Article] = field(default_factory=list)
    """The sample that could be read."""
    problems: list[str] = field(default_factory=list)
    """What could not be asked or read, a line each."""


def probe(outlet: str, *, day: str, sample: int = 3, contact: str | None = None, allow_private: bool = False) -> Probe:
    """Ask an outlet for robots.txt, front page, feeds, sitemaps and a few articles, politely.

    Args:
        outlet: its domain, or the address of its front page.
        day: of the probe, for the `seen` lines.
        sample: articles to read.
        contact: where the operator is reached; part of the User-Agent.
        allow_private: whether loopback and private addresses may be asked.

    Raises:
        FetchError: its front page cannot be had.
    """
    session = Session(contact=contact, allow_private=allow_private)
    wait_for(session.__aenter__())
    try:
        return wait_for(_Prober(Fetcher(session, {}), day).probe(outlet, sample))
    finally:
        wait_for(session.__aexit__())


class _Prober:
    def __init__(self, fetcher: Fetcher, day: str) -> None:
        self._fetcher, self._day = fetcher, day
        self._found: dict[str, None] = {}

    async def probe(self, outlet: str, sample: int) -> Probe:
        front = await self._front_page(outlet)
        links = read_links(front.body, front.url, front.charset)
        probe = Probe(site=_site(front))
        named = await self._named(front, probe)
        feeds = [(found.url, f"link of {front.url}") for found in links.feeds if "comment" not in found.url.lower()]
        for url, where in feeds[:MOST]:
            await self._feed(url, where, probe)
        for url, where in named[:MOST]:
            await self._sitemap(url, where, probe)
        if not probe.site.feeds and not probe.site.sitemaps:
            await self._guess(front, probe)
        for found in links.pages:
            if looks_like_article(found.url, probe.site):
                self._found.setdefault(found.url)
        probe.counts[front.url] = sum(looks_like_article(found.url, probe.site) for found in links.pages)
        await self._sample(probe, sample)
        return probe

    async def _front_page(self, outlet: str) -> Page:
        if "://" in outlet:
            return await self._fetcher.page(outlet)
        first: FetchError | None = None
        for address in (f"https://{outlet}/", f"https://www.{outlet}/", f"http://{outlet}/"):
            try:
                return await self._fetcher.page(address)
            except FetchError as problem:
                first = first or problem
        raise first or FetchError(f"{outlet} has no front page")

    async def _named(self, front: Page, probe: Probe) -> list[tuple[str, str]]:
        """Give the sitemaps that robots.txt names, those of news first."""
        robots = await self._fetcher.robots(front.url)
        address = robots_url(front.url)
        named = sorted(robots.sitemaps(address), key=lambda url: "news" not in url.lower())
        if robots.delay > probe.site.delay:
            probe.site = replace(probe.site, delay=robots.delay)
        return [(url, address) for url in named]

    async def _feed(self, url: str, where: str, probe: Probe, *, is_guess: bool = False) -> bool:
        try:
            page = await self._fetcher.answer(url)
            named = [found.url for found in read_feed(unpacked(page.body, MAX_LISTING), page.url)]
        except (FetchError, NotXml) as problem:
            if not is_guess:
                probe.problems.append(_named(url, problem))
            return False
        if not self._take(url, named, probe):
            return False
        listing = Listing(url=url, kind="feed", seen=f"{where}, {self._day}")
        probe.site = replace(probe.site, feeds=(*probe.site.feeds, listing))
        return True

    async def _sitemap(self, url: str, where: str, probe: Probe, *, is_guess: bool = False) -> bool:
        try:
            page = await self._fetcher.answer(url)
            sitemap = read_sitemap(page.body, page.url)
        except (FetchError, NotXml) as problem:
            if not is_guess:
                probe.problems.append(_named(url, problem))
            return False
        if sitemap.children:
            news = next((child.url for child in sitemap.children if "news" in child.url.lower()), None)
            if news and not any(listing.url == news for listing in probe.site.sitemaps):
                await self._sitemap(news, url, probe)
            probe.counts[url] = len(sitemap.children)
        elif not self._take(url, [found.url for found in sitemap.articles], probe):
            return False
        kind = "index" if sitemap.children else "news" if sitemap.is_news else "urlset"
        listing = Listing(url=url, kind=kind, seen=f"{where}, {self._day}")
        probe.site = replace(probe.site, sitemaps=(*probe.site.sitemaps, listing))
        return True

    async def _guess(self, front: Page, probe: Probe) -> None:
        """Try the common places, until one gives something."""
        for path in GUESSES:
            url = urljoin(front.url, path)
            read = self._sitemap if "sitemap" in path else self._feed
            if await read(url, "answered at a common place", probe, is_guess=True):
                return

    def _take(self, url: str, named: Iterable[str], probe: Probe) -> int:
        """Count the outlet's own articles among those that a place names, and remember them."""
        own = [address for address in named if looks_like_article(address, probe.site, named=True)]
        probe.counts[url] = len(own)
        self._found |= dict.fromkeys(own)
        return len(own)

    async def _sample(self, probe: Probe, sample: int) -> None:
        for url in list(self._found)[:sample]:
            try:
                page = await self._fetcher.page(url)
                probe.articles.append(
                    extract(page.body, url=page.url, fetched_at=page.fetched_at, charset=page.charset)
                )
            except (FetchError, ExtractionError) as problem:
                probe.problems.append(_named(url, problem))
        languages = Counter(article.language for article in probe.articles if article.language)
        if languages:
            probe.site = replace(probe.site, language=languages.most_common(1)[0][0])


def _site(front: Page) -> Site:
    """Give what the front page alone tells of an outlet."""
    host = urlsplit(front.url).hostname or ""
    document = Document(front.body, url=front.url, charset=front.charset)
    name = document.first_meta("og:site_name", "application-name") or _own_name(document.title or host, host)
    language = extract_any_page(front.body, url=front.url, charset=front.charset).language
    return Site(
        domain=site_of(front.url) or host, name=" ".join(name.split())[:80], hosts=(host,), language=language or "en"
    )


def _own_name(title: str, host: str) -> str:
    """Give the part of a front page's title that is the outlet's name: the one that its host has, else the whole."""
    parts = [part.strip() for part in _BETWEEN.split(title)]
    plain = re.sub(r"\W", "", host.lower())
    return next((part for part in parts if part and re.sub(r"\W", "", part.lower()) in plain), title)


def _named(url: str, problem: Exception) -> str:
    text = str(problem)
    return text if host_of(url) in text else f"{url}: {text}"
