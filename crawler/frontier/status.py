"""The frontier at a glance: what is due, queued, leased and failing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlite_utils import Database

from crawler.owner import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletStatus:
    """One outlet's addresses, by what becomes of them next."""

    site: str
    due: int
    """To be asked now."""
    queued: int
    """To be asked later: revisits, and what failed and is tried again."""
    done: int
    """Asked, and not to be asked again before they are listed anew."""
    failing: int
    """Whose last request failed and which are tried again."""
    given_up: int
    """Which failed too often, or which robots.txt does not allow."""
    next_due: float | None
    """When the next queued one becomes due, in seconds since 1970."""
    leased_by: int | None
    """The process that is at work on one of its hosts; None where none is."""
    rests_until: float | None
    """Until when one of its hosts wants to be left alone, where that is later than now."""
    reason: str | None
    """Of most of its failures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunStatus:
    """A crawl."""

    id: int
    started: str
    finished: str | None
    status: str
    """`running`, `finished`, `failed` or `interrupted`; `killed` where its process is gone and nobody said so yet."""
    pages: int
    articles_new: int
    articles_changed: int
    errors: int


def outlets(db: Database, now: float, only: Collection[str] = ()) -> list[OutletStatus]:
    """Give the outlets that have been crawled, or those of them that are asked for, by domain."""
    if not _has_frontier(db):
        return []
    counts = db.conn.execute(
        "SELECT site, sum(due_at <= :now), sum(due_at > :now), sum(state = 'done' AND due_at IS NULL), "
        "sum(state = 'waiting' AND attempts > 0), sum(state = 'gave_up'), min(CASE WHEN due_at > :now THEN due_at END) "
        "FROM frontier_url WHERE kind <> 'robots' GROUP BY site ORDER BY site",
        {"now": now},
    ).fetchall()
    hosts = _hosts(db, now)
    reasons = _reasons(db)
    found = []
    for site, due, queued, done, failing, given_up, next_due in counts:
        if only and site not in only:
            continue
        leased_by, rests_until = hosts.get(site, (None, None))
        found.append(
            OutletStatus(
                site=site,
                due=due or 0,
                queued=queued or 0,
                done=done or 0,
                failing=failing or 0,
                given_up=given_up or 0,
                next_due=next_due,
                leased_by=leased_by,
                rests_until=rests_until,
                reason=reasons.get(site),
            )
        )
    return found


def runs(db: Database, limit: int = 5) -> list[RunStatus]:
    """Give the last runs, the latest first."""
    owners = dict(db.conn.execute("SELECT crawl_id, owner FROM frontier_run")) if _has_frontier(db) else {}
    rows = db.conn.execute(
        "SELECT id, started, finished, status, pages, articles_new, articles_changed, errors FROM crawl "
        "ORDER BY id DESC LIMIT ?",
        [limit],
    )
    return [
        RunStatus(
            id=number,
            started=started,
            finished=finished,
            status="killed" if status == "running" and _is_dead(owners.get(number)) else status,
            pages=pages,
            articles_new=new,
            articles_changed=changed,
            errors=errors,
        )
        for number, started, finished, status, pages, new, changed, errors in rows
    ]


def _has_frontier(db: Database) -> bool:
    """Whether the file has the crawler's tables; a published copy has none."""
    return bool(db.conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'frontier_url'").fetchone())


def _hosts(db: Database, now: float) -> dict[str, tuple[int | None, float | None]]:
    """For each outlet the living process at work on it, and the moment until which a host rests."""
    rows = db.conn.execute(
        "SELECT DISTINCT frontier_url.site, frontier_host.owner, frontier_host.lease_until, "
        "frontier_host.next_request_at FROM frontier_host JOIN frontier_url USING (host) "
        "WHERE frontier_host.owner IS NOT NULL OR frontier_host.next_request_at > ?",
        [now],
    )
    found: dict[str, tuple[int | None, float | None]] = {}
    for site, owner, lease_until, next_at in rows:
        process, until = found.get(site, (None, None))
        if owner and (lease_until or 0) > now and not _is_dead(owner):
            holder = Owner.parse(owner)
            process = holder.pid if holder else process
        if next_at > now:
            until = max(until or next_at, next_at)
        found[site] = process, until
    return found


def _reasons(db: Database) -> dict[str, str]:
    """For each outlet the reason of most of the failures of its addresses."""
    rows = db.conn.execute(
        "SELECT site, reason FROM frontier_url WHERE reason IS NOT NULL AND (attempts > 0 OR state = 'gave_up') "
        "GROUP BY site, reason ORDER BY count(*), reason DESC"
    )
    return dict(rows.fetchall())


def _is_dead(owner: str | None) -> bool:
    process = Owner.parse(owner) if owner else None
    return process is None or process.is_dead
