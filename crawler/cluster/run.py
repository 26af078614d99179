"""A run: units to the workers, their shards into the database, and what became of it all."""

from __future__ import annotations

import os
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any

from crawler.cluster.engine import Engine, connected
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.merging import Merger
from crawler.cluster.report import RunReport
from crawler.cluster.unit import Job, Manifest, Unit
from crawler.one_line import one_line
from crawler.remote import RemoteError
from crawler.stopping import stopped_by_signals
from pipelines.version import program_version

if TYPE_CHECKING:
    from distributed import Future

STRIKES = 3
"""Failures after which a unit is set aside."""
GONE = "the scheduler went away; the same command goes on where this one ended"
LOOK = 0.25
"""Seconds between two looks at how things stand, while nothing happens."""
_COUNT = 2.0
"""Seconds between two counts of the workers."""


OnProgress = Callable[[RunReport], None]


def run_units(
    where: str,
    job: Job,
    units: Sequence[Unit],
    folder: Folder,
    database: Path | None,
    *,
    report: RunReport,
    on_progress: OnProgress = lambda report: None,
    on_shard: Callable[[str], object] = lambda name: None,
    on_done: Callable[[Unit, Manifest], object] = lambda unit, manifest: None,
    again: bool = False,
) -> RunReport:
    """Have units done that are not finished yet, and all shards merged.

    SIGINT and SIGTERM end it; what was finished is merged, and the same command goes on where it ended.

    Args:
        where: `local:N`, or the address of a scheduler.
        job: what is done with a unit.
        units: all of them.
        folder: of the shards; held by the caller.
        database: that they are merged into; None: they are only made.
        report: of the run, which may know already of what is missing.
        on_progress: called a few times a second.
        on_shard: called with the name of each shard that is there, those of earlier runs first.
        on_done: called with each unit that this run has done.
        again: whether finished units are done once more, as those are that go on with what is there.

    Raises:
        ClusterError: there is no cluster, or it went away.
    """
    began = time.monotonic()
    finished = {} if again else folder.finished()
    todo = [unit for unit in units if unit.name not in finished]
    report.units, report.known = len(units), len(units) - len(todo)
    report.size = sum(unit.size for unit in todo)
    for unit in units:
        if unit.name in finished:
            _note_broken(report, finished[unit.name])
    with ExitStack() as stack:
        stopped = stack.enter_context(stopped_by_signals())
        merger = Merger(folder, database) if database is not None else None
        for name in [unit.name for unit in units if unit.name in finished]:
            on_shard(name)
            if merger:
                merger.put(name)
        try:
            if todo:
                engine = stack.enter_context(connected(where))
                _Work(engine, job, folder, merger, report, on_progress, on_shard, on_done, stopped).do(todo, began)
            else:
                report.start_up = time.monotonic() - began
        finally:
            if merger:
                since = time.monotonic()
                merger.close()
                report.merged, report.unmerged, report.tail = merger.merged, merger.failed, time.monotonic() - since
            report.seconds = time.monotonic() - began - report.start_up
        report.status = "interrupted" if stopped.is_set() else "finished"
    return report


def _note_broken(report: RunReport, manifest: Manifest) -> None:
    report.broken += manifest.broken


