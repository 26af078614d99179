"""When to ask again: after a failure, after a success, after being told to wait."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import random

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
LONGEST = 7 * DAY
"""How long a host may ask to be left alone."""


def any_chance() -> float:
    """Give a number from 0 to less than 1. A function of this module's, so that a `Pace` can be sent to a worker."""
    return random()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All of the frontier's intervals, in seconds."""

    retries: tuple[float, ...] = (1.0, 5.0, 30.0, 10 * MINUTE, 6 * HOUR)
    """Pauses after the first, second, … failure in a row; after the last one the address is given up."""
    revisits: tuple[float, ...] = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
    """Steps: from a visit of an article to the next, longer where it found nothing new, shorter where it did; after
    the last one it is visited when listed anew."""
    slow: tuple[float, ...] = (DAY, 3 * DAY)
    """Pauses after answers that a minute does not change: a challenge page, 403."""
    absent: tuple[float, ...] = (10 * MINUTE, HOUR, 6 * HOUR)
    """Pauses after a 404 or 410 for an article that was never had: a feed may name a page before it is there."""
    spread: float = 0.25
    """By which share of itself a pause after a failure or trouble may be longer, by chance, never shorter: what failed
    together is not asked again together."""
    chance: Callable[[], float] = any_chance
    """Gives numbers from 0 to less than 1."""
    patience: float = MINUTE
    """How long a run waits for what becomes due; what is due later is left to the next run."""
    lease: float = 2 * MINUTE
    """How long a host stays with a process that says nothing."""
    robots: float = HOUR
    """How long a robots.txt counts."""
    host_failures: int = 4
    """Connections in a row that may fail before a host is left alone for the rest of the run."""
    host_troubles: int = 8
    """Answers in a row, 429, 5xx, 403 or challenge pages, after which a host is left alone for the rest of the run."""

    def after_failure(self, attempts: int, *, slow: bool, step: int = 0) -> float | None:
        """Pause after this many failures in a row; None: give up.

        An article that stands at a step of the revisits goes on from there when the pauses are used up, one step with
        each further failure: what an outlet refuses for some days is not lost.
        """
        pauses = self.slow if slow else self.retries
        if attempts <= len(pauses):
            return self._spread(pauses[attempts - 1])
        further = attempts - len(pauses) - 1
        return self.after_visit(min(step, len(self.revisits)) + further) if step and self.revisits else None

    def after_absence(self, attempts: int) -> float | None:
        """Pause after a 404 or 410 for an article that was never had, this many failures in a row; None: it is gone."""
        return self._spread(self.absent[attempts - 1]) if attempts <= len(self.absent) else None

    def after_trouble(self, troubles: int) -> float:
        """Pause of a whole host after this many answers of trouble in a row."""
        return self._spread(self.retries[min(troubles, len(self.retries)) - 1])

    def after_visit(self, step: int) -> float | None:
        """Time from a visit of an article that stands at this step to the next; None: no more of its own accord."""
        return self.revisits[step - 1] if step <= len(self.revisits) else None

    def after_vain(self, misled: int) -> float:
        """How long a newer time in a listing is not heeded, after so many that brought no change."""
        return self.revisits[min(misled, len(self.revisits)) - 1] if misled and self.revisits else 0.0

    def _spread(self, pause: float) -> float:
        return pause * (1 + self.spread * self.chance())


def rest_after(attempts: int) -> float:
    """How long an article that was given up is left alone though listings name it: a day for each failure in a row.

    Three days at least, thirty at most.
    """
    return min(max(attempts, 3), 30) * DAY


def next_step(step: int, *, is_first: bool, has_changed: bool) -> int:
    """Give the step of an article after a visit: the first one, one less where it had changed, else one more."""
    if is_first:
        return 1
    return max(step - 1, 1) if has_changed else step + 1


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a `Retry-After` asks for, in either form (RFC 9110, 10.2.3); None where there is none.

    A date that names no zone is meant in UTC, as every date of HTTP. More than `LONGEST` is taken as that.
    """
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max((moment - datetime.fromtimestamp(now, UTC)).total_seconds(), 0.0), LONGEST)
