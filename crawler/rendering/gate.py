"""What a page in the browser may ask for: no pictures, fonts, films and trackers, no other document, and an end.

One thing at a time of a host, as the crawl does.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from playwright.async_api import Error

from extractors.site import host_of, site_of
from pipelines.page import Page

if TYPE_CHECKING:
    from playwright.async_api import Page as Tab
    from playwright.async_api import Request, Route

MOST = 300
"""Requests that the scripts of one page may make."""
TURN = 5.0
"""Seconds that a request waits for the one before it at the same host."""
_UNSEEN = frozenset(("image", "media", "font", "texttrack", "manifest", "ping", "cspviolationreport", "prefetch"))
"""Kinds of request that no text comes of."""
_OWN = frozenset(("content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"))
"""Headers that tell of the bytes on the wire, not of the page."""


@cache
def trackers() -> frozenset[str]:
    """Give the registrable domains that only count and advertise."""
    text = files("crawler.rendering").joinpath("trackers.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split("\n") if line and not line.startswith("#"))


class Gate:
    """Stands before one tab: hands it the page that was fetched, and lets through what its scripts need."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._is_given = False
        self._asked = 0
        self._turns: dict[str | None, asyncio.Lock] = {}
        self._under_way: dict[Request, asyncio.Lock] = {}

    async def guard(self, tab: Tab) -> None:
        """Take the tab's requests from now on."""
        tab.on("requestfinished", self._end)
        tab.on("requestfailed", self._end)
        await tab.context.route("**/*", lambda route: route.abort())  # of windows that it opens
        await tab.route("**/*", self._decide)

    async def _decide(self, route: Route) -> None:
        with suppress(Error):  # the tab was closed meanwhile
            if not self._is_given and _is_document(route.request):
                self._is_given = True
                await route.fulfill(status=self._page.status, headers=_headers(self._page), body=self._page.body)
            elif self._is_let_through(route.request):
                await self._begin(route.request)
                await route.fallback()
            elif route.request.is_navigation_request():
                await route.fulfill(status=204)  # the page stays as it is
            else:
                await route.abort()

    async def _begin(self, request: Request) -> None:
        """Wait for the request before it at its host, unless that one takes long: it may be meant to stay open."""
        turn = self._turns.setdefault(host_of(request.url), asyncio.Lock())
        with suppress(TimeoutError):
            async with asyncio.timeout(TURN):
                await turn.acquire()
                self._under_way[request] = turn

    def _end(self, request: Request) -> None:
        turn = self._under_way.pop(request, None)
        if turn is not None:
            turn.release()

    def _is_let_through(self, request: Request) -> bool:
        if request.is_navigation_request() or request.resource_type in _UNSEEN:
            return False
        self._asked += 1
        return self._asked <= MOST and site_of(request.url) not in trackers()


def _is_document(request: Request) -> bool:
    return request.is_navigation_request() and request.frame.parent_frame is None


def _headers(page: Page) -> dict[str, str]:
    return {name: value for name, value in page.headers if name.lower() not in _OWN}
