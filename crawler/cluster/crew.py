"""The workers of a run: those that its units go to, and those that are left out of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING

from crawler.cluster.errors import ClusterError
from crawler.cluster.report import RunReport
from pipelines.version import program_version

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 60.0
"""Seconds that a run waits where it has no worker: one that died is on its way again, or never comes back."""
BLAMED = 3
"""Units that failed at a worker and went well at another one, after which it is left out."""
_EVERY = 2.0
"""Seconds between two looks at who is there."""
GONE = 10.0
"""Seconds after which a worker that is not seen any more is gone for good."""
GO_ON = "the same command goes on where this one ended"


def misfits(client: Client, workers: Collection[str] | None = None) -> dict[str, str | None]:
    """Ask workers, all or some, for their redtop; give for each what is wrong with it, None where nothing is.

    One that does not answer is not among them.
    """
    found = client.run(version_of, "redtop", workers=None if workers is None else list(workers), on_error="return")
    own = program_version()
    told: dict[str, str | None] = {}
    for worker, version in sorted(found.items()):
        if isinstance(version, PackageNotFoundError):
            told[worker] = f"worker {worker} has no redtop: install redtop {own} there"
        elif isinstance(version, str):
            is_other = f"worker {worker} has redtop {version}, this command {own}: install the same on both"
            told[worker] = None if version == own else is_other
    return told


class Crew:
    """Who is there: each worker is asked for its redtop before a unit goes to it, also one that comes later."""

    def __init__(self, client: Client, report: RunReport) -> None:
        self._client, self._report = client, report
        self._fit: set[str] = set()
        self._threads: dict[str, int] = {}
        self._blamed: Counter[str] = Counter()
        self._looked: float | None = None
        self._seen: dict[str, float] = {}
        """When each worker was there last."""
        self._alone: float | None = None
        """Since when nobody is there."""

    def look(self) -> int:
        """Give how many threads of workers there are for units; every two seconds they are counted anew.

        Raises:
            ClusterError: there has been no worker for a minute.
        """
        now = time.monotonic()
        if self._looked is None or now - self._looked > _EVERY or not self._threads:
            self._looked = now
            self._count(now)
        return sum(self._threads.values())

    def leave_out(self, worker: str, reason: str) -> None:
        """Send nothing more to a worker."""
        self._report.left_out.setdefault(worker, reason)
        self.lost(worker)

    def lost(self, worker: str) -> None:
        """Note that a worker died: nothing goes to it before it is seen again."""
        self._fit.discard(worker)
        self._threads.pop(worker, None)

    def are_gone(self, workers: Collection[str]) -> bool:
        """Tell whether none of some workers has been there for a while."""
        return (self._looked or 0.0) - max(self._seen.get(worker, 0.0) for worker in workers) > GONE

    def credit(self, worker: str, failed_at: Collection[str]) -> None:
        """Note that a unit went well at a worker, which had failed at others: three such in a row, and one is out."""
        self._blamed.pop(worker, None)
        for worker in failed_at:
            self._blamed[worker] += 1
            if self._blamed[worker] == BLAMED:
                self.leave_out(worker, f"worker {worker}: {BLAMED} units that failed there went well elsewhere")

    def place(self, shunned: Collection[str]) -> list[str]:
        """Give the workers that a unit may go to: not those that it failed at, where there are others."""
        fit = sorted(self._threads)
        return [one for one in fit if one not in shunned] or fit

    def _count(self, now: float) -> None:
        all_there = self._client.nthreads()
        self._seen |= dict.fromkeys(all_there, now)
        there = {worker: count for worker, count in all_there.items() if self._may_be_fit(worker)}
        if new := [worker for worker in there if worker not in self._fit]:
            for worker, wrong in misfits(self._client, new).items():
                if wrong is None:
                    self._fit.add(worker)
                else:
                    self.leave_out(worker, wrong)
        self._fit &= set(there)
        self._threads = {worker: count for worker, count in there.items() if worker in self._fit}
        if self._threads:
            self._alone = None
            return
        self._alone = self._alone or now
        if now - self._alone >= PATIENCE:
            raise ClusterError(self._why_alone())

    def _may_be_fit(self, worker: str) -> bool:
        return worker not in self._report.left_out

    def _why_alone(self) -> str:
        if self._report.left_out:
            first = next(iter(self._report.left_out.values()))
            return f"no worker is left that could do the work ({first}); {GO_ON}"
        return f"no worker is left: none has come for {PATIENCE:.0f} seconds; {GO_ON}"
