"""Settling the answer for an article."""

from __future__ import annotations

from sqlite_utils import Database

from crawler.clerk.desk import Answer, Desk
from crawler.content import no_page
from crawler.frontier.urls import Found, add_found
from crawler.previous import previous_reading
from crawler.rendering import NotRendered, why_none
from crawler.worker import ReadPage, Unread
from pipelines.store import Stored, write_outcome


async def settle_article(desk: Desk, answer: Answer) -> bool:
    """Have a page read, and store what was read; give whether it is a challenge."""
    ticket, page = answer.ticket, answer.page
    rules = desk.sites[ticket.site].rules
    desk.outlet(ticket).fetched += 1
    other = no_page(page.header_map.get("content-type"), page.body)
    if other:
        await desk.fail(answer, f"is {other}, no page", desk.retry_known(ticket))
        desk.outlet(ticket).failed[f"is {other}, no page"] += 1
        return False
    read: ReadPage | Unread | None = None if desk.is_shown(answer) else await desk.workers.extract(page, rules)
    if read is None or (isinstance(read, Unread) and read.is_shell and why_none() is None):
        try:
            answer = await desk.rendered(answer)
            page = answer.page
            read = await desk.workers.extract(page, rules)
        except NotRendered as problem:
            read = Unread(str(problem))
    if isinstance(read, Unread):
        await _settle_unread(desk, answer, read)
        return read.is_challenge
    previous = await previous_reading(desk.reader, desk.archive_folder, desk.workers, page, rules)
    outcome = desk.outcome(
        answer, article=read.article, paging=read.paging, refused=read.refused or answer.tags.refusal,
        features=read.features, previous=previous,
    )  # fmt: skip
    now, crawl_id = desk.clock(), desk.report.crawl_id

    def work(db: Database) -> Stored:
        stored = write_outcome(db, outcome)
        if stored.wanted and not answer.tags.nofollow and desk.sites[ticket.site].owns(stored.wanted):
            page_of_it = Found(url=stored.wanted, kind="article", lastmod=ticket.lastmod)
            add_found(db, ticket.site, [page_of_it], now, crawl_id=crawl_id, came_from=ticket.url)
        if stored.is_idle:
            desk.done(db, answer)
        else:
            desk.visited(db, answer, stored)
        return stored

    count(desk, answer, await desk.commit(ticket, answer.next_at, work))
    return False


async def settle_unchanged_article(desk: Desk, answer: Answer) -> None:
    """Note that an article is as it was: a 304."""
    outcome = desk.outcome(answer)

    def work(db: Database) -> Stored:
        stored = write_outcome(db, outcome)
        desk.visited(db, answer, stored)
        return stored

    desk.outlet(answer.ticket).fetched += 1
    count(desk, answer, await desk.commit(answer.ticket, answer.next_at, work))


def count(desk: Desk, answer: Answer, stored: Stored) -> None:
    """Count what an answer did to the database."""
    outlet = desk.outlet(answer.ticket)
    if stored.state == "not_article" and answer.tags.refusal:
        outlet.declined[answer.tags.refusal] += 1
        return
    if stored.state == "new":
        outlet.new += 1
    elif stored.state == "changed":
        outlet.changed += 1
    elif stored.state == "unchanged":
        outlet.unchanged += 1
    elif stored.state == "gone":
        outlet.gone += 1
    elif stored.state == "not_article":
        outlet.other_pages += 1


async def _settle_unread(desk: Desk, answer: Answer, read: Unread) -> None:
    """Note that a page gave no record; it may be a challenge that passes, so it is asked again some days later."""
    await desk.fail(answer, read.reason, desk.retry(answer.ticket, slow=True))
    if read.is_other_page:
        desk.outlet(answer.ticket).other_pages += 1
    else:
        desk.outlet(answer.ticket).failed[read.reason] += 1
