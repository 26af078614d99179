"""What becomes of an answer: one transaction with the page, the article and the frontier's next step."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import urljoin

from sqlite_utils import Database

from crawler.archive import Archive
from crawler.content import no_page
from crawler.discovery.listing import listed
from crawler.discovery.shape import looks_like_article
from crawler.discovery.xml import NotXml
from crawler.dispatch import Dispatcher
from crawler.frontier.hosts import keep_robots, set_next_request
from crawler.frontier.pace import Pace, retry_after
from crawler.frontier.redirects import settle_redirect
from crawler.frontier.urls import Found, Ticket, add_found, add_roots, relist_children, settle_done, settle_failure
from crawler.guard import ForbiddenAddress, check_address, without_credentials
from crawler.previous import previous_reading
from crawler.reasons import status_line
from crawler.report import CrawlReport
from crawler.robots import Robots
from crawler.site import Site
from crawler.worker import Unread
from crawler.workers import Workers
from extractors import Article, SiteRules
from pipelines.fetches import write_failure
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace, Page
from pipelines.store import Stored, write_outcome
from pipelines.writer import Writer

T = TypeVar("T")
REDIRECTS = (301, 302, 303, 307, 308)
GONE = (404, 410)
RETRIED = (408, 425, 429)
"""Of the 4xx: those that a minute may change; every 5xx is one as well."""
MAX_SITEMAPS = 10
"""Sitemaps that a robots.txt may name."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a run works with."""

    sites: dict[str, Site]
    writer: Writer
    reader: Database
    archive: Archive
    archive_folder: Path
    workers: Workers
    report: CrawlReport
    pace: Pace
    clock: Callable[[], float]
    on_progress: Callable[[CrawlReport], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, with the request that it belongs to."""

    ticket: Ticket
    page: Page
    asked_with: tuple[tuple[str, str], ...]
    latency: float
    """Seconds until the answer was complete."""


class Clerk:
    """Settles tickets."""

    def __init__(self, desk: Desk, dispatcher: Dispatcher) -> None:
        self._desk = desk
        self._dispatcher = dispatcher

    async def take(self, answer: Answer) -> None:
        """Settle a ticket that was answered."""
        ticket, page = answer.ticket, answer.page
        now = self._desk.clock()
        self._dispatcher.connected(ticket, None)
        wait = (retry_after(page.header_map, now) or 0.0) if page.status in (429, 503) else 0.0
        next_at = self._dispatcher.answered(ticket, wait=wait)
        try:
            if page.status in REDIRECTS and "location" in page.header_map:
                await self._redirect(ticket, page, next_at)
            elif ticket.kind == "robots":
                await self._robots(ticket, page, next_at)
            elif page.status == 304:
                await self._not_modified(ticket, page, next_at)
            elif page.status == 200 and ticket.kind == "article":
                await self._article(answer, next_at)
            elif page.status == 200:
                await self._listing(answer, next_at)
            else:
                await self._refused(ticket, page, next_at, wait)
        finally:
            await self._dispatcher.settled(ticket)
            self._desk.on_progress(self._desk.report)

    async def miss(self, ticket: Ticket, reason: str, *, is_connection: bool) -> None:
        """Settle a ticket that got no answer."""
        next_at = self._dispatcher.answered(ticket)
        self._dispatcher.connected(ticket, reason if is_connection else None)
        try:
            await self._fail(ticket, reason, next_at)
        finally:
            await self._dispatcher.settled(ticket)
            self._desk.on_progress(self._desk.report)

    async def _commit(self, ticket: Ticket, next_at: float, work: Callable[[Database], T]) -> T:
        """Run a job in the writer's next transaction, together with the host's next moment."""

        def job(db: Database) -> T:
            result = work(db)
            set_next_request(db, ticket.host, next_at)
            return result

        return await asyncio.wrap_future(self._desk.writer.submit(job))

    def _outcome(
        self,
        page: Page,
        ticket: Ticket,
        *,
        article: Article | None = None,
        place: ArchivePlace | None = None,
        error: str | None = None,
        previous: Article | None = None,
    ) -> Outcome:
        asked = replace(page, requested_url=ticket.came_from) if ticket.hops and ticket.came_from else page
        return Outcome(
            page=asked,
            site=ticket.site,
            crawl_id=self._desk.report.crawl_id,
            article=article,
            archive=place,
            error=error,
            previous=previous,
        )

    async def _article(self, answer: Answer, next_at: float) -> None:
        ticket, page, desk = answer.ticket, answer.page, self._desk
        place = await self._archived(answer)
        other = no_page(page.header_map.get("content-type"), page.body)
        read = Unread(f"is {other}, no page") if other else await desk.workers.extract(page, self._rules(ticket))
        report = desk.report.outlets[ticket.site]
        report.fetched += 1
        if isinstance(read, Unread):
            pause = None if other else desk.pace.after_failure(ticket.attempts + 1, slow=True)
            await self._settle_unread(ticket, page, place, read, next_at, pause)
            report.other_pages += read.is_other_page
            report.failed.update([] if read.is_other_page else [read.reason])
            return
        previous = await previous_reading(desk.reader, desk.archive_folder, desk.workers, page, self._rules(ticket))
        outcome = self._outcome(page, ticket, article=read, place=place, previous=previous)
        stored = await self._commit(ticket, next_at, lambda db: self._visited(db, ticket, outcome))
        self._count(ticket, stored)

    async def _settle_unread(
        self, ticket: Ticket, page: Page, place: ArchivePlace, read: Unread, next_at: float, pause: float | None
    ) -> None:
        outcome = self._outcome(page, ticket, place=place, error=read.reason)
        now, crawl_id = self._desk.clock(), self._desk.report.crawl_id

        def work(db: Database) -> None:
            write_outcome(db, outcome)
            settle_failure(db, ticket, crawl_id, now, read.reason, pause)

        await self._commit(ticket, next_at, work)

    def _visited(self, db: Database, ticket: Ticket, outcome: Outcome) -> Stored:
        """Store a visit of an article and say when the next one is due."""
        stored = write_outcome(db, outcome)
        headers, pause = outcome.page.header_map, self._desk.pace.after_visit(ticket.visits + 1)
        due_at = None if pause is None else self._desk.clock() + pause
        self._done(db, ticket, headers.get("etag"), headers.get("last-modified"), due_at)
        return stored

    def _done(
        self, db: Database, ticket: Ticket, etag: str | None, last_modified: str | None, due_at: float | None = None
    ) -> None:
        crawl_id = self._desk.report.crawl_id
        settle_done(db, ticket, crawl_id, due_at, etag=etag, last_modified=last_modified)

    async def _listing(self, answer: Answer, next_at: float) -> None:
        ticket, page, desk = answer.ticket, answer.page, self._desk
        site = desk.sites[ticket.site]
        place = await self._archived(answer)
        try:
            found = await asyncio.to_thread(listed, page, ticket.kind, site)
        except NotXml as problem:
            await self._fail(ticket, f"{page.url}: {problem}", next_at, slow=True, page=page)
            return
        now, headers, crawl_id = desk.clock(), page.header_map, desk.report.crawl_id

        def work(db: Database) -> None:
            write_outcome(db, self._outcome(page, ticket, place=place))
            add_found(db, ticket.site, found.items, now, crawl_id=crawl_id, came_from=ticket.url)
            add_roots(db, ticket.site, found.feeds, now, crawl_id=crawl_id)
            self._done(db, ticket, headers.get("etag"), headers.get("last-modified"))

        await self._commit(ticket, next_at, work)
        desk.report.outlets[ticket.site].listings += 1

    async def _not_modified(self, ticket: Ticket, page: Page, next_at: float) -> None:
        """Settle a 304: nothing is new, and the stored pair stays (RFC 9110, 15.4.5)."""
        report = self._desk.report.outlets[ticket.site]
        outcome, now = self._outcome(page, ticket), self._desk.clock()

        def work(db: Database) -> Stored:
            stored = write_outcome(db, outcome)
            pause = self._desk.pace.after_visit(ticket.visits + 1) if ticket.kind == "article" else None
            self._done(db, ticket, ticket.etag, ticket.last_modified, None if pause is None else now + pause)
            relist_children(db, ticket.url, now)
            return stored

        stored = await self._commit(ticket, next_at, work)
        if ticket.kind == "article":
            report.fetched += 1
            self._count(ticket, stored)
        else:
            report.listings += 1

    async def _robots(self, ticket: Ticket, page: Page, next_at: float) -> None:
        robots = Robots.answered(page.status, page.body)
        if robots is None:
            await self._fail(ticket, f"{status_line(page.url, page.status)} for its robots.txt", next_at)
            return
        text = page.body.decode("utf-8-sig", "replace") if page.status == 200 else ""
        sitemaps = [Found(url=url, kind="sitemap") for url in robots.sitemaps(page.url)[:MAX_SITEMAPS]]
        now = self._desk.clock()

        def work(db: Database) -> None:
            keep_robots(db, ticket.host, text, now)
            add_roots(db, ticket.site, sitemaps, now, crawl_id=self._desk.report.crawl_id)
            self._done(db, ticket, None, None)

        await self._commit(ticket, next_at, work)
        lane = self._dispatcher.lane(ticket)
        lane.robots = robots
        lane.next_at = max(lane.next_at, now + lane.delay)

    async def _redirect(self, ticket: Ticket, page: Page, next_at: float) -> None:
        target = without_credentials(urljoin(ticket.url, page.header_map["location"]))
        reason = self._wrong_target(ticket, target)
        if reason is not None:
            await self._fail(ticket, reason, next_at, give_up=True, page=page)
            return
        now, crawl_id = self._desk.clock(), self._desk.report.crawl_id

        def work(db: Database) -> str | None:
            problem = settle_redirect(db, ticket, crawl_id, target, now)
            error = f"{ticket.url} {problem}" if problem else None
            write_outcome(db, self._outcome(page, ticket, error=error))
            if problem:
                settle_failure(db, ticket, crawl_id, now, problem, None)
            return problem

        problem = await self._commit(ticket, next_at, work)
        if problem:
            self._desk.report.outlets[ticket.site].failed[problem] += 1

    def _wrong_target(self, ticket: Ticket, target: str) -> str | None:
        """Say why a redirect is not followed."""
        site = self._desk.sites[ticket.site]
        try:
            check_address(target)
        except ForbiddenAddress as problem:
            return str(problem)
        if ticket.kind == "article" and not site.owns(target):
            return "redirects to another outlet"
        if ticket.kind == "article" and not looks_like_article(target, site, named=True):
            return "redirects to a page that is no article"
        return None

    async def _refused(self, ticket: Ticket, page: Page, next_at: float, wait: float) -> None:
        """Settle an answer that is an error."""
        reason = status_line(page.url, page.status)
        may_pass = page.status in RETRIED or page.status >= 500
        gone = page.status in GONE
        await self._fail(ticket, reason, next_at, slow=not may_pass, give_up=gone, page=page, wait=wait)

    async def _fail(
        self,
        ticket: Ticket,
        reason: str,
        next_at: float,
        *,
        slow: bool = False,
        give_up: bool = False,
        page: Page | None = None,
        wait: float = 0.0,
    ) -> None:
        """Settle a failure: again after a pause, or never."""
        desk, now = self._desk, self._desk.clock()
        pause = None if give_up else desk.pace.after_failure(ticket.attempts + 1, slow=slow)
        pause = pause if pause is None else max(pause, wait)
        crawl_id = desk.report.crawl_id
        at = datetime.fromtimestamp(now, UTC)

        def work(db: Database) -> Stored | None:
            stored = None
            if page is None:
                write_failure(db, ticket.url, ticket.site, at, reason, crawl_id)
            else:
                stored = write_outcome(db, self._outcome(page, ticket, error=reason))
            settle_failure(db, ticket, crawl_id, now, reason, pause)
            return stored

        stored = await self._commit(ticket, next_at, work)
        report = desk.report.outlets[ticket.site]
        if stored is not None and stored.state == "gone":
            report.gone += 1
        else:
            report.failed[reason] += 1

    async def _archived(self, answer: Answer) -> ArchivePlace:
        """Put a page into the archive, in a thread; it is on the disk before the transaction that names it commits."""
        notes = {
            "fetchTimeMs": f"{answer.latency * 1000:.0f}",
            "redtop-site": answer.ticket.site,
            "redtop-kind": answer.ticket.kind,
        }
        if answer.ticket.came_from:
            notes["via"] = answer.ticket.came_from
        return await asyncio.to_thread(self._desk.archive.write, answer.page, asked_with=answer.asked_with, notes=notes)

    def _rules(self, ticket: Ticket) -> SiteRules:
        return self._desk.sites[ticket.site].rules

    def _count(self, ticket: Ticket, stored: Stored) -> None:
        report = self._desk.report.outlets[ticket.site]
        if stored.state in ("new", "changed", "unchanged"):
            setattr(report, stored.state, getattr(report, stored.state) + 1)
