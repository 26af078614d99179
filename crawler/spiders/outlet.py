"""The one spider, for every outlet."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

from scrapy import Request, Spider
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response

from crawler.clerk import Answer, Clerk
from crawler.dispatch import Dispatcher
from crawler.frontier.urls import Ticket
from crawler.reasons import Trouble, explain, trouble_of
from crawler.scheduler import TICKET
from crawler.session import page_of
from crawler.settings import DOWNLOAD_TIMEOUT, MAX_LISTING, MAX_PAGE

if TYPE_CHECKING:
    from twisted.python.failure import Failure

log = logging.getLogger(__name__)


class OutletSpider(Spider):
    """Asks for what the frontier gives out and hands over what comes back."""

    name = "outlets"

    def __init__(self, *, dispatcher: Dispatcher, clerk: Clerk, refused: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._dispatcher, self._clerk, self._refused = dispatcher, clerk, refused
        self.broken: BaseException | None = None
        """What made the run break off."""

    async def start(self) -> AsyncIterator[Request]:
        """Ask for each address as its moment comes."""
        try:
            async for ticket in self._dispatcher.tickets():
                try:
                    request = self._request(ticket)
                except ValueError as problem:
                    await self._clerk.miss(ticket, f"{ticket.url} cannot be asked: {problem}", Trouble.LASTING)
                    continue
                yield request
        except Exception as problem:  # Scrapy would log it and go on as if nothing were left to ask
            await self._break(problem)

    async def parse(self, response: Response) -> None:
        """Hand an answer over."""
        request = response.request
        assert request is not None
        answer = Answer(
            ticket=request.meta[TICKET],
            page=page_of(response),
            asked_with=_headers(request),
            latency=float(request.meta.get("download_latency", 0.0)),
        )
        try:
            await self._clerk.take(answer)
        except Exception as problem:  # what the clerk lets through: the archive or the database cannot be written
            await self._break(problem)

    async def missed(self, failure: Failure) -> None:
        """Hand over that there was no answer."""
        request: Request = failure.request  # type: ignore[attr-defined]
        problem = failure.value or DownloadFailedError("no answer")
        max_size = request.meta["download_maxsize"]
        proxy = request.meta.get("proxy")
        reason = explain(problem, request.url, self._refused, max_size, DOWNLOAD_TIMEOUT, proxy=proxy)
        trouble = trouble_of(problem, request.url, self._refused)
        try:
            await self._clerk.miss(request.meta[TICKET], reason, trouble)
        except Exception as problem_of_ours:  # as in parse
            await self._break(problem_of_ours)

    async def _break(self, problem: BaseException) -> None:
        """End the run: what happened is no page's fault."""
        if self.broken is None:
            self.broken = problem
            log.debug("the run breaks off", exc_info=problem)
            self._ending = asyncio.ensure_future(self.crawler.stop_async())

    def _request(self, ticket: Ticket) -> Request:
        """Make the request for a ticket: conditional where an answer is known, but robots.txt is always asked whole."""
        known = {"If-None-Match": ticket.etag, "If-Modified-Since": ticket.last_modified}
        headers = {} if ticket.kind == "robots" else {name: value for name, value in known.items() if value}
        return Request(
            ticket.url,
            headers=headers,
            callback=self.parse,
            errback=self.missed,
            meta={
                TICKET: ticket,
                "download_maxsize": MAX_PAGE if ticket.kind in ("article", "robots") else MAX_LISTING,
                "download_slot": ticket.host,
            },
            dont_filter=True,
        )


def _headers(request: Request) -> tuple[tuple[str, str], ...]:
    """Give the headers of a request as the outlet saw them."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in request.headers.items()
        if name != b"Proxy-Authorization"
        for value in values
    )
