"""Who had an article first, and which second of it counts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlite_utils import Database

_TELLING = ("second", "minute", "hour", "day")
"""How exact a date must be to decide who was first."""


class Copy(NamedTuple):
    """An article in the order of who had it first."""

    since: str
    first_seen: str
    url: str
    id: int
    site: str
    dated: bool
    """Whether its own date decides."""
    credit: str | None
    """The agency that it credits itself."""

    @property
    def moment(self) -> int:
        """The second since 1970 that counts: of publication, noon where only the day is known, else first seen."""
        at = self.since.removesuffix("~") + "12:00:00" if self.since.endswith("T~") else self.since
        return int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp())


def in_order(db: Database, ids: Sequence[int]) -> list[Copy]:
    """Look up what decides who was first: the publication time, then when it was first seen, then the address.

    A day without a time never beats a time of that day; of a page that says less, or nothing, counts when it was seen.
    """
    found = []
    for article_id, published, precision, first_seen, url, site, credit in db.conn.execute(
        "SELECT id, published, published_precision, first_seen, url, site, "
        "CASE agency_by WHEN 'credit' THEN agency END FROM article WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    ):
        dated = precision in _TELLING
        since = first_seen if not dated else published + "T~" if precision == "day" else published
        found.append(Copy(since, first_seen, url, article_id, site, dated, credit))
    return found
