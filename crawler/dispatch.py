"""Choosing what is asked next: due addresses of leased hosts, each host at its own pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from math import inf

from sqlite_utils import Database

from crawler.frontier.pace import Pace
from crawler.frontier.remaining import Remaining, count_due, outlet_remaining
from crawler.frontier.urls import Ticket, due, next_due, settle_failure
from crawler.lane import Lane, Mood
from crawler.lanes import Lanes
from crawler.quota import Bounds, Quota
from crawler.reasons import Trouble
from crawler.report import CrawlReport
from crawler.robots import Robots
from crawler.site import Site
from pipelines.writer import Writer

AHEAD = 500
"""Addresses that a host's lane takes from the frontier at a time."""
UNDER_WAY = 32
"""Pages of a run between request and commit, beside those that wait for a worker."""
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
        bounds: Bounds,
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
            bounds: how much it asks for.
            is_full: whether so many pages wait to be read that no more should be asked for.
            clock: gives the time in seconds since 1970.
        """
        self._sites = {site.domain: site for site in sites}
        self._writer, self._reader, self._report = writer, reader, report
        self._pace, self._is_full, self._clock = pace, is_full, clock
        self._quota = Quota(bounds, sites)
        self._lanes = Lanes(writer, reader, report, pace, clock)
        self._forbidden: set[str] = set()
        self._open: dict[str, Ticket] = {}
        self._changed = asyncio.Event()

    async def tickets(self) -> AsyncIterator[Ticket]:
        """Give what is to be asked now, waiting where a host's pace or a full house asks for it.

        Raises what keeps the leases from being renewed, when they are over.
        """
        await asyncio.gather(*(self._lanes.open_site(site) for site in self._sites.values()))
        keeping = asyncio.ensure_future(self._lanes.keep())
        keeping.add_done_callback(lambda _: self.look_again())
        try:
            while True:
                if keeping.done():
                    keeping.result()
                self._changed.clear()
                ticket = self._pick()
                if ticket is not None:
                    yield ticket
                elif not await self._wait():
                    return
        finally:
            keeping.cancel()

    def look_again(self) -> None:
        """Choose anew: something that was waited for has come about."""
        self._changed.set()

    def remaining(self) -> Remaining:
        """Count what is still to be asked; hosts that are left alone do not count."""
        now, crawl_id, since = self._clock(), self._report.crawl_id, self._quota.since
        due_at: dict[str, dict[str, tuple[int, int]]] = {}
        for lane in self._lanes.values():
            for site in lane.sites if lane.closed is None else ():
                counts = count_due(self._reader, lane.host, site.domain, crawl_id, now, since)
                due_at.setdefault(site.domain, {})[lane.host] = counts
        pages, seconds = {}, 0.0
        for domain, hosts in due_at.items():
            pages[domain], lasts = outlet_remaining(hosts, self._quota.left(domain), self._sites[domain].delay)
            seconds = max(seconds, lasts)
        listings = sum(counts[0] for hosts in due_at.values() for counts in hosts.values())
        return Remaining(pages=pages, most=listings + self._quota.left_in_all, seconds=seconds)

    async def close(self) -> None:
        """Give the hosts back."""
        await self._lanes.close()

    def answered(
        self, ticket: Ticket, *, mood: Mood | None, latency: float, is_ok: bool, wait: float | None = None
    ) -> float:
        """Note that a host answered; give the moment from which on it may be asked again.

        Args:
            ticket: what it was asked for.
            mood: what its answer says of it; pauses grow with each trouble. None: `judged` tells later.
            latency: seconds until the answer began; the delay follows it.
            is_ok: whether its status is 200.
            wait: seconds that it asked to be left alone.
        """
        lane = self._lanes[ticket.host]
        lane.failures = 0
        lane.throttle(latency, is_ok=is_ok)
        if mood is not None:
            self._feel(lane, mood)
        pause = wait
        if mood is Mood.TROUBLE and wait is None:
            pause = self._pace.after_trouble(lane.troubles)
        return self._rest(lane, pause or 0.0)

    def judged(self, ticket: Ticket, mood: Mood) -> None:
        """Note what a page that was read says of its host."""
        self._feel(self._lanes[ticket.host], mood)

    def _feel(self, lane: Lane, mood: Mood) -> None:
        """Leave a host alone that gives no good answer any more."""
        lane.feel(mood)
        if lane.troubles + lane.refusals >= self._pace.host_troubles:
            self._lanes.leave(lane, lane.complaint)

    @contextmanager
    def kept(self, ticket: Ticket) -> Iterator[None]:
        """Ask a host for nothing else meanwhile, because a browser asks it; it rests from the end of that on."""
        lane = self._lanes[ticket.host]
        lane.active += 1
        try:
            yield
        finally:
            self._rest(lane, 0.0)

    def missed(self, ticket: Ticket, reason: str, trouble: Trouble) -> float:
        """Note that a request got no answer; give the moment from which on its host may be asked again."""
        lane = self._lanes[ticket.host]
        lane.failures = lane.failures + 1 if trouble is Trouble.HOST else 0
        if trouble is Trouble.FORBIDDEN or lane.failures >= self._pace.host_failures:
            self._lanes.leave(lane, reason)
        return self._rest(lane, 0.0)

    def allowed(self, ticket: Ticket, robots: Robots) -> None:
        """Note what a host's robots.txt says."""
        lane = self._lanes[ticket.host]
        lane.robots = robots
        lane.next_at = max(lane.next_at, self._clock() + lane.delay)

    async def settled(self, ticket: Ticket, *, leads_on: bool) -> None:
        """Note that what became of a ticket is in the database; `leads_on` where it may have named other hosts."""
        try:
            if leads_on:
                await self._lanes.open_hosts(self._sites[ticket.site])
        finally:
            self._open.pop(ticket.key, None)
            for lane in self._lanes.values():
                if lane.serves(ticket.site):
                    lane.wake()
            self._changed.set()

    def _rest(self, lane: Lane, pause: float) -> float:
        """Leave a host alone for its delay, or for longer; give the moment from which on it may be asked again."""
        lane.active -= 1
        lane.next_at = max(lane.next_at, self._clock() + max(lane.delay, pause))
        if pause > self._pace.patience:
            self._lanes.leave(lane, f"{lane.host} is left alone for {pause:.0f} seconds")
        self._changed.set()
        return lane.next_at

    @property
    def _is_full_house(self) -> bool:
        return len(self._open) >= UNDER_WAY or self._is_full()

    def _pick(self) -> Ticket | None:
        if self._is_full_house:
            return None
        now = self._clock()
        if not self._lanes.are_kept(now):
            return None
        for host, lane in list(self._lanes.items()):
            ticket = self._next(lane, now) if lane.ready_at <= now else None
            if ticket is not None:
                self._lanes[host] = self._lanes.pop(host)  # the next search begins with another host
                return self._hand_out(lane, ticket)
        return None

    def _hand_out(self, lane: Lane, ticket: Ticket) -> Ticket:
        lane.active += 1
        self._open[ticket.key] = ticket
        self._quota.note(ticket)
        return ticket

    def _next(self, lane: Lane, now: float) -> Ticket | None:
        """Take the next ticket of a lane: robots.txt, then listings, then articles."""
        if not lane.queue:
            for site in lane.sites:
                lane.queue.extend(self._permitted(lane, self._look(lane, site.domain, now)))
        while lane.queue:
            ticket = lane.queue.popleft()
            if ticket.key not in self._open and self._quota.allows(ticket):
                return ticket
        lane.wake_at = self._next_due(lane, now)
        return None

    def _look(self, lane: Lane, site: str, now: float) -> list[Ticket]:
        """Look into the frontier for what a host may be asked."""
        look = partial(due, self._reader, lane.host, site, self._report.crawl_id, now, AHEAD, since=self._quota.since)
        listings = look(what="listings")
        listings = [ticket for ticket in listings if ticket.key not in self._open]
        if lane.robots is None:
            return [ticket for ticket in listings if ticket.kind == "robots"]
        if listings:
            return listings
        if any(ticket.site == site and ticket.kind != "article" for ticket in self._open.values()):
            return []  # what is newest is known when the listings have been read
        return look(what="again" if self._quota.is_spent(site) else "articles")

    def _next_due(self, lane: Lane, now: float) -> float:
        """When there will be something for a host, if nothing changes before."""
        until, crawl_id = now + self._pace.patience, self._report.crawl_id
        times = [next_due(self._reader, lane.host, site.domain, crawl_id, now, until) for site in lane.sites]
        return min((time for time in times if time is not None), default=inf)

    def _permitted(self, lane: Lane, tickets: list[Ticket]) -> list[Ticket]:
        """Leave out what is under way, and what robots.txt forbids, which is settled."""
        tickets = [ticket for ticket in tickets if ticket.key not in self._forbidden and ticket.key not in self._open]
        robots = lane.robots
        if robots is None:
            return tickets
        forbidden = [ticket for ticket in tickets if ticket.kind != "robots" and not robots.allows(ticket.url)]
        if forbidden:
            self._forbidden |= {ticket.key for ticket in forbidden}
            self._report.outlets[forbidden[0].site].disallowed += len(forbidden)
            now, crawl_id, pace = self._clock(), self._report.crawl_id, self._pace
            self._writer.submit(lambda db: _forbid(db, forbidden, crawl_id, now, pace))
        return [ticket for ticket in tickets if ticket.key not in self._forbidden]

    async def _wait(self) -> bool:
        """Wait until something may be asked; False where nothing will be in this run."""
        now = self._clock()
        if not self._lanes.are_kept(now):
            await asyncio.sleep(0.05)
            return True
        waiting = [lane for lane in self._lanes.values() if lane.ready_at - now <= max(self._pace.patience, lane.delay)]
        if not waiting and not self._open:
            return False
        earliest = min((lane.ready_at for lane in waiting), default=inf)
        pause = 1.0 if self._is_full_house else min(max(earliest - now, 0.0), 1.0)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), pause)
        return True


def _forbid(db: Database, tickets: list[Ticket], crawl_id: int, now: float, pace: Pace) -> None:
    """Settle what robots.txt does not allow: an article that was had before may be allowed again some day."""
    for ticket in tickets:
        pause = pace.after_failure(ticket.attempts + 1, slow=True, step=ticket.step) if ticket.step else None
        settle_failure(db, ticket, crawl_id, now, DISALLOWED, pause)
