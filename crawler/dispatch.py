"""Choosing what is asked next: due addresses of leased hosts, each host at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from functools import partial
from math import inf

from sqlite_utils import Database

from crawler.frontier.hosts import HostState, release_hosts, renew_hosts, take_host
from crawler.frontier.pace import DAY, Pace
from crawler.frontier.urls import (
    Found,
    Kind,
    Ticket,
    ask_robots,
    begin_site,
    due,
    hosts_with_work,
    next_due,
    settle_failure,
)
from crawler.lane import Lane
from crawler.owner import this_process
from crawler.report import CrawlReport
from crawler.robots import Robots, robots_url
from crawler.site import Site
from pipelines.writer import Writer

AHEAD = 50
"""Addresses that a host's lane takes from the frontier at a time."""
UNDER_WAY = 32
"""Pages of a run between request and commit, beside those that wait for a worker."""
_KINDS: dict[str, Kind] = {
    "feed": "feed", "section": "section", "news": "sitemap", "index": "sitemap", "urlset": "sitemap",
}  # fmt: skip
DISALLOWED = "robots.txt does not allow it"


class Dispatcher:
    """Gives tickets, one after the other, for as long as there is something to do."""

    def __init__(
        self,
        *,
        sites: Sequence[Site],
        writer: Writer,
        reader: Database,
        report: CrawlReport,
        pace: Pace,
        limit: int | None,
        is_full: Callable[[], bool],
        clock: Callable[[], float],
    ) -> None:
        """Prepare for a run.

        Args:
            sites: the outlets of the run.
            writer: of the database.
            reader: a connection of this thread's own to the same database.
            report: of the run.
            pace: the intervals.
            limit: article pages to ask for at each outlet; None: all that are due.
            is_full: whether so many pages wait to be read that no more should be asked for.
            clock: gives the time in seconds since 1970.
        """
        self._sites = {site.domain: site for site in sites}
        self._writer, self._reader, self._report = writer, reader, report
        self._pace, self._limit, self._is_full, self._clock = pace, limit, is_full, clock
        self._lanes: dict[str, Lane] = {}
        self._refused: set[str] = set()
        self._open: dict[str, Ticket] = {}
        self._asked: dict[str, set[str]] = {site.domain: set() for site in sites}
        self._changed = asyncio.Event()

    async def tickets(self) -> AsyncIterator[Ticket]:
        """Give what is to be asked now, waiting where a host's pace or a full house asks for it."""
        await asyncio.gather(*(self._open_site(site) for site in self._sites.values()))
        renewing = asyncio.ensure_future(self._renew())
        try:
            while True:
                self._changed.clear()
                ticket = await self._pick()
                if ticket is not None:
                    yield ticket
                elif not await self._wait():
                    return
        finally:
            renewing.cancel()

    async def close(self) -> None:
        """Give the hosts back."""
        await asyncio.wrap_future(self._writer.submit(lambda db: release_hosts(db, this_process())))

    def lane(self, ticket: Ticket) -> Lane:
        """Give the lane of a ticket."""
        return self._lanes[ticket.host]

    def answered(self, ticket: Ticket, *, wait: float = 0.0) -> float:
        """Note that a request ended; give the moment from which on its host may be asked again."""
        lane = self._lanes[ticket.host]
        lane.active -= 1
        lane.next_at = max(lane.next_at, self._clock() + max(lane.delay, wait))
        if wait > self._pace.patience:
            lane.close(f"asked to be left alone for {wait:.0f} seconds")
        self._changed.set()
        return lane.next_at

    def connected(self, ticket: Ticket, reason: str | None) -> None:
        """Note whether a host could be reached; after some failures in a row it is left alone."""
        lane = self._lanes[ticket.host]
        lane.failures = lane.failures + 1 if reason else 0
        if reason and lane.failures >= self._pace.host_failures:
            self.leave(ticket, reason)

    def leave(self, ticket: Ticket, reason: str) -> None:
        """Leave a host alone for the rest of the run."""
        lane = self._lanes[ticket.host]
        lane.close(reason)
        for site in lane.sites:
            self._report.outlets[site.domain].note = reason

    async def settled(self, ticket: Ticket) -> None:
        """Note that what became of a ticket is in the database."""
        try:
            await self._open_hosts(self._sites[ticket.site])
        finally:
            self._open.pop(ticket.key, None)
            for lane in self._lanes.values():
                if lane.serves(ticket.site):
                    lane.wake()
            self._changed.set()

    async def _open_site(self, site: Site) -> None:
        listed = [*site.sitemaps, *site.feeds, *site.sections]
        seeds = [Found(url=item.url, kind=_KINDS[item.kind]) for item in listed]
        if not seeds:
            seeds = [Found(url=site.front_page, kind="section")]
        now = self._clock()
        await asyncio.wrap_future(self._writer.submit(lambda db: begin_site(db, site.domain, seeds, now)))
        await self._open_hosts(site)

    async def _open_hosts(self, site: Site) -> None:
        """Lease the hosts at which an outlet has work."""
        found = hosts_with_work(self._reader, site.domain, self._clock() + self._pace.patience)
        wanted = {host: url for host, url in found.items() if host not in self._refused and not self._has(host, site)}
        await asyncio.gather(*(self._open_host(site, host, url) for host, url in wanted.items()))

    def _has(self, host: str, site: Site) -> bool:
        return host in self._lanes and self._lanes[host].serves(site.domain)

    async def _open_host(self, site: Site, host: str, url: str) -> None:
        now, pace = self._clock(), self._pace

        def take(db: Database) -> HostState | None:
            state = take_host(db, host, this_process(), now, pace.lease)
            if state is not None and not _is_fresh(state, now, pace):
                ask_robots(db, site.domain, robots_url(url), now)
            return state

        state = await asyncio.wrap_future(self._writer.submit(take))
        outlet = self._report.outlets[site.domain]
        if state is None:
            self._refused.add(host)
            outlet.is_busy, outlet.note = True, f"{host} is being asked by another process"
            return
        lane = self._lanes.setdefault(host, Lane(host=host, sites=[], next_at=0.0))
        lane.sites.append(site)
        if state.robots is not None and _is_fresh(state, now, pace):
            lane.robots = Robots(state.robots)
        lane.next_at = max(lane.next_at, state.next_request_at if state.next_request_at < now + DAY else now)
        if state.is_abandoned:
            lane.next_at = max(lane.next_at, now + lane.delay)
        if lane.next_at > now + pace.patience:
            outlet.note = f"{host} asked to be left alone for {lane.next_at - now:.0f} more seconds"
            lane.close(outlet.note)
        lane.wake()
        self._changed.set()

    @property
    def _is_full_house(self) -> bool:
        return len(self._open) >= UNDER_WAY or self._is_full()

    async def _pick(self) -> Ticket | None:
        if self._is_full_house:
            return None
        now = self._clock()
        for host, lane in list(self._lanes.items()):
            while lane.ready_at <= now:
                ticket = self._next(lane, now)
                if ticket is None:
                    break
                if ticket.kind != "robots" and lane.robots and not lane.robots.allows(ticket.url):
                    await self._disallow(ticket)
                    continue
                self._lanes[host] = self._lanes.pop(host)  # the next search begins with another host
                return self._hand_out(lane, ticket)
        return None

    def _hand_out(self, lane: Lane, ticket: Ticket) -> Ticket:
        lane.active += 1
        self._open[ticket.key] = ticket
        if ticket.kind == "article":
            self._asked[ticket.site].add(ticket.key)
        return ticket

    def _next(self, lane: Lane, now: float) -> Ticket | None:
        """Take the next ticket of a lane: robots.txt, then listings, then articles."""
        if not lane.queue:
            for site in lane.sites:
                lane.queue.extend(self._look(lane, site.domain, now))
        while lane.queue:
            ticket = lane.queue.popleft()
            if ticket.key not in self._open and (ticket.kind != "article" or self._may_ask(ticket)):
                return ticket
        lane.wake_at = self._next_due(lane, now)
        return None

    def _look(self, lane: Lane, site: str, now: float) -> list[Ticket]:
        """Look into the frontier for what a host may be asked."""
        crawl_id = self._report.crawl_id
        listings = due(self._reader, lane.host, site, crawl_id, now, AHEAD, what="listings")
        listings = [ticket for ticket in listings if ticket.key not in self._open]
        if lane.robots is None:
            return [ticket for ticket in listings if ticket.kind == "robots"]
        if listings:
            return listings
        if any(ticket.site == site and ticket.kind != "article" for ticket in self._open.values()):
            return []  # what is newest is known when the listings have been read
        spent = self._limit is not None and len(self._asked[site]) >= self._limit
        return due(self._reader, lane.host, site, crawl_id, now, AHEAD, what="again" if spent else "articles")

    def _next_due(self, lane: Lane, now: float) -> float:
        """When there will be something for a host, if nothing changes before."""
        until, crawl_id = now + self._pace.patience, self._report.crawl_id
        times = [next_due(self._reader, lane.host, site.domain, crawl_id, now, until) for site in lane.sites]
        return min((time for time in times if time is not None), default=inf)

    def _may_ask(self, ticket: Ticket) -> bool:
        """Whether the outlet's limit allows an article; asking for one again is always allowed."""
        asked = self._asked[ticket.site]
        return self._limit is None or len(asked) < self._limit or ticket.key in asked

    async def _disallow(self, ticket: Ticket) -> None:
        crawl_id, now = self._report.crawl_id, self._clock()
        self._report.outlets[ticket.site].disallowed += 1
        await asyncio.wrap_future(
            self._writer.submit(lambda db: settle_failure(db, ticket, crawl_id, now, DISALLOWED, None))
        )

    async def _wait(self) -> bool:
        """Wait until something may be asked; False where nothing will be in this run."""
        now = self._clock()
        earliest = min((lane.ready_at for lane in self._lanes.values()), default=inf)
        if earliest > now + self._pace.patience and not self._open:
            return False
        pause = 0.05 if self._is_full_house else min(max(earliest - now, 0.0), 1.0)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), pause)
        return True

    async def _renew(self) -> None:
        """Keep the leases; a host that another process took meanwhile is left to it."""
        while True:
            await asyncio.sleep(self._pace.lease / 3)
            renewing = partial(
                renew_hosts, hosts=list(self._lanes), owner=this_process(), now=self._clock(), lease=self._pace.lease
            )
            for host in await asyncio.wrap_future(self._writer.submit(renewing)):
                self._lanes[host].close("another process took it over")


def _is_fresh(state: HostState, now: float, pace: Pace) -> bool:
    return state.robots is not None and 0 <= now - (state.robots_at or 0.0) < pace.robots
