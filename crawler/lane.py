"""One host in a run: what is asked of it next, and when."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from enum import Enum
from math import inf

from crawler.frontier.urls import Ticket
from crawler.robots import Robots
from crawler.site import Site
from crawler.throttle import next_delay


class Mood(Enum):
    """What an answer says of its host."""

    GOOD = "good"
    TROUBLE = "trouble"
    """It is overloaded or broken: 429, 5xx."""
    REFUSAL = "refusal"
    """It does not want this program: 403, a challenge page."""


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
    """Answers that told of trouble, since the last good one."""
    refusals: int = 0
    """Answers that were refusals, since the last good one."""
    closed: str | None = None
    """Why it is left alone for the rest of the run."""

    throttled: float = 0.0
    """Seconds of delay that its latency asks for."""

    @property
    def delay(self) -> float:
        """Seconds between the end of one request and the beginning of the next."""
        return max(self.least_delay, self.throttled)

    @property
    def least_delay(self) -> float:
        """Seconds that the files of the outlets or robots.txt ask for."""
        return max(*(site.delay for site in self.sites), self.robots.delay if self.robots else 0.0)

    def throttle(self, latency: float, *, is_ok: bool) -> None:
        """Fit the delay to how long an answer took; where the outlets' files say 0 it stays as it is."""
        if latency > 0 and any(site.delay for site in self.sites):
            self.throttled = next_delay(
                self.delay, latency, concurrency=self.concurrency, least=self.least_delay, is_ok=is_ok
            )

    @property
    def concurrency(self) -> int:
        """Requests that may be under way at a time."""
        return min(site.concurrency for site in self.sites)

    @property
    def is_ready(self) -> bool:
        """Whether another request may be under way."""
        return self.closed is None and self.active < self.concurrency

    @property
    def ready_at(self) -> float:
        """When there may be something to ask, as far as is known; `inf` while that depends on something else."""
        if not self.is_ready:
            return inf
        return self.next_at if self.queue else max(self.next_at, self.wake_at)

    def feel(self, mood: Mood) -> None:
        """Note what an answer says of the host."""
        if mood is Mood.GOOD:
            self.troubles = self.refusals = 0
        elif mood is Mood.TROUBLE:
            self.troubles += 1
        else:
            self.refusals += 1

    @property
    def complaint(self) -> str:
        """How it answered since the last good answer, in one line."""
        count = f"{self.host} answered {self.troubles + self.refusals} times in a row"
        if not self.refusals:
            return f"{count} that it is in trouble"
        return f"{count} with 403 or a challenge page" + (", or that it is in trouble" if self.troubles else "")

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
