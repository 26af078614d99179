"""Addresses: added when they are listed, chosen when they are due, settled when they were asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import inf
from typing import Literal

from sqlite_utils import Database

from crawler.discovery.times import day_in
from crawler.frontier.pace import rest_after
from crawler.guard import ForbiddenAddress, host_of, without_credentials
from extractors.address import clean_url, url_key
from pipelines.address import is_plain

MAX_HOPS = 10
"""Redirects that one address may take."""
Kind = Literal["robots", "sitemap", "feed", "section", "article"]
What = Literal["listings", "articles", "again"]
_WHAT = {
    "listings": "kind <> 'article' AND (came_from IS NULL OR ifnull(lastmod, :since) >= :since)",
    "articles": "kind = 'article' AND (visits > 0 OR priority = 0 OR priority >= :since)",
    "again": "kind = 'article' AND (crawl_id IS :crawl OR came_from IN (SELECT url FROM frontier_url AS origin "
    "WHERE origin.site = :site AND origin.kind = 'article' AND origin.crawl_id IS :crawl))",
}
_ORDER = {
    "listings": "instr('robots sitemap feed section', kind), "
    "kind <> 'sitemap' OR instr(lower(substr(url, length(host) + 8)), 'news') = 0, rowid",
    "articles": "state = 'waiting' DESC, priority DESC, rowid",
}
_COLUMNS = (
    "url_key, url, site, host, kind, attempts, visits, step, lastmod, etag, last_modified, came_from, hops, misled"
)


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
    step: int = 0
    """Of the intervals between visits."""
    lastmod: float | None = None
    etag: str | None = None
    last_modified: str | None = None
    came_from: str | None = None
    hops: int = 0
    misled: int = 0
    """How often in a row a newer time in a listing had it asked in vain."""


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


def begin_site(db: Database, site: str, seeds: Iterable[Found], now: float) -> None:
    """Make an outlet's roots due: the listings of its file, and those that robots.txt or a page named earlier."""
    add_roots(db, site, seeds, now, crawl_id=None)
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0 "
        "WHERE site = ? AND came_from IS NULL AND kind IN ('sitemap', 'feed', 'section')",
        [now, site],
    )


def add_roots(db: Database, site: str, found: Iterable[Found], now: float, *, crawl_id: int | None) -> None:
    """Add listings that are asked in every run, and make them due unless this run has asked them already."""
    roots = list(found)
    add_found(db, site, roots, now, crawl_id=crawl_id, came_from=None)
    for root in roots:
        db.conn.execute(
            "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0, came_from = NULL "
            "WHERE url_key = ? AND state <> 'waiting' AND (crawl_id IS NULL OR crawl_id IS NOT ?)",
            [now, key_of(root.url, root.kind), crawl_id],
        )


def nesting(db: Database, ticket: Ticket, most: int) -> int:
    """Count the listings above one, each named by the next; not beyond `most`. Redirects do not count."""
    above, origin, hops = 0, ticket.came_from, ticket.hops
    for _ in range(most + MAX_HOPS):
        if origin is None or above >= most:
            break
        above += hops == 0
        row = db.conn.execute(
            "SELECT came_from, hops FROM frontier_url WHERE url_key = ?", [key_of(origin, ticket.kind)]
        ).fetchone()
        origin, hops = row or (None, 0)
    return above


def add_found(
    db: Database,
    site: str,
    found: Iterable[Found],
    now: float,
    *,
    crawl_id: int | None,
    came_from: str | None,
    hops: int = 0,
) -> int:
    """Add what a listing names, but for what is no address; give how many addresses were not known.

    A known article becomes due when a listing tells of a newer change than any before; where that was in vain before,
    only after a while. One that was given up also becomes due when it is merely named again, after some days. A known
    listing below another one becomes due where the time of its last change is newer or is not told. What this run has
    asked already is left as it is.
    """
    return sum(_add(db, site, item, now, crawl_id, came_from, hops) for item in found)


