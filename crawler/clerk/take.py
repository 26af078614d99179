"""The clerk: each answer to whoever settles its kind."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from dataclasses import replace

from crawler.clerk.articles import settle_article, settle_unchanged_article
from crawler.clerk.desk import Answer, Desk
from crawler.clerk.listings import settle_listing, settle_robots, settle_unchanged_listing
from crawler.clerk.redirects import REDIRECTS, settle_moved
from crawler.dispatch import Dispatcher
from crawler.frontier.pace import retry_after
from crawler.frontier.urls import Ticket
from crawler.lane import Mood
from crawler.reasons import Trouble, status_line
from crawler.robots import Robots
from crawler.robots_tags import RobotsTags, robots_tags
from pipelines.database import DatabaseError
from pipelines.page import Page

log = logging.getLogger(__name__)
GONE = (404, 410)
PASSING = (408, 425, 429)
"""Of the 4xx: those that a minute may change; every 5xx is one as well."""


class Clerk:
    """Settles tickets."""

    def __init__(self, desk: Desk, dispatcher: Dispatcher) -> None:
        self._desk = desk
        self._dispatcher = dispatcher

    async def take(self, answer: Answer) -> None:
        """Settle a ticket that was answered."""
        ticket, page = answer.ticket, answer.page
        wait = retry_after(page.header_map, self._desk.clock()) if page.status in (429, 503) else None
        if wait is not None and wait > self._desk.pace.patience:
            self._desk.outlet(ticket).is_resting = True
        next_at = self._dispatcher.answered(
            ticket, mood=_mood(answer), latency=answer.latency, is_ok=page.status == 200, wait=wait
        )
        answer = replace(answer, next_at=next_at)
        kept = self._dispatcher.kept(ticket) if self._desk.is_shown(answer) else nullcontext()
        try:
            with kept:
                answer = await self._desk.archived(replace(answer, tags=_tags(answer)))
                await self._settle(answer, wait)
        except OSError:  # the archive cannot be written: that is no page's fault
            raise
        except Exception as problem:  # a fault of ours or a page that nobody foresaw: it costs that page
            if isinstance(problem, DatabaseError) and problem.is_of_file:
                raise
            await self._spare(answer, problem)
        finally:
            await self._dispatcher.settled(ticket, leads_on=_is_moved(page) or ticket.kind != "article")
            self._desk.on_progress(self._desk.report)

    async def _settle(self, answer: Answer, wait: float | None) -> None:
        kind, status = answer.ticket.kind, answer.page.status
        if _is_moved(answer.page):
            await settle_moved(self._desk, answer)
        elif kind == "robots":
            await self._robots(answer)
        elif status == 304 and kind == "article":
            await settle_unchanged_article(self._desk, answer)
        elif status == 304:
            await settle_unchanged_listing(self._desk, answer)
        elif status == 200 and kind == "article":
            is_challenge = await settle_article(self._desk, answer)
            self._dispatcher.judged(answer.ticket, Mood.REFUSAL if is_challenge else Mood.GOOD)
        elif status == 200:
            await settle_listing(self._desk, answer)
        else:
            await self._refused(answer, wait)

    async def _spare(self, answer: Answer, problem: Exception) -> None:
        """Go on after a fault that one page brought about; if not even this can be written, the run ends."""
        log.error("%s could not be settled", answer.page.url, exc_info=problem)
        reason = f"could not be settled: {type(problem).__name__}: {' '.join(str(problem).split())[:200]}"
        await self._desk.fail(answer, reason, self._desk.retry(answer.ticket, slow=True))
        self._desk.outlet(answer.ticket).failed[reason] += 1

    async def miss(self, ticket: Ticket, reason: str, trouble: Trouble) -> None:
        """Settle a ticket that got no answer."""
        next_at = self._dispatcher.missed(ticket, reason, trouble)
        pause = None
        if trouble is not Trouble.LASTING:
            pause = self._desk.retry(ticket, slow=trouble is Trouble.FORBIDDEN)
        try:
            await self._desk.miss(ticket, reason, next_at, pause)
        finally:
            await self._dispatcher.settled(ticket, leads_on=False)
            self._desk.on_progress(self._desk.report)

    async def _robots(self, answer: Answer) -> None:
        robots = Robots.answered(answer.page.status, answer.page.body)
        if robots is None:
            await self._refused(answer, None)
            return
        await settle_robots(self._desk, answer, robots)
        self._dispatcher.allowed(answer.ticket, robots)

    async def _refused(self, answer: Answer, wait: float | None) -> None:
        """Settle an answer that is an error."""
        ticket, page = answer.ticket, answer.page
        passing = page.status in PASSING or page.status >= 500
        if page.status not in GONE:
            pause = self._desk.retry(ticket, slow=not passing)
        else:
            is_unseen = ticket.kind == "article" and ticket.visits == 0
            pause = self._desk.pace.after_absence(ticket.attempts + 1) if is_unseen else None
        if pause is not None and wait is not None:
            pause = max(pause, wait)
        reason = status_line(page.url, page.status)
        stored = await self._desk.fail(answer, reason, pause)
        if stored.state == "gone":
            self._desk.outlet(ticket).gone += 1
        else:
            self._desk.outlet(ticket).failed[reason] += 1


def _mood(answer: Answer) -> Mood | None:
    """What an answer says of its host; None: its page has to be read for that."""
    status = answer.page.status
    if status == 429 or status >= 500:
        return Mood.TROUBLE
    if status == 403:
        return Mood.REFUSAL
    return None if status == 200 and answer.ticket.kind == "article" else Mood.GOOD


def _tags(answer: Answer) -> RobotsTags:
    is_html = answer.page.status == 200 and answer.ticket.kind in ("article", "section")
    return robots_tags(answer.page, is_html=is_html)


def _is_moved(page: Page) -> bool:
    return page.status in REDIRECTS and "location" in page.header_map
