"""One host in a run: what is asked of it next, and when."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import inf

from crawler.frontier.urls import Ticket
from crawler.robots import Robots
from crawler.site import Site


@dataclass(slots=True, kw_only=True, eq=False)
class Lane:
    """A leased host; times are seconds since 1970."""

    host: str
    sites: list[Site]
    """The outlets for whose sake it is asked; mostly one."""
    next_at: float
    """Not before this moment."""
    robots: Robots | None = None
    """None: not known yet."""
    active: int = 0
    """Requests that are under way."""
    queue: deque[Ticket] = field(default_factory=deque)
    """Chosen already."""
    wake_at: float = 0.0
    """When to look into the frontier again; `inf`: when something changes."""
    failures: int = 0
    """Connections that failed in a row."""
    troubles: int = 0
    """Answers in a row that told of trouble."""
    closed: str | None = None
    """Why it is left alone for the rest of the run."""

    @property
    def delay(self) -> float:
        """Seconds between the end of one request and the beginning of the next."""
        return max(*(site.delay for site in self.sites), self.robots.delay if self.robots else 0.0)

    @property
    def is_ready(self) -> bool:
        """Whether another request may be under way."""
        return self.closed is None and self.active < min(site.concurrency for site in self.sites)

    @property
    def ready_at(self) -> float:
        """When there may be something to ask, as far as is known; `inf` while that depends on something else."""
        if not self.is_ready:
            return inf
        return self.next_at if self.queue else max(self.next_at, self.wake_at)

    def serves(self, domain: str) -> bool:
        """Whether it is asked for the sake of this outlet."""
        return any(site.domain == domain for site in self.sites)

    def wake(self) -> None:
        """Look into the frontier again."""
        self.wake_at = 0.0

    def close(self, reason: str) -> None:
        """Leave the host alone for the rest of the run."""
        self.closed = self.closed or reason
        self.queue.clear()
