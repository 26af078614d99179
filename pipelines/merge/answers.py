"""Rows of `fetch` in the database that is written to."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from pipelines.merge.history import FETCH, SILENT, Answer, Event
from pipelines.store import Placed

_REWRITTEN = "crawl_id, bytes, archive_file, archive_offset, payload_file, error, article_id, result"


def stored_answer(db: Database, answer: Answer) -> Answer | None:
    """Give the database's own row of an answer, if it has one."""
    row = db.conn.execute(
        f"SELECT {FETCH} FROM fetch WHERE url = ? AND fetched_at = ? AND ifnull(requested_url, '') = ? "
        "AND ifnull(status, 0) = ? ORDER BY id LIMIT 1",
        [answer.url, answer.fetched_at, answer.requested_url or "", answer.status or 0],
    ).fetchone()
    return None if row is None else Answer(*row)


def completed(db: Database, stored: Answer, other: Answer) -> Answer:
    """Add to a row what another of the same answer has; the smaller place and the earlier run count.

    Args:
        db: with the runs of both.
        stored: the database's own row.
        other: of a shard, its run as the database numbers it.
    """
    placed = [row for row in (stored, other) if row.archive_file is not None]
    first = min(placed, key=lambda row: (row.archive_file, row.archive_offset), default=stored)
    runs = [row.crawl_id for row in (stored, other) if row.crawl_id is not None]
    if len(set(runs)) > 1:
        (run,) = db.conn.execute(
            "SELECT id FROM crawl WHERE id IN (?, ?) ORDER BY started LIMIT 1", list(runs)
        ).fetchone()
        runs = [run]
    return replace(
        stored, archive_file=first.archive_file, archive_offset=first.archive_offset, payload_file=first.payload_file,
        crawl_id=runs[0] if runs else None,
    )  # fmt: skip


def rewrite_answer(db: Database, answer: Answer) -> None:
    """Bring the row of a stored answer up to date."""
    db.conn.execute(
        f"UPDATE fetch SET ({_REWRITTEN}) = (?1,?2,?3,?4,?5,?6,?7,?8) "
        f"WHERE id = ?9 AND ({_REWRITTEN}) IS NOT (?1,?2,?3,?4,?5,?6,?7,?8)",
        [
            answer.crawl_id, answer.bytes, answer.archive_file, answer.archive_offset, answer.payload_file,
            answer.error, answer.article_id, answer.result, answer.id,
        ],
    )  # fmt: skip


def write_answer(db: Database, event: Event, placed: Placed) -> None:
    """Write down an answer after its page was placed."""
    answer = event.answer
    if answer.result == SILENT:
        return
    error = None if event.reading and (placed.revision or placed.state == "page") else answer.error
    answer = replace(answer, article_id=placed.article_id, result=placed.state, error=error)
    if event.is_stored:
        rewrite_answer(db, answer)
        return
    db.conn.execute(
        "INSERT INTO fetch (url, requested_url, site, status, fetched_at, crawl_id, bytes, archive_file, "
        "archive_offset, payload_file, error, article_id, result) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        [
            answer.url, answer.requested_url, answer.site, answer.status, answer.fetched_at, answer.crawl_id,
            answer.bytes, answer.archive_file, answer.archive_offset, answer.payload_file, answer.error,
            answer.article_id, answer.result,
        ],
    )  # fmt: skip
