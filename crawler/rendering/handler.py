"""scrapy-playwright's download handler, one for both schemes: Scrapy makes one a scheme, and each brings a browser."""

from __future__ import annotations

import asyncio
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

_MADE: WeakKeyDictionary[Crawler, BrowserHandler] = WeakKeyDictionary()


class BrowserHandler(ScrapyPlaywrightDownloadHandler):
    """Shared by all schemes of one crawler."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._is_launched = asyncio.Event()
        self._is_closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserHandler:
        """Give the crawler's one."""
        if crawler not in _MADE:
            _MADE[crawler] = cls(crawler)
        return _MADE[crawler]

    async def _launch(self) -> None:
        try:
            await super()._launch()
        finally:
            self._is_launched.set()

    async def download_request(self, request: Request) -> Response:
        """Show a page, once playwright is there: the engine tells that it has started before all have heard it."""
        await self._is_launched.wait()
        response: Response = await super().download_request(request)
        return response

    async def close(self) -> None:
        """End the browser; a second call does nothing."""
        if not self._is_closed:
            self._is_closed = True
            await super().close()
