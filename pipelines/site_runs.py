"""What a run found at each outlet, written down at its end and held against the outlet's past."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from sqlite_utils import Database

from extractors.serial import iso
from pipelines.health import SiteRun, alarm
from pipelines.outage import IS_OUTAGE

WEEKS = timedelta(weeks=4)
"""How far back an outlet's past goes."""
FEW_WORDS = 30
"""A body of fewer is none that a reader would call an article."""
_COUNTED = (
    "articles_new", "articles_changed", "refused", "missing_headline", "missing_date", "missing_author", "missing_body",
    "median_words",
)  # fmt: skip


def write_site_runs(
    db: Database, crawl_id: int, sites: Iterable[str], at: datetime, *, unasked: Iterable[str] = ()
) -> dict[str, str]:
    """Write the rows of a run that ends, where it asked an outlet for anything; give the alarms by outlet.

    Args:
        db: open for writing, in a transaction of the caller's.
        crawl_id: the run.
        sites: the outlets of the run.
        at: aware; when it ended.
        unasked: of these, those that it came to and could not ask (they rest, or forbid everything): they leave a row
            of no pages, so that their silence is noticed.
    """
    told = "SELECT DISTINCT site FROM fetch WHERE crawl_id = ?"
    answers = {site for (site,) in db.conn.execute(told, [crawl_id])}
    asked, alarms = sorted((answers | set(unasked)).intersection(sites)), {}
    for site in asked:
        _write(db, crawl_id, site, iso(at))
    for site in asked:  # when all is written: where nobody answered, no outlet is to blame
        if found := alarm(_runs(db, site, at)):
            db.conn.execute("UPDATE site_run SET alarm = ? WHERE crawl_id = ? AND site = ?", [found, crawl_id, site])
            alarms[site] = found
    return alarms


def alarm_anew(db: Database, site: str, since: str) -> None:
    """Hold an outlet's runs from a moment on against its past once more, after runs were added among them."""
    runs = db.conn.execute(
        "SELECT crawl_id, finished, alarm FROM site_run WHERE site = ? AND finished >= ? ORDER BY finished, crawl_id",
        [site, since],
    ).fetchall()
    for crawl_id, finished, before in runs:
        told = alarm(_runs(db, site, datetime.fromisoformat(finished)))
        if told != before:
            db.conn.execute("UPDATE site_run SET alarm = ? WHERE crawl_id = ? AND site = ?", [told, crawl_id, site])


def _write(db: Database, crawl_id: int, site: str, at: str) -> None:
    statuses = dict(
        db.conn.execute(
            "SELECT ifnull(status, 'none'), count(*) FROM fetch WHERE crawl_id = ? AND site = ? GROUP BY 1",
            [crawl_id, site],
        ).fetchall()
    )
    pages, failures, refused, unchanged = db.conn.execute(
        "SELECT count(*), total(result = 'failed'), total(result = 'not_article' AND error IS NOT NULL), "
        "total(result = 'unchanged') FROM fetch WHERE crawl_id = ? AND site = ?",
        [crawl_id, site],
    ).fetchone()
    read = db.conn.execute(
        "SELECT fetch.result, article.headline, article.published, article.authors, article.words, article.language "
        "FROM fetch JOIN article ON article.id = fetch.article_id "
        "WHERE fetch.crawl_id = ? AND fetch.site = ? AND fetch.result IN ('new', 'changed') ORDER BY article.words",
        [crawl_id, site],
    ).fetchall()
    languages: dict[str, int] = {}
    for row in read:
        languages[row[5] or "none"] = languages.get(row[5] or "none", 0) + 1
    db.table("site_run").insert(
        {
            "crawl_id": crawl_id,
            "site": site,
            "finished": at,
            "pages": pages,
            "failures": int(failures),
            "statuses": json.dumps(statuses),
            "articles_new": sum(row[0] == "new" for row in read),
            "articles_changed": sum(row[0] == "changed" for row in read),
            "articles_unchanged": int(unchanged),
            "refused": int(refused),
            "missing_headline": sum(row[1] is None for row in read),
            "missing_date": sum(row[2] is None for row in read),
            "missing_author": sum(row[3] == "[]" for row in read),
            "missing_body": sum(row[4] < FEW_WORDS for row in read),
            "median_words": read[len(read) // 2][4] if read else None,
            "languages": json.dumps(languages),
        }
    )


def _runs(db: Database, site: str, at: datetime) -> list[SiteRun]:
    """Give an outlet's runs of the weeks before its last new article, and since; oldest first."""
    (productive,) = db.conn.execute(
        "SELECT max(finished) FROM site_run WHERE site = ? AND articles_new > 0 AND finished <= ?", [site, iso(at)]
    ).fetchone()
    begin = datetime.fromisoformat(productive) if productive else at
    rows = db.conn.execute(
        f"SELECT finished, pages, failures, alarm IS NOT NULL, {IS_OUTAGE}, {', '.join(_COUNTED)} FROM site_run AS own "
        "WHERE site = ? AND finished >= ? AND finished <= ? ORDER BY finished, crawl_id",
        [site, iso(begin - WEEKS), iso(at)],
    )
    return [
        SiteRun(
            finished=datetime.fromisoformat(finished).astimezone(UTC).timestamp(),
            pages=pages,
            failures=failures,
            is_alarmed=bool(is_alarmed),
            is_outage=bool(is_outage),
            **dict(zip(_COUNTED, counts, strict=True)),
        )
        for finished, pages, failures, is_alarmed, is_outage, *counts in rows
    ]
