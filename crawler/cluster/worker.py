"""What a worker of the cluster does: one unit at a time, into a shard of its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import WorkerPlugin, get_worker, secede

from crawler.cluster.cost import Ledger
from crawler.cluster.folder import Folder
from crawler.cluster.unit import Job, Manifest, Unit
from crawler.cluster.watch import Watch
from crawler.one_line import one_line
from pipelines.page import Page
from pipelines.schema import redtop
from pipelines.version import program_version

if TYPE_CHECKING:
    from distributed import Worker

COUNTED = ("article", "quote", "revision", "fetch")
"""Tables whose rows a manifest tells."""
_LEDGER = Ledger()
_BEHIND = 5
"""By how much the workers of one machine stand back behind the command, which merges meanwhile: at the end it would
still be merging, with the other cores at rest."""


class UnitError(Exception):
    """A unit could not be done; the message is one line for a person."""

    def __init__(self, line: str, worker: str | None = None) -> None:
        super().__init__(line, worker)
        self.worker = worker

    def __str__(self) -> str:
        return str(self.args[0])


class UnfitError(UnitError):
    """A worker can do no unit of the run; the unit is not to blame."""


@dataclass(frozen=True)
class Setting(WorkerPlugin):
    """What the workers of a run know before its first unit: sent once, also to those that come later."""

    run: str
    job: Job
    folder: Folder
    version: str
    is_local: bool
    """Whether the workers are this command's own, and end with it."""

    @property
    def name(self) -> str:
        """Under which a worker has it."""
        return f"redtop-{self.run}"

    def setup(self, worker: Worker) -> None:
        """Have the server started that readers are forked from, from the thread that lives as long as the worker."""
        if self.is_local:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command to answer
            os.setpriority(os.PRIO_PROCESS, 0, os.getpriority(os.PRIO_PROCESS, os.getppid()) + _BEHIND)
        multiprocessing.current_process().daemon = False  # a worker has children: its reader, which dies with it
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.worker_server"])
        ensure_running()
        if self.folder.path is None:
            self.folder.tidy()  # what workers of this machine died over


def warm() -> None:
    """Have a worker load what it needs, and its server ready to fork, before anything is timed."""
    import crawler.importing  # noqa: F401
    from crawler.workers import Workers

    with Workers(1) as crew:
        page = Page(url="http://gull.example/", status=200, body=b"<p>Gulls.</p>", fetched_at=datetime.now(UTC))
        crew.submit(page).result()


def do(run: str, unit: Unit) -> Manifest:
    """Do one unit in this worker. Raises `UnitError`."""
    worker = get_worker()
    setting = worker.plugins.get(f"redtop-{run}")
    if not isinstance(setting, Setting):
        raise UnfitError(f"worker {worker.address} does not know what the run is about", worker.address)
    if setting.version != program_version():
        raise UnfitError(
            f"worker {worker.address} has redtop {program_version()}, this command {setting.version}", worker.address
        )
    try:
        return _made(setting, unit, worker)
    except Exception as problem:  # whatever ends a unit is one line for whoever runs the command
        raise UnitError(one_line(problem), worker.address) from None


def _made(setting: Setting, unit: Unit, worker: Worker) -> Manifest:
    started, watch = time.monotonic(), Watch(setting.name, unit, worker)
    if setting.job.at_once > 1:
        secede()  # the thread's place is for the next unit, which waits as this one does
    place = setting.folder.standing if setting.job.stays else setting.folder.making
    with _LEDGER.unit() as spent, place(unit.name) as shard, watch:
        told = setting.job.do(unit, shard, watch.tell)
        manifest = Manifest(
            unit=unit.name,
            what=unit.what,
            job=setting.job.kind,
            digest=told.digest,
            extractor_version=program_version(),
            schema=redtop._migrations[-1].name,
            rows=_rows(shard) if told.rows is None else told.rows,
            pages=told.pages,
            bytes=shard.stat().st_size,
            seconds=round(time.monotonic() - started, 3),
            core_seconds=round(spent(), 3),
            memory=watch.most(),
            worker=worker.address,
            counts=dict(told.counts),
            failed=dict(told.failed),
            broken=told.broken,
            more=told.more,
        )
        watch.check()
        setting.folder.finish(shard, unit.name, manifest)
    return manifest


def _rows(shard: Path) -> dict[str, int]:
    with closing(sqlite3.connect(shard)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
