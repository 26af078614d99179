"""What a clock that was set back does to the moments that were written down."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Database

from crawler.frontier.pace import MINUTE


def put_right(db: Database, now: float) -> datetime | None:
    """Where the last run went on until after now, move what is still to come back by as much; give its last moment.

    A pause that was asked for lasts as long as it would have; an address that was due then is due now. None: the
    clock was not set back, or by less than a minute. To be called before a run begins: the next one sees nothing.
    """
    row = db.conn.execute("SELECT ifnull(finished, started) FROM crawl ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    last = datetime.fromisoformat(row[0])
    ahead = last.timestamp() - now
    if ahead < MINUTE:
        return None
    db.conn.execute("UPDATE frontier_url SET due_at = due_at - ? WHERE due_at > ?", [ahead, now])
    db.conn.execute("UPDATE frontier_url SET heed_at = heed_at - ? WHERE heed_at > ?", [ahead, now])
    db.conn.execute(
        "UPDATE frontier_host SET next_request_at = next_request_at - ? WHERE next_request_at > ?", [ahead, now]
    )
    return last.astimezone(UTC)
