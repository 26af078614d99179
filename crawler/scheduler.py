"""The frontier as Scrapy's SCHEDULER: what it has chosen goes straight to the downloader, nothing else does.

Which address is asked when is the frontier's decision alone (`crawler.dispatch`): the spider's `start` hands each
ticket over as a request when its moment has come, and the engine wakes up for it by itself. So there is no queue here
beyond that request, no filter of duplicates, and nothing on disk.
"""

from __future__ import annotations

from collections import deque
from typing import Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler

TICKET = "ticket"
"""Key of a request's `meta` under which the frontier's ticket lies."""


class FrontierScheduler(BaseScheduler):
    """Passes on requests that carry a ticket of the frontier and refuses every other one."""

    def __init__(self) -> None:
        self._ready: deque[Request] = deque()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one; it needs no settings."""
        return cls()

    def has_pending_requests(self) -> bool:
        """Whether a request waits for the engine; the run itself lasts as long as the spider's `start`."""
        return bool(self._ready)

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that the frontier has chosen."""
        if TICKET not in request.meta:
            return False
        self._ready.append(request)
        return True

    def next_request(self) -> Request | None:
        """Give the engine the next one."""
        return self._ready.popleft() if self._ready else None
