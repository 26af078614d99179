"""Single addresses for `redtop extract URL`: the crawl's downloader, limits and manners."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urljoin

from crawler.content import no_page
from crawler.frontier.pace import retry_after
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
DELAY = 1.0
"""Seconds between two requests to a host that no site file and no robots.txt says more of."""
MAX_WAIT = 60.0
"""Seconds that a host may ask to be left alone (Retry-After) and is waited for; one that asks for more is not asked
again before."""
TRIES = 3
"""Requests for one address whose host asks for such a wait each time."""
_log = logging.getLogger(__name__)


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

    robots.txt is asked first, once a host, and obeyed; redirects are followed hop by hop under the same rules. One host
    is asked no faster than its site file or its robots.txt wants, and once a second at most where no site file says
    otherwise. A host that answers 429 or 503 with Retry-After is asked again after as long, told in the log; where that
    is more than a minute, not at all.

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
    fetcher = Fetcher(session, sites or {}, shown, shows_all=browser, delay=DELAY)
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
        self,
        session: Session,
        sites: Mapping[str, Site],
        browser: Browser | None = None,
        *,
        shows_all: bool = False,
        delay: float = 0.0,
    ) -> None:
        """Prepare to ask.

        Args:
            session: that is open.
            sites: what is known of outlets, by registrable domain.
            browser: for pages made by script; None: they are read as they come.
            shows_all: whether every page is given as the browser shows it.
            delay: seconds between two pages of a host of which no site file is known; robots.txt may want more.
        """
        self.session = session
        self._sites, self._browser, self._shows_all = sites, browser, shows_all
        self._delay = delay
        self._robots: dict[str, Robots] = {}
        self._without_robots: dict[str, str] = {}
        self._next: dict[str, float] = {}
        self._closed: dict[str, float] = {}

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
        return await self._ask(url, self._delay)

    async def _ask(self, url: str, delay: float) -> Page:
        """Ask after the host's delay, and again where it wants to be left alone for no longer than can be waited."""
        host = host_of(url)
        clock = asyncio.get_running_loop().time
        for number in range(TRIES):
            if (left := self._closed.get(host, 0.0) - clock()) > 0:
                raise FetchError(f"{name_of(url)} asked to be left alone for {left:.0f} more seconds")
            await asyncio.sleep(max(0.0, self._next.get(host, 0.0) - clock()))
            try:
                answer = await self.session.get(url)
            finally:
                self._rest(url, delay)
            wait = retry_after(answer.header_map, time.time()) if answer.status in (429, 503) else None
            if wait is None:
                break
            self._next[host] = max(self._next[host], clock() + wait)
            if wait > MAX_WAIT:
                self._closed[host] = clock() + wait
                break
            if number + 1 < TRIES:
                _log.warning("%s asks to be left alone for %.0f seconds; waiting", name_of(url), wait)
        return answer

    def _rest(self, url: str, delay: float) -> None:
        """Leave the host of an address alone for its delay from now on."""
        site, robots = site_for(self._sites, url), self._robots.get(host_of(url))
        pause = max(site.delay if site else delay, robots.delay if robots else 0.0)
        self._next[host_of(url)] = asyncio.get_running_loop().time() + pause

    async def _rules(self, url: str) -> Robots:
        """Give the robots.txt of a host, asked once, also where it could not be had."""
        host = host_of(url)
        if host in self._without_robots:
            raise FetchError(self._without_robots[host])
        if host not in self._robots:
            try:
                answer = await self._robots_answer(robots_url(url))
            except DownloadError as problem:
                self._without_robots[host] = str(problem)
                raise
            known = Robots.answered(answer.status, answer.body)
            if known is None:
                line = f"{status_line(url, answer.status)} for its robots.txt, so nothing else is asked"
                self._without_robots[host] = line
                raise FetchError(line)
            self._robots[host] = known
            self._rest(url, 0.0)
        return self._robots[host]

    async def _robots_answer(self, url: str) -> Page:
        for _ in range(5):  # RFC 9309, 2.3.1.2
            answer = await self._ask(url, 0.0)
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
