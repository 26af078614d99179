"""Single addresses for `redtop extract URL`: the crawl's downloader, limits and manners."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin

from crawler.content import no_page
from crawler.guard import ForbiddenAddress, check_address, host_of, without_credentials
from crawler.loop import wait_for
from crawler.reasons import name_of, status_line
from crawler.rendering import Browser, NotRendered
from crawler.robots import Robots, robots_url
from crawler.session import DownloadError, Session
from crawler.settings import DOWNLOAD_TIMEOUT
from crawler.site import Site, site_for
from pipelines.page import Page

MAX_HOPS = 10
"""Redirects that one address may take."""
REDIRECTS = (301, 302, 303, 307, 308)


class FetchError(Exception):
    """A page was not had; the message is one line for a person ("her.ie answered 403 Forbidden")."""


def fetch(
    url: str,
    *,
    sites: Mapping[str, Site] | None = None,
    contact: str | None = None,
    allow_private: bool = False,
    timeout: float = DOWNLOAD_TIMEOUT,
    browser: bool = False,
) -> Page:
    """Fetch one page; see `fetch_many`. Raises `FetchError`."""
    for _, page in fetch_many(
        [url], sites=sites, contact=contact, allow_private=allow_private, timeout=timeout, browser=browser
    ):
        if isinstance(page, FetchError):
            raise page
        return page
    raise AssertionError("an address gives a page or an error")


def fetch_many(
    urls: Iterable[str],
    *,
    sites: Mapping[str, Site] | None = None,
    contact: str | None = None,
    allow_private: bool = False,
    timeout: float = DOWNLOAD_TIMEOUT,
    browser: bool = False,
) -> Iterator[tuple[str, Page | FetchError]]:
    """Fetch pages one after the other and give each with the address asked for, in order.

    robots.txt is asked first and obeyed, redirects are followed hop by hop under the same rules, and one host is
    asked no faster than its site file or its robots.txt wants.

    Args:
        urls: addresses, http or https.
        sites: what is known of outlets, by registrable domain.
        contact: where the operator is reached; part of the User-Agent.
        allow_private: whether loopback, private and link-local addresses may be asked.
        timeout: seconds that one request may take.
        browser: whether every page is given as a browser shows it, not only those of outlets whose file says so.
    """
    session = Session(contact=contact, allow_private=allow_private, timeout=timeout)
    shown = Browser(contact=contact, allow_private=allow_private)
    fetcher = Fetcher(session, sites or {}, shown, shows_all=browser)
    wait_for(session.__aenter__())
    try:
        for url in urls:
            try:
                yield url, wait_for(fetcher.page(url))
            except FetchError as problem:
                yield url, problem
    finally:
        wait_for(shown.close())
        wait_for(session.__aexit__())


class Fetcher:
    """Asks for single addresses with all manners: robots.txt, delays, redirects hop by hop."""

    def __init__(
        self, session: Session, sites: Mapping[str, Site], browser: Browser | None = None, *, shows_all: bool = False
    ) -> None:
        """Prepare to ask.

        Args:
            session: that is open.
            sites: what is known of outlets, by registrable domain.
            browser: for pages made by script; None: they are read as they come.
            shows_all: whether every page is given as the browser shows it.
        """
        self.session = session
        self._sites, self._browser, self._shows_all = sites, browser, shows_all
        self._robots: dict[str, Robots] = {}
        self._next: dict[str, float] = {}

    async def page(self, url: str) -> Page:
        """Fetch one page that can be read, redirects followed, as a browser shows it where that is asked for.

        Raises `FetchError`.
        """
        page = _readable(await self.answer(url))
        site = site_for(self._sites, page.url)
        if self._browser is None or not (self._shows_all or (site and site.browser)):
            return page
        try:
            return await self._browser.render(page)
        except NotRendered as problem:
            raise FetchError(f"{page.url}: {problem}") from problem

    async def answer(self, url: str) -> Page:
        """Fetch what answers 200 at an address, of whatever type, redirects followed. Raises `FetchError`."""
        try:
            return _answered(await self._last_hop(url), without_credentials(url))
        except (DownloadError, ForbiddenAddress) as problem:
            raise FetchError(str(problem)) from problem

    async def robots(self, url: str) -> Robots:
        """Give the robots.txt that speaks for an address. Raises `FetchError`."""
        try:
            return await self._rules(url)
        except (DownloadError, ForbiddenAddress) as problem:
            raise FetchError(str(problem)) from problem

    async def _last_hop(self, url: str) -> Page:
        check_address(url)
        asked, hop = [without_credentials(url)], without_credentials(url)
        for _ in range(MAX_HOPS + 1):
            answer = await self._hop(hop)
            if answer.status not in REDIRECTS or not (target := answer.header_map.get("location")):
                return answer
            hop = without_credentials(urljoin(hop, target))
            if hop in asked:
                raise FetchError(f"{name_of(url)} redirects in a circle")
            asked.append(hop)
        raise FetchError(f"{name_of(url)} redirects more than {MAX_HOPS} times")

    async def _hop(self, url: str) -> Page:
        if not (await self._rules(url)).allows(url):
            raise FetchError(f"{name_of(url)} does not allow {url} in its robots.txt")
        return await self._ask(url)

    async def _ask(self, url: str) -> Page:
        """Ask after the host's delay."""
        host = host_of(url)
        clock = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._next.get(host, 0.0) - clock()))
        try:
            return await self.session.get(url)
        finally:
            self._rest(url)

    def _rest(self, url: str) -> None:
        """Leave the host of an address alone for its delay from now on."""
        site, robots = site_for(self._sites, url), self._robots.get(host_of(url))
        delay = max(site.delay if site else 0.0, robots.delay if robots else 0.0)
        self._next[host_of(url)] = asyncio.get_running_loop().time() + delay

    async def _rules(self, url: str) -> Robots:
        """Give the robots.txt of a host, asked once."""
        host = host_of(url)
        if host not in self._robots:
            answer = await self._robots_answer(robots_url(url))
            known = Robots.answered(answer.status, answer.body)
            if known is None:
                line = status_line(url, answer.status)
                raise FetchError(f"{line} for its robots.txt, so nothing else is asked")
            self._robots[host] = known
            self._rest(url)
        return self._robots[host]

    async def _robots_answer(self, url: str) -> Page:
        for _ in range(5):  # RFC 9309, 2.3.1.2
            answer = await self.session.get(url)
            target = answer.header_map.get("location")
            if answer.status not in REDIRECTS or not target:
                break
            url = urljoin(url, target)
        return answer


def _answered(page: Page, asked: str) -> Page:
    if page.status != 200:
        raise FetchError(status_line(page.url, page.status))
    return page if page.url == asked else replace(page, requested_url=asked)


def _readable(page: Page) -> Page:
    other = no_page(page.header_map.get("content-type"), page.body)
    if other:
        raise FetchError(f"{page.url} is {other}, no page")
    return page
