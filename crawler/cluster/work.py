"""The units of a run under way: as many as there are threads of workers, so that a worker's death costs no other."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from itertools import count
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any

from crawler.cluster.crew import GO_ON, Crew
from crawler.cluster.engine import Engine
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.report import RunReport
from crawler.cluster.strikes import Strikes
from crawler.cluster.unit import Job, Manifest, Unit
from crawler.cluster.worker import Setting, do, warm
from crawler.one_line import one_line
from crawler.remote import RemoteError
from pipelines.version import program_version

if TYPE_CHECKING:
    from distributed import Future

GONE = f"the scheduler went away; {GO_ON}"
TRIES = 3
"""How often the workers are told what a run is about: one may die just then, and another one comes in its place."""
LOOK = 0.25
"""Seconds between two looks at how things stand, while nothing happens."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to do, beside its units."""

    job: Job
    folder: Folder
    on_done: Callable[[Unit, Manifest], object]
    """Called with each unit that has been done."""
    on_look: Callable[[], object]
    """Called a few times a second."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A unit that is under way."""

    unit: Unit
    workers: Sequence[str]
    """That it was meant for."""


class Work:
    """Sends units to workers, and takes them back."""

    def __init__(self, engine: Engine, order: Order, report: RunReport, stopped: Event) -> None:
        """Have the workers ready. Raises `ClusterError`."""
        self._client, self._order, self._report, self._stopped = engine.client, order, report, stopped
        self._crew = Crew(engine.client, report)
        self._strikes = Strikes(self._crew)
        self._setting = Setting(os.urandom(6).hex(), order.job, order.folder, program_version(), engine.is_local)
        self._waiting: deque[Unit] = deque()
        self._later: list[tuple[float, Unit]] = []
        """Units that have failed, with when they are tried again."""
        self._active: dict[Future[Manifest], Sent] = {}
        self._number = count()
        """Of each sending of a unit; a key that Dask knew before might get the answer of that time."""
        self._ended: SimpleQueue[Future[Manifest]] = SimpleQueue()
        self._far: dict[str, tuple[int, int]] = {}
        """Pages and size of the units under way."""
        report.dashboard = engine.dashboard
        self._prepare()
        self._began = time.monotonic()

    def _prepare(self) -> None:
        try:
            self._tell()
            self._client.run(warm, on_error="ignore")  # whatever is wrong with a worker its units tell
            self._client.subscribe_topic(self._setting.name, self._hear)
            self._report.workers = self._crew.look()
        except Exception as problem:  # of Dask, or of a worker by way of Dask: no type is common to all
            raise ClusterError(f"the workers could not be made ready: {one_line(problem, 300)}") from problem

    def _tell(self) -> None:
        """Tell the workers what the run is about."""
        for left in reversed(range(TRIES)):
            try:
                self._client.register_plugin(self._setting, name=self._setting.name)
                return
            except OSError:  # as Dask's own errors of a broken connection are
                if not left:
                    raise

    def do(self, units: Sequence[Unit], until: float | None = None) -> None:
        """Do them all, or what can be done until the run is stopped or its time is over.

        Args:
            units: each is sent once, and again where it failed.
            until: when nothing new is begun any more, by the monotonic clock; None: when all is done.
        """
        self._waiting.extend(units)
        try:
            while (self._waiting or self._later or self._active) and not self._stopped.is_set():
                self._submit(until)
                self._take()
                self._call_back()
                self._look()
        except RemoteError:
            raise
        except OSError as problem:  # as Dask's own errors of a broken connection are
            raise ClusterError(GONE) from problem
        finally:
            self._end()

    def _submit(self, until: float | None) -> None:
        now, job = time.monotonic(), self._order.job
        left = None if until is None else until - now
        if left is not None and left <= 0:
            self._report.is_out_of_time |= bool(self._waiting or self._later)
            self._waiting.clear()
            self._later.clear()
        self._waiting.extend(unit for at, unit in self._later if at <= now)
        self._later = [(at, unit) for at, unit in self._later if at > now]
        self._report.workers = slots = self._crew.look()
        while self._waiting and len(self._active) < slots * job.at_once:
            unit = self._waiting.popleft()
            key = (f"redtop-{job.kind}", unit.name, next(self._number), self._setting.run)
            where = self._crew.place(self._strikes.shunned(unit))
            timed, run = replace(unit, seconds=left), self._setting.run
            future = self._client.submit(do, run, timed, key=key, pure=False, workers=where)
            self._active[future] = Sent(unit, where)
            future.add_done_callback(self._ended.put)

    def _take(self) -> None:
        """Wait a moment for units that have ended."""
        try:
            future = self._ended.get(timeout=LOOK)
        except Empty:
            return
        sent = self._active.pop(future, None)
        if sent is None:
            return  # it was called back
        unit = sent.unit
        self._far.pop(unit.name, None)
        try:
            manifest = future.result()
        except CancelledError:
            if not self._stopped.is_set():
                raise ClusterError(GONE) from None
        except Exception as problem:  # what the unit raised at its worker, or Dask says of the worker's death
            self._struck(unit, problem)
        else:
            self._done(unit, manifest)
        future.release()

    def _call_back(self) -> None:
        """Have units sent anew whose workers are gone before they began: Dask keeps them for those workers for ever."""
        for future, sent in list(self._active.items()):
            if future.status == "pending" and self._crew.are_gone(sent.workers):
                del self._active[future]
                self._client.cancel([future])
                self._waiting.appendleft(sent.unit)

    def _done(self, unit: Unit, manifest: Manifest) -> None:
        report = self._report
        report.done += 1
        report.size_done += unit.size
        report.pages += manifest.pages
        report.core_seconds += manifest.core_seconds
        report.rows.update(manifest.rows)
        report.counts.update(manifest.counts)
        report.failed.update(manifest.failed)
        report.broken += manifest.broken
        self._strikes.went_well(unit, manifest.worker)
        self._order.on_done(unit, manifest)

    def _struck(self, unit: Unit, problem: Exception) -> None:
        verdict = self._strikes.note(unit, problem)
        self._report.strikes[verdict.reason] += 1
        if not verdict.is_last:
            self._later.append((time.monotonic() + verdict.pause, unit))
            return
        self._report.set_aside[unit.what] = verdict.reason
        self._report.size_done += unit.size
        self._order.folder.set_aside(unit.name, unit.what, verdict.reason)

    def _hear(self, event: tuple[float, Any]) -> None:
        """Note what a worker says of itself; called in the thread of the client."""
        _, said = event
        self._far[said["unit"]] = said["pages"], said["size"]
        self._report.note_memory(said["worker"], round(time.monotonic() - self._began, 1), said["memory"])

    def _look(self) -> None:
        under_way = {sent.unit.name: sent.unit.size for sent in self._active.values()}
        far = {name: known for name, known in dict(self._far).items() if name in under_way}
        self._report.pages_under_way = sum(pages for pages, _ in far.values())
        self._report.size_under_way = sum(min(size, under_way[name]) for name, (_, size) in far.items())
        self._order.on_look()

    def _end(self) -> None:
        """Call off what is still under way, and leave nothing at the cluster."""
        self._report.pages_under_way = self._report.size_under_way = 0
        try:
            self._client.cancel(list(self._active))
            self._client.unsubscribe_topic(self._setting.name)
            if not self._setting.is_local:
                self._client.unregister_worker_plugin(self._setting.name)
        except Exception:  # the scheduler went away, which has been said
            return
