"""Settling an answer that points elsewhere."""

from __future__ import annotations

from urllib.parse import urljoin

from sqlite_utils import Database

from crawler.clerk.desk import Answer, Desk
from crawler.discovery.shape import looks_like_article
from crawler.frontier.redirects import settle_redirect
from crawler.frontier.urls import Ticket, settle_failure
from crawler.guard import ForbiddenAddress, check_address, without_credentials
from pipelines.store import write_outcome

REDIRECTS = (301, 302, 303, 307, 308)


async def settle_moved(desk: Desk, answer: Answer) -> None:
    """Put the target into the frontier, if it is one that may be asked."""
    ticket = answer.ticket
    try:
        target = without_credentials(urljoin(ticket.url, answer.page.header_map["location"].strip()))
        reason = _wrong_target(desk, ticket, target)
    except (ForbiddenAddress, ValueError) as problem:
        reason = str(problem)
    if reason is None:
        reason = await _follow(desk, answer, target)
    else:
        await desk.fail(answer, reason, desk.retry_known(ticket))
    if reason is not None:
        desk.outlet(ticket).failed[reason] += 1


async def _follow(desk: Desk, answer: Answer, target: str) -> str | None:
    """Make the target due; give the reason where the redirect leads nowhere."""
    ticket, now, crawl_id = answer.ticket, desk.clock(), desk.report.crawl_id

    def work(db: Database) -> str | None:
        reason = settle_redirect(db, ticket, crawl_id, target, now)
        write_outcome(db, desk.outcome(answer, error=reason))
        if reason is not None:
            settle_failure(db, ticket, crawl_id, now, reason, None)
        return reason

    return await desk.commit(ticket, answer.next_at, work)


def _wrong_target(desk: Desk, ticket: Ticket, target: str) -> str | None:
    """Say why a redirect is not followed. Raises `ForbiddenAddress`."""
    check_address(target)
    site = desk.sites[ticket.site]
    if ticket.kind != "article":
        return None
    if not site.owns(target):
        return "redirects to another outlet"
    return None if looks_like_article(target, site, named=True) else "redirects to a page that is no article"