class _Work:
    """The units under way: as many as there are threads of workers, so that a worker that dies costs no other one."""

    def __init__(
        self,
        engine: Engine,
        job: Job,
        folder: Folder,
        merger: Merger | None,
        report: RunReport,
        on_progress: OnProgress,
        on_shard: Callable[[str], object],
        on_done: Callable[[Unit, Manifest], object],
        stopped: Event,
    ) -> None:
        self._engine, self._job, self._folder, self._merger = engine, job, folder, merger
        self._report, self._on_progress, self._stopped = report, on_progress, stopped
        self._on_shard, self._on_done = on_shard, on_done
        self._run = os.urandom(6).hex()
        self._waiting: deque[Unit] = deque()
        self._active: dict[Future[Manifest], Unit] = {}
        self._ended: SimpleQueue[Future[Manifest]] = SimpleQueue()
        self._strikes: Counter[str] = Counter()
        self._shunned: dict[str, set[str]] = {}
        """Workers on which a unit has failed."""
        self._far: dict[str, tuple[int, int]] = {}
        """Pages and size of the units under way."""
        self._slots, self._counted = 0, 0.0

    def do(self, units: Sequence[Unit], began: float) -> None:
        """Do them all, or what can be done until the run is stopped."""
        from crawler.cluster.worker import Setting, warm

        client, report = self._engine.client, self._report
        setting = Setting(self._run, self._job, self._folder, program_version(), self._engine.is_local)
        try:
            client.register_plugin(setting, name=setting.name)
            client.run(warm, on_error="ignore")  # whatever is wrong with a worker its units tell
            client.subscribe_topic(setting.name, self._hear)
        except Exception as problem:  # of Dask, or of a worker by way of Dask: no type is common to all
            raise ClusterError(f"the workers could not be made ready: {one_line(problem, 300)}") from problem
        report.dashboard = self._engine.dashboard
        report.start_up = time.monotonic() - began
        self._began = time.monotonic()
        self._waiting.extend(units)
        try:
            while (self._waiting or self._active) and not self._stopped.is_set():
                self._submit()
                self._take()
                self._tell()
        except RemoteError:
            raise
        except OSError as problem:  # as Dask's own errors of a broken connection are
            raise ClusterError(GONE) from problem
        finally:
            self._end(setting.name)

    def _submit(self) -> None:
        from crawler.cluster.worker import do

        now = time.monotonic()
        if now - self._counted > _COUNT or not self._slots:
            self._slots, self._counted = self._engine.slots(), now
        while self._waiting and len(self._active) < self._slots * self._job.at_once:
            unit = self._waiting.popleft()
            key = (f"redtop-{self._job.kind}", unit.name, self._strikes[unit.name], self._run)
            future = self._engine.client.submit(do, self._run, unit, key=key, pure=False, **self._elsewhere(unit))
            self._active[future] = unit
            future.add_done_callback(self._ended.put)

    def _elsewhere(self, unit: Unit) -> dict[str, Any]:
        """Keep a unit away from workers that failed with it, where there are others."""
        if not (shunned := self._shunned.get(unit.name)):
            return {}
        others = [worker for worker in self._engine.client.nthreads() if worker not in shunned]
        return {"workers": others, "allow_other_workers": True} if others else {}

    def _take(self) -> None:
        """Wait a moment for units that have ended."""
        try:
            future = self._ended.get(timeout=LOOK)
        except Empty:
            return
        unit = self._active.pop(future)
        self._far.pop(unit.name, None)
        try:
            manifest = future.result()
        except CancelledError:
            if not self._stopped.is_set():
                raise ClusterError(GONE) from None
        except Exception as problem:  # what the unit raised at its worker, or Dask says of the worker's death
            self._strike(unit, problem)
        else:
            self._done(unit, manifest)
        future.release()

    def _done(self, unit: Unit, manifest: Manifest) -> None:
        report = self._report
        report.done += 1
        report.size_done += unit.size
        report.pages += manifest.pages
        report.core_seconds += manifest.core_seconds
        report.rows.update(manifest.rows)
        report.counts.update(manifest.counts)
        report.failed.update(manifest.failed)
        _note_broken(report, manifest)
        self._on_done(unit, manifest)
        self._on_shard(unit.name)
        if self._merger:
            self._merger.put(unit.name)

    def _strike(self, unit: Unit, problem: Exception) -> None:
        from distributed import KilledWorker

        worker: str | None
        if isinstance(problem, KilledWorker):
            worker, reason, count = problem.last_worker.address, "its worker died", problem.allowed_failures + 1
        else:
            worker, reason, count = getattr(problem, "worker", None), one_line(problem, 300), 1
        self._strikes[unit.name] += count
        self._report.strikes[reason] += 1
        if worker:
            self._shunned.setdefault(unit.name, set()).add(worker)
        if self._strikes[unit.name] < STRIKES:
            self._waiting.append(unit)
            return
        self._report.set_aside[unit.what] = reason
        self._report.size_done += unit.size
        self._folder.set_aside(unit.name, unit.what, reason)

    def _hear(self, event: tuple[float, Any]) -> None:
        """Note what a worker says of itself; called in the thread of the client."""
        _, said = event
        self._far[said["unit"]] = said["pages"], said["size"]
        at = round(time.monotonic() - self._began, 1)
        self._report.memory.setdefault(said["worker"], []).append((at, said["memory"]))

    def _tell(self) -> None:
        report = self._report
        under_way = {unit.name: unit.size for unit in self._active.values()}
        far = {name: known for name, known in dict(self._far).items() if name in under_way}
        report.pages_under_way = sum(pages for pages, _ in far.values())
        report.size_under_way = sum(min(size, under_way[name]) for name, (_, size) in far.items())
        report.seconds = time.monotonic() - self._began
        report.workers = self._slots
        if self._merger:
            report.merged = self._merger.merged
        self._on_progress(report)

    def _end(self, topic: str) -> None:
        """Call off what is still under way, and leave nothing at the cluster."""
        client = self._engine.client
        try:
            client.cancel(list(self._active))
            client.unsubscribe_topic(topic)
            if not self._engine.is_local:
                client.unregister_worker_plugin(topic)
        except Exception:  # the scheduler went away, which has been said
            return
