"""How much of the frontier a run has still before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Remaining:
    """What a run has still to ask, as far as is known: listings that are still to be read may name more."""

    pages: Mapping[str, int] = field(default_factory=dict)
    """By outlet."""
    most: float = inf
    """Pages that the whole run may still ask for."""
    seconds: float = 0.0
    """How long that takes at the least: the longest that one host needs at its delay."""

    @property
    def total(self) -> int:
        """Pages of all outlets."""
        return int(min(sum(self.pages.values()), self.most))


def count_due(
    db: Database, host: str, site: str, crawl_id: int, now: float, since: float | None = None
) -> tuple[int, int]:
    """Count the listings and the articles that a host is still to be asked for in a run.

    Args:
        db: the frontier.
        host: to be asked.
        site: the outlet for whose sake.
        crawl_id: the run; what it has done is left out.
        now: in seconds since 1970.
        since: how far back the run goes, in seconds since 1970.
    """
    listings, articles = db.conn.execute(
        "SELECT total(kind <> 'article'), "
        "total(kind = 'article' AND (visits > 0 OR priority = 0 OR priority >= :since)) "
        "FROM frontier_url WHERE host = :host AND due_at <= :now AND site = :site "
        "AND NOT (state <> 'waiting' AND crawl_id IS :crawl)",
        {"host": host, "site": site, "now": now, "crawl": crawl_id, "since": -inf if since is None else since},
    ).fetchone()
    return int(listings), int(articles)


def outlet_remaining(hosts: Mapping[str, tuple[int, int]], most: float, delay: float) -> tuple[int, float]:
    """Give how many pages of an outlet are left, and how many seconds they take at the least.

    Args:
        hosts: for each of its hosts the listings and the articles that are due.
        most: article pages that it may still be asked for.
        delay: seconds between two requests to one host.
    """
    listings, articles = (sum(counts[index] for counts in hosts.values()) for index in (0, 1))
    left = listings + int(min(articles, most))
    longest = max((sum(counts) for counts in hosts.values()), default=0)
    if articles > most:  # nobody knows which host will be asked for them: at best all take turns
        longest = left // len(hosts)
    return left, longest * delay
