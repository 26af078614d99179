"""Runs of shards in the database, and what they found at each outlet.

A run is told by the second in which it began: what several workers did of one run is one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from pipelines.merge.history import Ask
from pipelines.outage import UNANSWERED
from pipelines.site_runs import alarm_anew

_STATUSES = ("running", "finished", "interrupted", "failed")
"""Of two rows of one run the later one in this order counts."""


def fold_runs(db: Database, ask: Ask) -> dict[int, int]:
    """Write a shard's runs; give the database's id of each."""
    known = {started: number for number, started in db.conn.execute("SELECT id, started FROM crawl ORDER BY id DESC")}
    ids: dict[int, int] = {}
    for number, started, finished, status, *counts in ask(
        "SELECT id, started, finished, status, pages, articles_new, articles_changed, errors FROM crawl ORDER BY id", ()
    ):
        if started in known:
            _add(db, known[started], finished, status)
        else:
            (known[started],) = db.conn.execute(
                "INSERT INTO crawl (started, finished, status, pages, articles_new, articles_changed, errors) "
                "VALUES (?,?,?,?,?,?,?) RETURNING id",
                [started, finished, status, *counts],
            ).fetchone()
        ids[number] = known[started]
    return ids


def _add(db: Database, crawl_id: int, finished: str | None, status: str) -> None:
    before, was = db.conn.execute("SELECT finished, status FROM crawl WHERE id = ?", [crawl_id]).fetchone()
    ends = [end for end in (before, finished) if end is not None]
    told = max((was, status), key=lambda each: (_STATUSES.index(each) if each in _STATUSES else len(_STATUSES), each))
    new = (max(ends, default=None), told)
    if new != (before, was):
        db.conn.execute("UPDATE crawl SET finished = ?, status = ? WHERE id = ?", [*new, crawl_id])


def count_runs(db: Database, ids: Sequence[int]) -> None:
    """Count anew what finished runs did, from their answers."""
    for crawl_id in ids:
        db.conn.execute(
            "UPDATE crawl SET (pages, articles_new, articles_changed, errors) = ("
            "SELECT count(*), total(result = 'new'), total(result = 'changed'), total(result = 'failed') "
            "FROM fetch WHERE crawl_id = crawl.id) WHERE id = ? AND finished IS NOT NULL",
            [crawl_id],
        )


def fold_site_runs(db: Database, ask: Ask, ids: dict[int, int]) -> None:
    """Write what a shard's runs found at outlets; of two rows for one the fuller stays. Alarms are told anew."""
    names = [name for (name,) in db.conn.execute("SELECT name FROM pragma_table_info('site_run')")]
    touched: dict[str, str] = {}
    for row in ask(f"SELECT {', '.join(names)} FROM site_run ORDER BY finished, crawl_id, site", ()):
        told = dict(zip(names, row, strict=True)) | {"crawl_id": ids[row[names.index("crawl_id")]]}
        key = [told["crawl_id"], told["site"]]
        stored = db.conn.execute(
            f"SELECT {', '.join(names)} FROM site_run WHERE crawl_id = ? AND site = ?", key
        ).fetchone()
        mine = dict(zip(names, stored, strict=True)) if stored else None
        if mine is not None and _fullness(mine) >= _fullness(told):
            continue
        marks = ",".join("?" * len(names))
        db.conn.execute(f"INSERT OR REPLACE INTO site_run ({', '.join(names)}) VALUES ({marks})", list(told.values()))
        _touch(touched, told["site"], told["finished"])
        for site, finished in db.conn.execute(  # whether nobody answered, or only they did not, is to be seen anew
            f"SELECT site, finished FROM site_run WHERE crawl_id = ? AND {UNANSWERED}", [told["crawl_id"]]
        ):
            _touch(touched, site, finished)
    for site, since in sorted(touched.items()):
        alarm_anew(db, site, since)


def _touch(touched: dict[str, str], site: str, finished: str) -> None:
    touched[site] = min(finished, touched.get(site, finished))


def _fullness(row: dict[str, Any]) -> tuple[object, ...]:
    """Order rows by pages, then by all else but the alarm, which follows from the others."""
    return row["pages"], repr([row[name] for name in sorted(row) if name not in ("alarm", "crawl_id")])