def _add(
    db: Database, site: str, item: Found, now: float, crawl_id: int | None, came_from: str | None, hops: int
) -> bool:
    try:
        host = host_of(item.url)
    except ForbiddenAddress:
        return False
    url = without_credentials(item.url)
    if item.kind == "article":
        url = clean_url(url)
    key = key_of(url, item.kind)
    priority = item.lastmod or (min(day_in(url) or 0, now) if item.kind == "article" else 0)
    added = db.conn.execute(
        "INSERT INTO frontier_url (url_key, url, site, host, kind, due_at, priority, lastmod, came_from, hops) "
        "VALUES (?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        [key, url, site, host, item.kind, now, priority, item.lastmod, came_from, hops],
    ).rowcount
    if added:
        return True
    _name_again(db, replace(item, url=url), key, now, crawl_id, came_from, hops)
    return False


def _name_again(
    db: Database, item: Found, key: str, now: float, crawl_id: int | None, came_from: str | None, hops: int
) -> None:
    """Take in that a known address is named by a listing."""
    is_article = item.kind == "article"
    known, state, lastmod, misled, heed_at, asked_by = db.conn.execute(
        "SELECT url, state, lastmod, misled, heed_at, crawl_id FROM frontier_url WHERE url_key = ?", [key]
    ).fetchone()
    if is_article and hops == 0 and known != item.url and is_plain(item.url) and not is_plain(known):
        _ask_plain(db, key, item.url, now)
        state = "waiting"
    told = item.lastmod if item.lastmod is not None and item.lastmod > (lastmod or 0) else None
    if state == "waiting":
        if told is not None:
            _wait(db, key, None, told)
        return
    if crawl_id is not None and asked_by == crawl_id:
        return
    is_heeded = not is_article or (heed_at or 0) <= now
    is_untold = item.lastmod is None and item.kind in ("sitemap", "feed") and came_from is not None
    if is_untold or (told is not None and (is_heeded or not misled)):
        _wait(db, key, now, told)
        db.conn.execute(
            "UPDATE frontier_url SET attempts = 0, misled = misled + ? WHERE url_key = ?", [is_article, key]
        )
    elif is_article and state == "gave_up" and is_heeded:
        _wait(db, key, now, None)


def _wait(db: Database, key: str, due_at: float | None, told: float | None) -> None:
    """Let an address wait, with the moment from which on it is due and the newer time that is told, where one is."""
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ifnull(?, due_at), lastmod = ifnull(?, lastmod), "
        "priority = max(priority, ifnull(?, 0)) WHERE url_key = ?",
        [due_at, told, told, key],
    )


def _ask_plain(db: Database, key: str, url: str, now: float) -> None:
    """Ask an article at its own address where so far only one of a twin of it was known (AMP, mobile)."""
    db.conn.execute(
        "UPDATE frontier_url SET url = ?, host = ?, state = 'waiting', due_at = ?, attempts = 0, etag = NULL, "
        "last_modified = NULL, crawl_id = NULL WHERE url_key = ?",
        [url, host_of(url), now, key],
    )


def due(
    db: Database,
    host: str,
    site: str,
    crawl_id: int,
    now: float,
    limit: int,
    *,
    what: What,
    since: float | None = None,
) -> list[Ticket]:
    """Choose what to ask a host for: listings, or articles, those never seen and the newest first.

    What this run has already done is left out; `again` means the articles that this run asked for without success, and
    what these led to. With `since`, in seconds since 1970, articles never had and listings below others are left out
    that are dated before it, by who lists them or by the day in their address.
    """
    oldest = -inf if since is None else since
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM frontier_url WHERE host = :host AND due_at <= :now AND site = :site AND {_WHAT[what]} "
        "AND NOT (state <> 'waiting' AND crawl_id IS :crawl) "
        f"ORDER BY {_ORDER['listings' if what == 'listings' else 'articles']} LIMIT :limit",
        {"host": host, "now": now, "site": site, "crawl": crawl_id, "limit": limit, "since": oldest},
    )
    return [_ticket(row) for row in rows]


