"""When to ask again: after a failure, after a success, after being told to wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All of the frontier's intervals, in seconds."""

    retries: tuple[float, ...] = (1.0, 5.0, 30.0, 10 * MINUTE, 6 * HOUR)
    """Pauses after the first, second, … failure in a row; after the last one the address is given up."""
    revisits: tuple[float, ...] = (HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY)
    """From the first, second, … visit of an article to the next; after the last it is visited when listed anew."""
    slow: tuple[float, ...] = (DAY, 3 * DAY)
    """Pauses after answers that a minute does not change: a challenge page, 403."""
    patience: float = MINUTE
    """How long a run waits for what becomes due; what is due later is left to the next run."""
    lease: float = 2 * MINUTE
    """How long a host stays with a process that says nothing."""
    robots: float = HOUR
    """How long a robots.txt counts."""
    host_failures: int = 4
    """Connections in a row that may fail before a host is left alone for the rest of the run."""
    host_troubles: int = 8
    """Answers in a row, 429 or 5xx, after which a host is left alone for the rest of the run."""

    def after_failure(self, attempts: int, *, slow: bool) -> float | None:
        """Pause after this many failures in a row; None: give up."""
        pauses = self.slow if slow else self.retries
        return pauses[attempts - 1] if attempts <= len(pauses) else None

    def after_visit(self, visits: int) -> float | None:
        """Time from this many visits of an article to the next one; None: no more of its own accord."""
        return self.revisits[visits - 1] if visits <= len(self.revisits) else None


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that a `Retry-After` asks for, in either form (RFC 9110, 10.2.3); None where there is none."""
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), DAY)
    try:
        return min(max(parsedate_to_datetime(value).timestamp() - now, 0.0), DAY)
    except (ValueError, OverflowError):
        return None
