"""What a worker of the cluster does: one unit at a time, into a shard of its own."""

from __future__ import annotations

import multiprocessing
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.forkserver import ensure_running
from pathlib import Path
from typing import TYPE_CHECKING

from distributed import WorkerPlugin, get_worker, secede

from crawler.cluster.cost import core_seconds, memory
from crawler.cluster.folder import Folder
from crawler.cluster.unit import Job, Manifest, Tell, Unit
from crawler.one_line import one_line
from pipelines.page import Page
from pipelines.schema import redtop
from pipelines.version import program_version

if TYPE_CHECKING:
    from distributed import Worker

EVERY = 2.0
"""Seconds between two words on how far a unit is."""
COUNTED = ("article", "quote", "revision", "fetch")
"""Tables whose rows a manifest tells."""


class UnitError(Exception):
    """A unit could not be done; the message is one line for a person."""

    def __init__(self, line: str, worker: str | None = None) -> None:
        super().__init__(line, worker)
        self.worker = worker

    def __str__(self) -> str:
        return str(self.args[0])


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
        if self.is_local:  # Ctrl-C is for the command to answer
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        multiprocessing.current_process().daemon = False  # a worker has children: its reader, which dies with it
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.worker_server"])
        ensure_running()


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
        raise UnitError(f"{worker.address} came too late to know what the run is about")
    if setting.version != program_version():
        raise UnitError(f"{worker.address} has redtop {program_version()}, this command {setting.version}")
    try:
        return _made(setting, unit, worker)
    except Exception as problem:  # whatever ends a unit is one line for whoever runs the command
        raise UnitError(one_line(problem), worker.address) from None


def _made(setting: Setting, unit: Unit, worker: Worker) -> Manifest:
    started, before = time.monotonic(), core_seconds()
    if setting.job.at_once > 1:
        secede()  # the thread's place is for the next unit, which waits as this one does
    place = setting.folder.standing if setting.job.stays else setting.folder.making
    with place(unit.name) as shard, _watched(setting.name, unit, worker) as (tell, most):
        told = setting.job.do(unit, shard, tell)
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
            core_seconds=round(core_seconds() - before, 3),
            memory=max([*most, memory()]),
            worker=worker.address,
            counts=dict(told.counts),
            failed=dict(told.failed),
            broken=told.broken,
            more=told.more,
        )
        setting.folder.finish(shard, unit.name, manifest)
    return manifest


@contextmanager
def _watched(topic: str, unit: Unit, worker: Worker) -> Iterator[tuple[Tell, list[int]]]:
    """Send word now and then of how far the unit is and of what the worker holds."""
    far, most, done = [0, 0], [0], threading.Event()

    def tell(pages: int, place: int) -> None:
        far[:] = [pages, place]

    def send() -> None:
        while not done.wait(EVERY):
            held = memory()
            most[0] = max(most[0], held)
            said = {"unit": unit.name, "worker": worker.address, "pages": far[0], "size": far[1], "memory": held}
            worker.log_event(topic, said)

    thread = threading.Thread(target=send, daemon=True)
    thread.start()
    try:
        yield tell, most
    finally:
        done.set()
        thread.join()


def _rows(shard: Path) -> dict[str, int]:
    with closing(sqlite3.connect(shard)) as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}
