"""Periods of publication, by which the indexes are kept that bring articles together.

Articles come in about in the order of their publication. Where a period stands first in an index's key, the rows of
today's articles lie side by side, however long the past is: few pages are read, changed and written to the disk.
"""

from __future__ import annotations

import json

from sqlite_utils import Database

PERIOD = 28 * 86400
"""Seconds of a period. It is part of what the database holds: another length needs a migration."""


def period_of(moment: int) -> int:
    """Give the number of the period that a second since 1970 lies in."""
    return moment // PERIOD


def periods_within(db: Database, table: str, moment: int, window: int) -> list[int]:
    """Give the periods in which lies what is at most `window` seconds away from a moment, before or after.

    Those of which the table has no row are left out: mostly the one to come.
    """
    near = range(period_of(moment - window), period_of(moment + window) + 1)
    rows = db.conn.execute(
        f"SELECT value FROM json_each(?) WHERE EXISTS (SELECT 1 FROM {table} WHERE period = value)",
        [json.dumps(list(near))],
    )
    return [period for (period,) in rows]
