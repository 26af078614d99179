"""Addresses: added when they are listed, chosen when they are due, settled when they were asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from crawler.frontier.pace import Pace
from crawler.guard import host_of, without_credentials
from extractors.address import url_key

Kind = Literal["robots", "sitemap", "feed", "section", "article"]
_COLUMNS = "url_key, url, site, host, kind, attempts, visits, lastmod, etag, last_modified, came_from, hops"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One address that is to be asked now, with what is known of it."""

    key: str
    url: str
    site: str
    host: str
    kind: Kind
    attempts: int = 0
    visits: int = 0
    lastmod: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    came_from: str | None = None
    hops: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An address that a listing names."""

    url: str
    kind: Kind
    lastmod: float | None = None
    """When the page was last changed, in seconds since 1970, as the listing says."""


def key_of(url: str, kind: Kind) -> str:
    """Give the key of an address; robots.txt speaks for one host alone, and a listing is never taken for an article."""
    if kind == "robots":
        return f"robots {host_of(url)}"
    return url_key(url) if kind == "article" else f"listing {url_key(url)}"


def add_seeds(db: Database, site: str, seeds: Iterable[Found], now: float) -> None:
    """Make an outlet's own listings due: those of its file, and those that robots.txt or a page named earlier."""
    add_found(db, site, seeds, now, came_from=None)
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0 "
        "WHERE site = ? AND came_from IS NULL AND kind IN ('sitemap', 'feed', 'section')",
        [now, site],
    )


def add_found(
    db: Database, site: str, found: Iterable[Found], now: float, *, came_from: str | None, hops: int = 0
) -> int:
    """Add what a listing names; give how many addresses were not known.

    A known article becomes due when a listing tells of a newer change than any before. A known listing below another
    one becomes due as well where the time of its last change is newer or is not told.
    """
    return sum(_add(db, site, item, now, came_from, hops) for item in found)


def _add(db: Database, site: str, item: Found, now: float, came_from: str | None, hops: int) -> bool:
    url = without_credentials(item.url)
    key = key_of(url, item.kind)
    added = db.conn.execute(
        "INSERT INTO frontier_url (url_key, url, site, host, kind, due_at, priority, lastmod, came_from, hops) "
        "VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        [key, url, site, host_of(url), item.kind, now, item.lastmod or 0, item.lastmod, came_from, hops],
    ).rowcount
    if added:
        return True
    untold_listing = item.lastmod is None and item.kind in ("sitemap", "feed") and came_from is not None
    if item.lastmod is not None or untold_listing:
        db.conn.execute(
            "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0, lastmod = ifnull(?, lastmod), "
            "priority = max(priority, ?) WHERE url_key = ? AND state <> 'waiting' AND (? OR ? > ifnull(lastmod, 0))",
            [now, item.lastmod, item.lastmod or 0, key, untold_listing, item.lastmod],
        )
    return False


def due(db: Database, host: str, site: str, crawl_id: int, now: float, limit: int, *, listings: bool) -> list[Ticket]:
    """Choose what to ask a host for: listings, or articles, those never seen and the newest first.

    What this run has already done is left out.
    """
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM frontier_url WHERE host = ? AND due_at <= ? AND site = ? AND (kind = 'article') = ? "
        "AND NOT (state <> 'waiting' AND crawl_id IS ?) "
        "ORDER BY state = 'waiting' DESC, priority DESC, url_key LIMIT ?",
        [host, now, site, not listings, crawl_id, limit],
    )
    return [_ticket(row) for row in rows]


def hosts_with_work(db: Database, site: str, until: float) -> list[str]:
    """Give the hosts at which an outlet has something due before a moment."""
    rows = db.conn.execute("SELECT DISTINCT host FROM frontier_url WHERE site = ? AND due_at <= ?", [site, until])
    return [host for (host,) in rows]


def next_due(db: Database, host: str, site: str, crawl_id: int, until: float) -> float | None:
    """When the next address of a host becomes due, if before a moment; what this run has done is left out."""
    (moment,) = db.conn.execute(
        "SELECT min(due_at) FROM frontier_url WHERE host = ? AND site = ? AND due_at <= ? "
        "AND NOT (state <> 'waiting' AND crawl_id IS ?)",
        [host, site, until, crawl_id],
    ).fetchone()
    return moment if moment is None else float(moment)


def settle_done(
    db: Database, ticket: Ticket, crawl_id: int, due_at: float | None, *, etag: str | None, last_modified: str | None
) -> None:
    """Note a success, and when to ask again."""
    db.conn.execute(
        "UPDATE frontier_url SET state = 'done', due_at = ?, attempts = 0, visits = visits + 1, reason = NULL, "
        "etag = ?, last_modified = ?, crawl_id = ? WHERE url_key = ?",
        [due_at, etag, last_modified, crawl_id, ticket.key],
    )


def settle_failure(db: Database, ticket: Ticket, crawl_id: int, now: float, reason: str, pause: float | None) -> None:
    """Note a failure: the address is asked again after a pause, or given up where there is none."""
    due_at = None if pause is None else now + pause
    db.conn.execute(
        "UPDATE frontier_url SET state = ?, due_at = ?, attempts = attempts + 1, reason = ?, crawl_id = ? "
        "WHERE url_key = ?",
        ["gave_up" if pause is None else "waiting", due_at, reason, crawl_id, ticket.key],
    )


def move(db: Database, ticket: Ticket, target: str, now: float) -> None:
    """Ask for the same page at another address from now on (`http` to `https`, a slash more)."""
    db.conn.execute(
        "UPDATE frontier_url SET url = ?, host = ?, hops = hops + 1, due_at = ?, state = 'waiting' WHERE url_key = ?",
        [target, host_of(target), now, ticket.key],
    )


def _ticket(row: tuple[object, ...]) -> Ticket:
    names = ("key", *_COLUMNS.split(", ")[1:])
    return Ticket(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]


__all__ = [
    "Found", "Kind", "Pace", "Ticket", "add_found", "add_seeds", "due", "hosts_with_work", "key_of", "move",
    "next_due", "settle_done", "settle_failure",
]  # fmt: skip
