"""What a crawl would do: which outlets are due, and what is to be asked at each."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import inf
from pathlib import Path

from sqlite_utils import Database

from crawler.frontier.pace import MINUTE
from crawler.frontier.schema import frontier
from crawler.frontier.urls import key_of
from crawler.roots import roots_of
from crawler.site import Site
from pipelines.database import open_reader

EARLY = 2 * MINUTE
"""How much of an interval may be missing, a tenth of it at most: by so much do timers differ (systemd.timer(5))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a crawl of one outlet would begin with."""

    site: Site
    last_visit: float | None
    """When the last run began that asked it for anything, in seconds since 1970; None: never."""
    due_at: float
    """When its interval is over, counted from there, in seconds since 1970; 0 where it was never visited."""
    listings: int
    """Feeds, sitemaps and sections of its file; what robots.txt and they name comes on top."""
    articles: int
    """Known addresses of articles that are to be asked: those never fetched, those to be visited again."""

    def is_due(self, now: float) -> bool:
        """Whether the outlet's interval is over, or its last visit lies ahead: the clock was set back.

        It may be a little short, so that a timer that came late the last time does not make every second one pass.
        """
        return self.due_at <= now + min(EARLY, self.site.interval / 10) or (self.last_visit or 0.0) > now + MINUTE


def plans(sites: Iterable[Site], db_path: Path, now: float, since: float | None = None) -> list[Plan]:
    """Say of each outlet what a crawl would begin with now; a database that is not there yet knows of none.

    With `since`, in seconds since 1970, articles that are dated before it and were never had do not count.

    Raises:
        DatabaseError: the database cannot be read.
    """
    if not db_path.exists():
        return [_plan(site, None, 0) for site in sites]
    db = open_reader(db_path, frontier)
    try:
        return [_plan(site, _last_visit(db, site), _articles(db, site.domain, now, since)) for site in sites]
    finally:
        db.close()


def _plan(site: Site, last_visit: float | None, articles: int) -> Plan:
    listings = len(site.feeds) + len(site.sitemaps) + len(site.sections)
    due_at = 0.0 if last_visit is None else last_visit + site.interval
    return Plan(site=site, last_visit=last_visit, due_at=due_at, listings=listings or 1, articles=articles)


def _last_visit(db: Database, site: Site) -> float | None:
    """When the last run began that had an answer of an outlet, or found that it rests or allows nothing."""
    roots = [key_of(root.url, root.kind) for root in roots_of(site)]
    (started,) = db.conn.execute(
        "SELECT max(started) FROM crawl WHERE id IN (SELECT crawl_id FROM frontier_url WHERE url_key IN "
        "(SELECT value FROM json_each(?2))) OR id = (SELECT crawl_id FROM fetch WHERE site = ?1 "
        "AND crawl_id IS NOT NULL ORDER BY fetched_at DESC LIMIT 1) "
        "OR id = (SELECT max(crawl_id) FROM site_run WHERE site = ?1 AND pages = 0)",
        [site.domain, json.dumps(roots)],
    ).fetchone()
    return datetime.fromisoformat(started).timestamp() if started else None


def _articles(db: Database, site: str, now: float, since: float | None) -> int:
    (count,) = db.conn.execute(
        "SELECT count(*) FROM frontier_url WHERE site = ? AND kind = 'article' AND due_at <= ? "
        "AND (visits > 0 OR priority = 0 OR priority >= ?)",
        [site, now, -inf if since is None else since],
    ).fetchone()
    return int(count)
