"""Settling the answers for robots.txt, feeds, sitemaps and section pages."""

from __future__ import annotations

import asyncio

from sqlite_utils import Database

from crawler.clerk.desk import Answer, Desk
from crawler.discovery.listing import Listed, listed
from crawler.discovery.xml import NotXml
from crawler.frontier.hosts import keep_robots
from crawler.frontier.originals import keep_file
from crawler.frontier.urls import Found, add_found, add_roots, nesting, relist_children
from crawler.rendering import NotRendered
from crawler.robots import Robots, text_of
from crawler.robots_tags import NOFOLLOW
from pipelines.store import write_outcome

MAX_SITEMAPS = 10
"""Sitemaps that a robots.txt may name."""
MAX_NESTING = 2
"""Sitemap indexes above a sitemap; the protocol allows one (https://www.sitemaps.org/protocol.html#index), some outlets
have two, and a trap has any number."""


async def settle_listing(desk: Desk, answer: Answer) -> None:
    """Put what a listing names into the frontier."""
    ticket, page = answer.ticket, answer.page
    try:
        if desk.is_shown(answer):
            answer = await desk.rendered(answer)
        if is_closed := answer.tags.nofollow and ticket.kind != "sitemap":  # a sitemap is there to be followed
            found = Listed(items=())
        else:
            found = await asyncio.to_thread(listed, answer.page, ticket.kind, desk.sites[ticket.site], desk.since)
    except (NotXml, NotRendered) as problem:
        reason = f"{page.url}: {problem}"
        await desk.fail(answer, reason, desk.retry(ticket, slow=True))
        desk.outlet(ticket).failed[reason] += 1
        return
    outcome, now, crawl_id = desk.outcome(answer), desk.clock(), desk.report.crawl_id

    def work(db: Database) -> None:
        write_outcome(db, outcome)
        is_deep = nesting(db, ticket, MAX_NESTING) >= MAX_NESTING
        items = [item for item in found.items if item.kind == "article" or not is_deep]
        add_found(db, ticket.site, items, now, crawl_id=crawl_id, came_from=ticket.url)
        add_roots(db, ticket.site, found.feeds, now, crawl_id=crawl_id)
        desk.done(db, answer)

    await desk.commit(ticket, answer.next_at, work)
    outlet = desk.outlet(ticket)
    outlet.listings += 1
    if is_closed:
        outlet.declined[NOFOLLOW] += 1
    outlet.listed += sum(item.kind == "article" for item in found.items)
    outlet.passed_over += found.passed_over


async def settle_unchanged_listing(desk: Desk, answer: Answer) -> None:
    """Note that a listing names what it named; those below it that cannot tell whether they changed are asked."""
    outcome, now = desk.outcome(answer), desk.clock()

    def work(db: Database) -> None:
        write_outcome(db, outcome)
        desk.done(db, answer)
        relist_children(db, answer.ticket.url, now)

    await desk.commit(answer.ticket, answer.next_at, work)
    desk.outlet(answer.ticket).listings += 1


async def settle_robots(desk: Desk, answer: Answer, robots: Robots) -> None:
    """Remember what a host allows, and the sitemaps it names."""
    ticket, page = answer.ticket, answer.page
    text = text_of(page.body) if 200 <= page.status < 300 else ""
    sitemaps = [Found(url=url, kind="sitemap") for url in robots.sitemaps(page.url)[:MAX_SITEMAPS]]
    now, crawl_id = desk.clock(), desk.report.crawl_id

    def work(db: Database) -> None:
        keep_robots(db, ticket.host, text, now)
        if answer.place:
            keep_file(db, answer.place.file)
        add_roots(db, ticket.site, sitemaps, now, crawl_id=crawl_id)
        desk.done(db, answer)

    await desk.commit(ticket, answer.next_at, work)
