"""Runs and the processes they live in, so that a run which was killed is closed by the next one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlite_utils import Database

from crawler.owner import Owner
from pipelines.fetches import finish_crawl, start_crawl
from pipelines.site_runs import write_site_runs


def begin_run(db: Database, owner: Owner, at: datetime) -> int:
    """Begin a run, after closing those of dead processes; give its id."""
    for crawl_id, holder in db.conn.execute("SELECT crawl_id, owner FROM frontier_run").fetchall():
        other = Owner.parse(holder)
        if other is None or other.is_dead:
            end_run(db, crawl_id, at, "interrupted")
    crawl_id = start_crawl(db, at)
    db.conn.execute("INSERT INTO frontier_run (crawl_id, owner) VALUES (?, ?)", [crawl_id, str(owner)])
    return crawl_id


def end_run(
    db: Database,
    crawl_id: int,
    at: datetime,
    status: str,
    sites: Iterable[str] = (),
    unasked: Iterable[str] = (),
) -> dict[str, str]:
    """Close a run: finished, failed or interrupted.

    Of the outlets named it is written down how they did, also of those that could not be asked; those that fell out of
    their own past are given, with how.
    """
    finish_crawl(db, crawl_id, at, status)
    db.conn.execute("DELETE FROM frontier_run WHERE crawl_id = ?", [crawl_id])
    return write_site_runs(db, crawl_id, sites, at, unasked=unasked)
