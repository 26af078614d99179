"""The hosts of a run: leased as outlets have work at them, kept while it lasts, given back at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from sqlite_utils import Database

from crawler.frontier.hosts import HostState, release_hosts, renew_hosts, take_host
from crawler.frontier.pace import LONGEST, Pace
from crawler.frontier.urls import ask_robots, begin_site, hosts_with_work
from crawler.guard import host_of
from crawler.lane import Lane
from crawler.owner import this_process
from crawler.report import CrawlReport
from crawler.robots import Robots, robots_url
from crawler.roots import roots_of
from crawler.site import Site
from pipelines.writer import Writer

TRIES = 5
"""Renewals of the leases in a row that may fail before a run whose leases are over breaks off."""


class Lanes(dict[str, Lane]):
    """Lanes by host."""

    def __init__(
        self, writer: Writer, reader: Database, report: CrawlReport, pace: Pace, clock: Callable[[], float]
    ) -> None:
        super().__init__()
        self._writer, self._reader, self._report, self._pace, self._clock = writer, reader, report, pace, clock
        self._taken: dict[str, HostState] = {}
        self._busy: set[str] = set()
        self._kept_at = clock()
        self._slept = asyncio.Event()

    async def open_site(self, site: Site) -> None:
        """Make an outlet's listings due and lease its hosts; an outlet that another process asks is left to it."""
        roots = roots_of(site)
        host, now = host_of(roots[0].url), self._clock()

        def begin(db: Database) -> HostState | None:
            state = take_host(db, host, this_process(), now, self._pace.lease)
            if state is not None:
                begin_site(db, site.domain, roots, now)
            return state

        state = await asyncio.wrap_future(self._writer.submit(begin))
        if state is None:
            self._leave_to_other(site, host)
            return
        self._taken[host] = state
        await self.open_hosts(site)

    async def open_hosts(self, site: Site) -> None:
        """Lease the hosts at which an outlet has work."""
        found = hosts_with_work(self._reader, site.domain, self._clock() + self._pace.patience)
        wanted = {host: url for host, url in found.items() if host not in self._busy and not self._has(host, site)}
        await asyncio.gather(*(self._open_host(site, host, url) for host, url in wanted.items()))

    def are_kept(self, now: float) -> bool:
        """Whether the leases still hold, as far as is known; where the machine slept they are renewed first."""
        if now - self._kept_at < self._pace.lease:
            return True
        self._slept.set()
        return False

    async def keep(self) -> None:
        """Renew the leases, for ever; a host that another process took meanwhile is left to it.

        A renewal that fails is tried again soon. Where the leases are over by then and it has failed several times in a
        row, what went wrong is raised: nothing may be asked any more.
        """
        failures = 0
        while True:
            if failures:
                await asyncio.sleep(self._pace.lease / 12)
            else:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._slept.wait(), self._pace.lease / 3)
            try:
                await self._renew()
                failures = 0
            except Exception:  # of the database, or of the archive that is brought to the disk with it
                failures += 1
                if failures >= TRIES and self._clock() - self._kept_at >= self._pace.lease:
                    raise

    async def _renew(self) -> None:
        now = self._clock()
        renew = partial(renew_hosts, hosts=list(self), owner=this_process(), now=now, lease=self._pace.lease)
        for host in await asyncio.wrap_future(self._writer.submit(renew)):
            self.leave(self[host], f"another process took {host} over")
        self._kept_at = now
        self._slept.clear()

    async def close(self) -> None:
        """Give the hosts back."""
        await asyncio.wrap_future(self._writer.submit(lambda db: release_hosts(db, this_process())))

    def leave(self, lane: Lane, reason: str) -> None:
        """Leave a host alone for the rest of the run, and say so."""
        lane.close(reason)
        for site in lane.sites:
            self._report.outlets[site.domain].note = lane.closed

    def _has(self, host: str, site: Site) -> bool:
        return host in self and self[host].serves(site.domain)

    def _leave_to_other(self, site: Site, host: str) -> None:
        self._busy.add(host)
        outlet = self._report.outlets[site.domain]
        outlet.is_busy, outlet.note = True, f"{host} is being asked by another process"

    async def _open_host(self, site: Site, host: str, url: str) -> None:
        now, pace = self._clock(), self._pace
        known = self._taken.pop(host, None)

        def take(db: Database) -> HostState | None:
            state = known or take_host(db, host, this_process(), now, pace.lease)
            if state is not None and not _is_fresh(state, now, pace):
                ask_robots(db, site.domain, robots_url(url), now)
            return state

        state = await asyncio.wrap_future(self._writer.submit(take))
        if state is None:
            self._leave_to_other(site, host)
        elif not self._has(host, site):
            self._add(site, host, state, now)

    def _add(self, site: Site, host: str, state: HostState, now: float) -> None:
        lane = self.setdefault(host, Lane(host=host, sites=[], next_at=0.0))
        lane.sites.append(site)
        if state.robots is not None and _is_fresh(state, now, self._pace):
            lane.robots = Robots(state.robots)
        lane.next_at = max(lane.next_at, state.next_request_at if state.next_request_at <= now + LONGEST else now)
        if state.is_abandoned:  # who had it may have asked a moment before it ended
            lane.next_at = max(lane.next_at, now + lane.delay)
        if lane.next_at - now > max(self._pace.patience, lane.delay):
            self.leave(lane, f"{host} is left alone for {lane.next_at - now:.0f} more seconds")
            self._report.outlets[site.domain].is_resting = True
        elif lane.closed is not None:
            self.leave(lane, lane.closed)
        lane.wake()


def _is_fresh(state: HostState, now: float, pace: Pace) -> bool:
    return state.robots is not None and 0 <= now - (state.robots_at or 0.0) < pace.robots
