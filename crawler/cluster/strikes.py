"""Failures of units: where each has failed, when it is tried again, and when it is set aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from crawler.cluster.crew import Crew
from crawler.cluster.unit import Unit
from crawler.cluster.worker import UnfitError
from crawler.one_line import one_line

STRIKES = 3
"""Failures after which a unit is set aside."""
PAUSE = 5.0
"""Seconds before a unit is tried again, four times as many after its second failure: whatever failed may recover."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be done with a unit that failed."""

    reason: str
    is_last: bool = False
    """Whether it is set aside; otherwise it is tried again,"""
    pause: float = 0.0
    """after so many seconds."""


class Strikes:
    """Counts the failures of each unit. A worker that could do no unit at all is left out, which is no strike."""

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self._count: Counter[str] = Counter()
        self._shunned: dict[str, set[str]] = {}

    def shunned(self, unit: Unit) -> set[str]:
        """Give the workers that a unit has failed at."""
        return self._shunned.get(unit.name, set())

    def note(self, unit: Unit, problem: Exception) -> Verdict:
        """Note that a unit failed: with what it raised at its worker, or what Dask says of the worker's death."""
        from distributed import KilledWorker

        if isinstance(problem, UnfitError) and problem.worker:
            self._crew.leave_out(problem.worker, str(problem))
            return Verdict(str(problem))
        if isinstance(problem, KilledWorker):
            self._crew.lost(problem.last_worker.address)
            reason, count, base = "its worker died", problem.allowed_failures + 1, 0.0
        else:
            reason, count, base = one_line(problem, 300), 1, PAUSE
            if worker := getattr(problem, "worker", None):
                self._shunned.setdefault(unit.name, set()).add(worker)
        self._count[unit.name] += count
        struck = self._count[unit.name]
        pause = base * 4 ** (struck - 1)
        return Verdict(reason, is_last=struck >= STRIKES, pause=pause)

    def went_well(self, unit: Unit, worker: str) -> None:
        """Note that a unit is done, so that the workers it had failed at are to blame and not the unit."""
        self._crew.credit(worker, self.shunned(unit))
