"""Scrapy's engine and downloader kept open for single requests, outside a crawl."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from crawler.guard import ForbiddenAddress, check_address, without_credentials
from crawler.loop import install_resolver
from crawler.proxy import Proxies
from crawler.reasons import explain
from crawler.resolver import GuardedResolver
from crawler.settings import DOWNLOAD_TIMEOUT, MAX_PAGE, scrapy_settings
from pipelines.page import Page

if TYPE_CHECKING:
    from scrapy.http import Response


class DownloadError(Exception):
    """One request failed; the message is one line for a person."""


class _IdleSpider(Spider):
    """Keeps an engine open that is only asked from outside."""

    name = "idle"

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make one that refuses to close while it is idle."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.stay, signals.spider_idle)
        return spider

    def stay(self) -> None:
        """Keep the engine open."""
        raise DontCloseSpider


def page_of(response: Response, *, requested_url: str | None = None) -> Page:
    """Make the plain page of a response of Scrapy's; its time is now."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    url = without_credentials(response.url)
    return Page(
        url=url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=datetime.now(UTC),
        requested_url=None if requested_url in (None, url) else requested_url,
    )


class Session:
    """One downloader for requests that come one by one; an asynchronous context manager."""

    def __init__(
        self,
        *,
        contact: str | None,
        allow_private: bool,
        timeout: float = DOWNLOAD_TIMEOUT,
        resolver: GuardedResolver | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        """Prepare one.

        Args:
            contact: where the operator is reached; part of the User-Agent.
            allow_private: whether loopback, private and link-local addresses may be asked.
            timeout: seconds that one request may take.
            resolver: of names; None: a new one, that the reactor uses from now on.
            settings: of Scrapy's, where they differ.
        """
        self._resolver = resolver or install_resolver(allow_private=allow_private, trusted=Proxies().hosts)
        self._timeout = timeout
        opened: dict[str, Any] = {"SCHEDULER": "scrapy.core.scheduler.Scheduler", "DOWNLOAD_TIMEOUT": timeout}
        self._crawler = Crawler(_IdleSpider, scrapy_settings(contact, **(opened | dict(settings or {}))))
        self._running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        opened = asyncio.Event()

        def tell() -> None:
            opened.set()

        self._crawler.signals.connect(tell, signals.engine_started)
        self._running = asyncio.ensure_future(self._crawler.crawl_async())
        await _first(self._running, opened.wait)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._crawler.stop_async()
        if self._running:
            await self._running

    async def get(self, url: str, *, max_size: int = MAX_PAGE) -> Page:
        """Ask for one address, once; redirects are not followed. Raises `DownloadError`."""
        try:
            check_address(url)
        except ForbiddenAddress as problem:
            raise DownloadError(str(problem)) from problem
        request = Request(without_credentials(url), meta={"download_maxsize": max_size}, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as problem:  # of Twisted, TLS, DNS and Scrapy: no type of theirs is common to all
            proxy = request.meta.get("proxy")
            reason = explain(problem, url, self._resolver.refused, max_size, self._timeout, proxy=proxy)
            raise DownloadError(reason) from problem
        return page_of(response)

    async def ask(self, request: Request) -> Response:
        """Pass on a request of the caller's own making; what goes wrong is raised as it is."""
        return await self._crawler.engine.download_async(request)


async def _first(running: asyncio.Task[None], wait: Callable[[], Any]) -> None:
    """Wait for an event, or for the end of what should have brought it about."""
    waiting = asyncio.ensure_future(wait())
    await asyncio.wait((running, waiting), return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        waiting.cancel()
        running.result()
        raise RuntimeError("the downloader ended before it began")
