"""Runs in which hardly any outlet answered: then this machine, its network or its proxy is at fault, and no outlet."""

from __future__ import annotations

from sqlite_utils import Database

FEWEST = 2
"""Outlets that a run must have asked: of one alone nobody can say whose fault it is."""
NEARLY_ALL = 0.9
UNANSWERED = "pages > 0 AND ifnull(statuses ->> '$.none', 0) = pages"
"""In SQL, of a row of `site_run`: that no request got an answer, of whatever status."""
_COUNTED = f"SELECT count(*) AS asked, total({UNANSWERED}) AS unanswered FROM site_run WHERE pages > 0 AND crawl_id"
IS_OUTAGE = (
    f"CASE WHEN {UNANSWERED} THEN (SELECT asked >= {FEWEST} AND unanswered >= {NEARLY_ALL} * asked "
    f"FROM ({_COUNTED} = own.crawl_id)) ELSE 0 END"
)
"""In SQL, of a row of `site_run AS own`: that its run was such a one, and the outlet among those without an answer."""


def is_outage(asked: int, unanswered: int) -> bool:
    """Whether so many outlets gave no answer in one run that it is not their fault."""
    return asked >= FEWEST and unanswered >= NEARLY_ALL * asked


def outage_line(asked: int, unanswered: int) -> str | None:
    """Say in one line that a run was an outage at our own side; None where it was not."""
    if not is_outage(asked, unanswered):
        return None
    which = f"all {asked}" if asked == unanswered else f"{unanswered} of {asked}"
    return f"no answer from {which} outlets: this machine's network, its name server or its proxy is at fault"


def outage(db: Database, crawl_id: int) -> str | None:
    """Say in one line that a run was an outage at our own side; None where it was not."""
    asked, unanswered = db.conn.execute(f"{_COUNTED} = ?", [crawl_id]).fetchone()
    return outage_line(asked, int(unanswered))


def unanswered(db: Database, crawl_id: int) -> list[str]:
    """Give the outlets of a run that were asked and gave no answer, of whatever status."""
    rows = db.conn.execute(f"SELECT site FROM site_run WHERE crawl_id = ? AND {UNANSWERED} ORDER BY site", [crawl_id])
    return [site for (site,) in rows]