def hosts_with_work(db: Database, site: str, until: float) -> dict[str, str]:
    """Give the hosts at which an outlet has something due before a moment, each with an address there."""
    rows = db.conn.execute(
        "SELECT host, min(url) FROM frontier_url WHERE site = ? AND due_at <= ? GROUP BY host", [site, until]
    )
    return dict(rows)


def next_due(db: Database, host: str, site: str, crawl_id: int, now: float, until: float) -> float | None:
    """When the next address of a host becomes due, if before a moment; what this run has done is left out."""
    (moment,) = db.conn.execute(
        "SELECT min(due_at) FROM frontier_url WHERE host = ? AND site = ? AND due_at > ? AND due_at <= ? "
        "AND NOT (state <> 'waiting' AND crawl_id IS ?)",
        [host, site, now, until, crawl_id],
    ).fetchone()
    return moment if moment is None else float(moment)


def ask_again(db: Database, key: str, now: float, crawl_id: int) -> None:
    """Make an address due that this run has not asked."""
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0 WHERE url_key = ? AND crawl_id IS NOT ?",
        [now, key, crawl_id],
    )


def ask_robots(db: Database, site: str, url: str, now: float) -> None:
    """Make the robots.txt at an address due, for the sake of an outlet; others may have asked the host before."""
    add_found(db, site, [Found(url=url, kind="robots")], now, crawl_id=None, came_from=None)
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0, hops = 0, url = ?, site = ? "
        "WHERE url_key = ?",
        [now, url, site, key_of(url, "robots")],
    )


def relist_children(db: Database, parent: str, now: float) -> None:
    """Make due the listings that another one named without telling when they change."""
    db.conn.execute(
        "UPDATE frontier_url SET state = 'waiting', due_at = ?, attempts = 0 "
        "WHERE came_from = ? AND kind IN ('sitemap', 'feed') AND lastmod IS NULL AND state <> 'waiting'",
        [now, parent],
    )


def settle_done(
    db: Database,
    ticket: Ticket,
    crawl_id: int,
    due_at: float | None,
    *,
    etag: str | None,
    last_modified: str | None,
    step: int = 0,
    misled: int = 0,
    heed_at: float | None = None,
) -> None:
    """Note a success.

    Args:
        db: in a transaction.
        ticket: what was asked.
        crawl_id: the run.
        due_at: when to ask again.
        etag: to be sent then,
        last_modified: and this with it.
        step: at which it stands of the intervals between visits.
        misled: how often in a row a newer time in a listing had it asked in vain.
        heed_at: before when such a time is not heeded again.
    """
    db.conn.execute(
        "UPDATE frontier_url SET state = 'done', due_at = ?, attempts = 0, visits = visits + 1, reason = NULL, "
        "etag = ?, last_modified = ?, crawl_id = ?, step = ?, misled = ?, heed_at = ? WHERE url_key = ?",
        [due_at, etag, last_modified, crawl_id, step, misled, heed_at, ticket.key],
    )


def settle_failure(db: Database, ticket: Ticket, crawl_id: int, now: float, reason: str, pause: float | None) -> None:
    """Note a failure: the address is asked again after a pause, or given up where there is none.

    One that is given up is left alone for some days though listings name it.
    """
    is_over = pause is None
    due_at = None if pause is None else now + pause
    heed_at = now + rest_after(ticket.attempts + 1) if is_over else None
    db.conn.execute(
        "UPDATE frontier_url SET state = ?, due_at = ?, attempts = attempts + 1, reason = ?, crawl_id = ?, "
        "heed_at = ifnull(?, heed_at) WHERE url_key = ?",
        ["gave_up" if is_over else "waiting", due_at, reason, crawl_id, heed_at, ticket.key],
    )


def _ticket(row: tuple[object, ...]) -> Ticket:
    names = ("key", *_COLUMNS.split(", ")[1:])
    return Ticket(**dict(zip(names, row, strict=True)))  # type: ignore[arg-type]
