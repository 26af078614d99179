"""What is new about alarms after a run: a fault that lasts is told when it begins, once a day, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlite_utils import Database

from pipelines.outage import outage

DAY = 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmNews:
    """Alarms of a run by outlet, held against those of the run before."""

    begun: dict[str, str] = field(default_factory=dict)
    """How it fell out of its past."""
    lasting: dict[str, str] = field(default_factory=dict)
    """Of alarms that have stood for another whole day: the same."""
    ended: dict[str, str] = field(default_factory=dict)
    """What had been wrong."""
    outage: str | None = None
    """That the run got hardly any answer, where the run before was no such outage; else None."""
    is_outage_over: bool = False

    def __bool__(self) -> bool:
        """Whether there is any news."""
        return bool(self.begun or self.lasting or self.ended or self.outage or self.is_outage_over)


def alarm_news(db: Database, crawl_id: int) -> AlarmNews:
    """Hold the alarms of a run that has been written down against those of the runs before it."""
    news = AlarmNews()
    rows = db.conn.execute("SELECT site, finished, alarm FROM site_run WHERE crawl_id = ? ORDER BY site", [crawl_id])
    for site, finished, alarm in rows.fetchall():
        before, was = _before(db, crawl_id, site, finished)
        if alarm and not was:
            news.begun[site] = alarm
        elif was and not alarm:
            news.ended[site] = was
        elif alarm and _days(db, site, finished, finished) > _days(db, site, finished, before):
            news.lasting[site] = alarm
    (last,) = db.conn.execute("SELECT max(crawl_id) FROM site_run WHERE crawl_id < ?", [crawl_id]).fetchone()
    now, was_outage = outage(db, crawl_id), last is not None and outage(db, last) is not None
    return AlarmNews(
        begun=news.begun,
        lasting=news.lasting,
        ended=news.ended,
        outage=None if was_outage else now,
        is_outage_over=was_outage and now is None,
    )


def _before(db: Database, crawl_id: int, site: str, finished: str) -> tuple[str, str | None]:
    """Give the end of an outlet's run before, and its alarm."""
    row = db.conn.execute(
        "SELECT finished, alarm FROM site_run WHERE site = ? AND (finished, crawl_id) < (?, ?) "
        "ORDER BY finished DESC, crawl_id DESC LIMIT 1",
        [site, finished, crawl_id],
    ).fetchone()
    return row or (finished, None)


def _days(db: Database, site: str, finished: str, at: str) -> int:
    """Count the whole days for which an alarm that stands at the end of a run had stood at a moment."""
    (since,) = db.conn.execute(
        "SELECT min(finished) FROM site_run WHERE site = ? AND finished <= ? AND finished > ifnull("
        "(SELECT max(finished) FROM site_run WHERE site = ? AND finished <= ? AND alarm IS NULL), '')",
        [site, finished, site, finished],
    ).fetchone()
    since_when = datetime.fromisoformat(since or finished)
    return int((datetime.fromisoformat(at) - since_when).total_seconds() // DAY)
