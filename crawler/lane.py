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
    answers: list[Mood | str] = field(default_factory=list)
    """What was answered since the last good answer: a mood, or the key of a page that is still to be read."""
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

    def feel(self, key: str, mood: Mood | None) -> None:
        """Note what the answer for an address says of the host; None: that is known when its page is read.

        A good answer makes up for those before it, not for those that came while its page was read.
        """
        if mood is None:
            self.answers.append(key)
        elif key in self.answers:
            at = self.answers.index(key)
            self.answers[at] = mood
            if mood is Mood.GOOD:
                del self.answers[: at + 1]
        elif mood is Mood.GOOD:
            self.answers.clear()
        else:
            self.answers.append(mood)

    @property
    def troubles(self) -> int:
        """Answers that told of trouble, since the last good one."""
        return self.answers.count(Mood.TROUBLE)

    @property
    def complaints(self) -> list[Mood]:
        """The longest row of answers that are known not to be good, since the last good one."""
        rows: list[list[Mood]] = [[]]
        for answer in self.answers:
            if isinstance(answer, Mood):
                rows[-1].append(answer)
            else:
                rows.append([])
        return max(rows, key=len)

    @property
    def complaint(self) -> str:
        """The same in one line."""
        found = self.complaints
        count = f"{self.host} answered {len(found)} times in a row"
        if Mood.REFUSAL not in found:
            return f"{count} that it is in trouble"
        return f"{count} with 403 or a challenge page" + (", or that it is in trouble" if Mood.TROUBLE in found else "")

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
