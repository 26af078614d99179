"""Redirects: each hop is an address of its own, asked at its own host's pace."""

from __future__ import annotations

from sqlite_utils import Database

from crawler.frontier.urls import MAX_HOPS, Found, Ticket, add_found, ask_again, key_of
from crawler.guard import host_of

CIRCLE = "redirects in a circle"


def settle_redirect(db: Database, ticket: Ticket, crawl_id: int, target: str, now: float) -> str | None:
    """Note that an address leads to another one, which becomes due; give the reason if that leads nowhere."""
    if ticket.hops >= MAX_HOPS:
        return f"redirects more than {MAX_HOPS} times"
    key = key_of(target, ticket.kind)
    if key == ticket.key or ticket.kind == "robots":
        if target == ticket.url:
            return CIRCLE
        # The rules of a robots.txt elsewhere are those of the host that led there (RFC 9309, 2.3.1.2).
        host = ticket.host if ticket.kind == "robots" else host_of(target)
        db.conn.execute(
            "UPDATE frontier_url SET url = ?, host = ?, hops = hops + 1, due_at = ?, crawl_id = ? WHERE url_key = ?",
            [target, host, now, crawl_id, ticket.key],
        )
        return None
    if _led_here(db, ticket, key):
        return CIRCLE
    found = Found(url=target, kind=ticket.kind, lastmod=ticket.lastmod)
    add_found(db, ticket.site, [found], now, crawl_id=crawl_id, came_from=ticket.url, hops=ticket.hops + 1)
    if ticket.kind != "article":  # who asks for a listing wants what stands behind it, however often it was asked
        ask_again(db, key, now, crawl_id)
    db.conn.execute(
        "UPDATE frontier_url SET state = 'done', due_at = NULL, attempts = 0, reason = ?, crawl_id = ? "
        "WHERE url_key = ?",
        [f"redirects to {target}", crawl_id, ticket.key],
    )
    return None


def _led_here(db: Database, ticket: Ticket, key: str) -> bool:
    """Whether one of the redirects that led to this address came from that one."""
    origin, hops = ticket.came_from, ticket.hops
    while origin is not None and hops > 0:
        row = db.conn.execute(
            "SELECT url_key, came_from, hops FROM frontier_url WHERE url_key = ?", [key_of(origin, ticket.kind)]
        ).fetchone()
        if row is None or row[0] == key:
            return row is not None
        _, origin, hops = row
    return False
