"""How much a run asks for: article pages at each outlet, in all, and how far back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from crawler.frontier.urls import Ticket
from crawler.site import Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a person asked a run to keep to; None: as much as there is."""

    limit: int | None = None
    """Article pages at each outlet; an outlet's file may say less."""
    max_pages: int | None = None
    """Article pages in the whole run."""
    since: float | None = None
    """Seconds since 1970. What is dated before and was never had is left alone; what nobody dates is asked."""


class Quota:
    """Counts the article pages of a run; one that is asked for again, or that another one leads to, counts once."""

    def __init__(self, bounds: Bounds, sites: Sequence[Site]) -> None:
        self.since = bounds.since
        self._most = bounds.max_pages
        self._limits = {site.domain: _least(site.limit, bounds.limit) for site in sites}
        self._asked: dict[str, set[str]] = {site.domain: set() for site in sites}
        self._urls: set[str] = set()
        self._count = 0

    def note(self, ticket: Ticket) -> None:
        """Note that a page is asked for."""
        if ticket.kind != "article":
            return
        if not self._is_paid(ticket):
            self._asked[ticket.site].add(ticket.key)
            self._count += 1
        self._urls.add(ticket.url)

    def is_spent(self, site: str) -> bool:
        """Whether no article page more may be asked of an outlet, but for those asked already."""
        limit = self._limits[site]
        return (limit is not None and len(self._asked[site]) >= limit) or (
            self._most is not None and self._count >= self._most
        )

    def left(self, site: str) -> float:
        """Article pages that an outlet may still be asked for; `inf` without a bound."""
        limit = self._limits[site]
        return min(inf if limit is None else max(limit - len(self._asked[site]), 0), self.left_in_all)

    @property
    def left_in_all(self) -> float:
        """Article pages that the run may still ask for; `inf` without a bound."""
        return inf if self._most is None else max(self._most - self._count, 0)

    def allows(self, ticket: Ticket) -> bool:
        """Whether a page may be asked for."""
        return ticket.kind != "article" or not self.is_spent(ticket.site) or self._is_paid(ticket)

    def _is_paid(self, ticket: Ticket) -> bool:
        """Whether it was asked for before, or belongs to what was: a redirect, the second page of an article."""
        return ticket.key in self._asked[ticket.site] or ticket.came_from in self._urls


def _least(*limits: int | None) -> int | None:
    return min((limit for limit in limits if limit is not None), default=None)
