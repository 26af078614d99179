"""What a run works with, and what every way to settle a ticket needs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from crawler.archive import Archive
from crawler.frontier.hosts import set_next_request
from crawler.frontier.originals import keep_original, original_of
from crawler.frontier.pace import Pace, next_step
from crawler.frontier.urls import Ticket, settle_done, settle_failure
from crawler.original import Archived
from crawler.rendering import Browser
from crawler.report import CrawlReport, OutletReport
from crawler.robots_tags import NOTHING, RobotsTags, robots_tags
from crawler.site import Site
from crawler.workers import Workers
from extractors import Article
from extractors.paging import Paging
from pipelines.features import Features
from pipelines.fetches import write_failure
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace, Page
from pipelines.store import Stored, write_outcome
from pipelines.writer import Writer

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, with the request that it belongs to."""

    ticket: Ticket
    page: Page
    asked_with: tuple[tuple[str, str], ...]
    """Headers of the request."""
    latency: float
    """Seconds until the answer began."""
    next_at: float = 0.0
    """When its host may be asked again, in seconds since 1970."""
    archived: Archived | None = None
    """Where it lies in the archive; None of one that does not want to be kept there."""
    place: ArchivePlace | None = None
    """Where that lies which is read: the answer, or what it became in a browser."""
    tags: RobotsTags = NOTHING
    """What it asks of robots."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What a run works with."""

    sites: dict[str, Site]
    writer: Writer
    reader: Database
    archive: Archive
    archive_folder: Path
    workers: Workers
    browser: Browser
    report: CrawlReport
    pace: Pace
    clock: Callable[[], float]
    on_progress: Callable[[CrawlReport], None]
    since: float | None = None
    """How far back the run goes, in seconds since 1970."""

    def outlet(self, ticket: Ticket) -> OutletReport:
        """Give the report of a ticket's outlet."""
        return self.report.outlets[ticket.site]

    async def commit(self, ticket: Ticket, next_at: float, work: Callable[[Database], T]) -> T:
        """Run a job in the writer's next transaction, together with the host's next moment."""

        def job(db: Database) -> T:
            result = work(db)
            set_next_request(db, ticket.host, next_at)
            return result

        return await asyncio.wrap_future(self.writer.submit(job))

    async def archived(self, answer: Answer) -> Answer:
        """Put an answer into the archive, in a thread; it is on the disk before the transaction that names it commits.

        Only bytes that the last page of its address did not have are kept, and nothing of a page that does not want to
        be archived.
        """
        if answer.tags.noarchive:
            return answer
        ticket, original = answer.ticket, None
        if ticket.visits and answer.page.status in (200, 304):
            original = original_of(self.reader, answer.page.url)
        notes = {"fetchTimeMs": f"{answer.latency * 1000:.0f}", "redtop-site": ticket.site, "redtop-kind": ticket.kind}
        if ticket.came_from:
            notes["via"] = ticket.came_from
        place = await asyncio.to_thread(
            self.archive.write, answer.page, asked_with=answer.asked_with, notes=notes, original=original
        )
        return replace(answer, archived=place, place=place)

    def is_shown(self, answer: Answer) -> bool:
        """Whether an answer is read as a browser shows it: of outlets whose file says so."""
        is_page = answer.page.status == 200 and answer.ticket.kind in ("article", "section")
        return is_page and self.sites[answer.ticket.site].browser

    async def rendered(self, answer: Answer) -> Answer:
        """Give an answer as a browser shows it. Raises `NotRendered`."""
        page, place = await self.browser.render(answer.page), None
        tags = answer.tags | robots_tags(page, is_html=True)
        if answer.archived is not None and not tags.noarchive:
            place = await asyncio.to_thread(self.archive.write_rendering, page, of=answer.archived)
        return replace(answer, page=page, place=place, tags=tags)

    def outcome(
        self,
        answer: Answer,
        *,
        article: Article | None = None,
        paging: Paging | None = None,
        refused: str | None = None,
        features: Features | None = None,
        error: str | None = None,
        previous: Article | None = None,
    ) -> Outcome:
        """Make what the store takes of an answer."""
        ticket, page = answer.ticket, answer.page
        if ticket.hops and ticket.came_from:
            page = replace(page, requested_url=ticket.came_from)
        return Outcome(
            page=page,
            site=ticket.site,
            crawl_id=self.report.crawl_id,
            article=article,
            paging=paging,
            refused=refused,
            features=features,
            archive=answer.place,
            error=error,
            previous=previous,
        )

    def visited(self, db: Database, answer: Answer, stored: Stored) -> None:
        """Note that an article was seen, and when to look at it again: sooner where it keeps changing."""
        ticket, now, has_changed = answer.ticket, self.clock(), stored.state == "changed"
        step = next_step(ticket.step, is_first=ticket.visits == 0, has_changed=has_changed)
        pause = self.pace.after_visit(step)
        misled = 0 if has_changed or ticket.visits == 0 else ticket.misled
        self.done(db, answer, None if pause is None else now + pause, step, misled)

    def done(self, db: Database, answer: Answer, due_at: float | None = None, step: int = 0, misled: int = 0) -> None:
        """Note a success; a 304 keeps the stored pair (RFC 9110, 15.4.5)."""
        ticket, headers = answer.ticket, answer.page.header_map
        etag, last_modified = headers.get("etag"), headers.get("last-modified")
        if answer.page.status == 304:
            etag, last_modified = ticket.etag, ticket.last_modified
        if answer.archived and answer.archived.original:
            keep_original(db, answer.archived.original)
        heed_at = self.clock() + self.pace.after_vain(misled) if misled else None
        settle_done(
            db, ticket, self.report.crawl_id, due_at, etag=etag, last_modified=last_modified, step=step, misled=misled,
            heed_at=heed_at,
        )  # fmt: skip

    def retry(self, ticket: Ticket, *, slow: bool) -> float | None:
        """Pause before an address that brought nothing is asked again; None: it is given up."""
        return self.pace.after_failure(ticket.attempts + 1, slow=slow, step=ticket.step)

    def retry_known(self, ticket: Ticket) -> float | None:
        """The same after an answer that is final for an article never had, and may pass where it was once had."""
        return self.retry(ticket, slow=True) if ticket.step else None

    async def fail(self, answer: Answer, reason: str, pause: float | None) -> Stored:
        """Settle an answer that brought nothing: again after a pause, or never where there is none."""
        outcome, now, crawl_id = self.outcome(answer, error=reason), self.clock(), self.report.crawl_id

        def work(db: Database) -> Stored:
            stored = write_outcome(db, outcome)
            settle_failure(db, answer.ticket, crawl_id, now, reason, pause)
            return stored

        return await self.commit(answer.ticket, answer.next_at, work)

    async def miss(self, ticket: Ticket, reason: str, next_at: float, pause: float | None) -> None:
        """Settle a request that got no answer: again after a pause, or never where there is none."""
        now, crawl_id = self.clock(), self.report.crawl_id

        def work(db: Database) -> None:
            write_failure(db, ticket.url, ticket.site, datetime.fromtimestamp(now, UTC), reason, crawl_id)
            settle_failure(db, ticket, crawl_id, now, reason, pause)

        await self.commit(ticket, next_at, work)
        self.outlet(ticket).failed[reason] += 1
