"""Answers, and requests that got none; and the runs in which they came."""

from __future__ import annotations

from datetime import datetime

from sqlite_utils import Database

from extractors.serial import iso
from pipelines.outcome import Outcome


def insert_fetch(db: Database, outcome: Outcome, article_id: int | None, result: str) -> int:
    """Write the row of an answer; give its id."""
    page, archive = outcome.page, outcome.archive
    (fetch_id,) = db.conn.execute(
        "INSERT INTO fetch (url, requested_url, site, status, fetched_at, crawl_id, bytes, archive_file, "
        "archive_offset, payload_file, error, article_id, result) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id",
        [
            page.url, page.requested_url, outcome.site, page.status or None, iso(page.fetched_at), outcome.crawl_id,
            len(page.body), archive and archive.file, archive and archive.offset, archive and archive.payload_file,
            outcome.error, article_id, result,
        ],
    ).fetchone()  # fmt: skip
    return int(fetch_id)


def write_failure(db: Database, url: str, site: str, at: datetime, error: str, crawl_id: int | None = None) -> int:
    """Write the row of a request that got no answer (no such host, refused, timed out); give its id.

    Args:
        db: open for writing, in a transaction of the caller's.
        url: that was asked for.
        site: the outlet.
        at: aware; when it was given up.
        error: one line for a person.
        crawl_id: the run it belongs to.
    """
    (fetch_id,) = db.conn.execute(
        "INSERT INTO fetch (url, site, fetched_at, crawl_id, error, result) VALUES (?,?,?,?,?,'failed') RETURNING id",
        [url, site, iso(at), crawl_id, error],
    ).fetchone()
    return int(fetch_id)


def start_crawl(db: Database, at: datetime) -> int:
    """Write the row of a run that begins; give its id."""
    (crawl_id,) = db.conn.execute(
        "INSERT INTO crawl (started, status) VALUES (?, 'running') RETURNING id", [iso(at)]
    ).fetchone()
    return int(crawl_id)


def finish_crawl(db: Database, crawl_id: int, at: datetime, status: str = "finished") -> None:
    """Close the row of a run; what it did is counted from its answers, so a run that was killed can be closed later.

    Args:
        db: open for writing, in a transaction of the caller's.
        crawl_id: the run.
        at: aware; when it ended.
        status: finished, failed or interrupted.
    """
    db.conn.execute(
        "UPDATE crawl SET finished = ?, status = ?, (pages, articles_new, articles_changed, errors) = ("
        "SELECT count(*), total(result = 'new'), total(result = 'changed'), total(result = 'failed') "
        "FROM fetch WHERE crawl_id = crawl.id) WHERE id = ?",
        [iso(at), status, crawl_id],
    )
