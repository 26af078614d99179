"""A run: units to the workers, their shards into the database, and what became of it all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from crawler.cluster.backlog import Backlog
from crawler.cluster.damage import drop_damaged
from crawler.cluster.engine import connected
from crawler.cluster.folder import Folder
from crawler.cluster.merging import Merger
from crawler.cluster.report import RunReport
from crawler.cluster.unit import Job, Manifest, Unit
from crawler.cluster.work import Order, Work
from crawler.frontier.schema import frontier
from crawler.stopping import stopped_by_signals
from pipelines.database import close_writer, open_writer
from pipelines.schema import redtop
from pipelines.version import program_version

LOOK = 0.05
"""Seconds between two looks at the merging, once it is all there is to do."""

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
    max_time: float | None = None,
) -> RunReport:
    """Have units done that are not finished yet, and all shards merged that the database has not.

    SIGINT and SIGTERM end it once the shards in hand are merged, and the same command goes on where it ended.

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
        again: whether finished units are done once more, as those are that go on with what is there; then all shards
            are merged, whatever the database has of them.
        max_time: seconds after which no unit is begun, and those under way are to end; None: as long as it takes.

    Raises:
        ClusterError: there is no cluster, or it went away.
        DatabaseError: the database cannot be used.
    """
    began = time.monotonic()
    finished = {} if again else {name: found for name, found in folder.finished().items() if _is_ours(found)}
    known = [unit for unit in units if unit.name in finished]
    todo = [unit for unit in units if unit.name not in finished]
    report.units, report.known = len(units), len(known)
    report.size = sum(unit.size for unit in todo)
    report.broken += [broken for unit in known for broken in finished[unit.name].broken]
    with ExitStack() as stack:
        if database is not None and database.exists():
            _need(database)  # before anything is begun that takes its time
        stopped = stack.enter_context(stopped_by_signals())
        engine = stack.enter_context(connected(where)) if todo else None
        backlog = stack.enter_context(_merging(folder, database, job, report))

        def look() -> None:
            if backlog:
                backlog.tend()
            report.seconds = time.monotonic() - began - report.start_up
            on_progress(report)

        def put(unit: Unit, manifest: Manifest) -> None:
            on_shard(unit.name)
            if backlog:
                backlog.put(unit.name, None if again else manifest.mark)

        def done(unit: Unit, manifest: Manifest) -> None:
            on_done(unit, manifest)
            put(unit, manifest)

        work = Work(engine, Order(job, folder, done, look), report, stopped) if engine else None
        report.start_up = time.monotonic() - began
        for unit in known:
            if not stopped.is_set():
                put(unit, finished[unit.name])
                look()
        if work:
            work.do(todo, None if max_time is None else began + max_time)
        since = time.monotonic()
        while backlog and backlog.tend() and not stopped.is_set():
            look()
            time.sleep(LOOK)
        report.status = "interrupted" if stopped.is_set() else "finished"
    report.seconds = time.monotonic() - began - report.start_up
    report.tail = time.monotonic() - since
    return report


@contextmanager
def _merging(folder: Folder, database: Path | None, job: Job, report: RunReport) -> Iterator[Backlog | None]:
    """Give what takes shards for a database; at the end what it has in hand is merged."""
    if database is None:
        yield None
        return
    report.to_merge = report.units
    backlog = Backlog(Merger(folder, database), report)
    try:
        yield backlog
    finally:
        backlog.close()
        if not job.stays:
            drop_damaged(folder, report.unmerged)


def _need(database: Path) -> None:
    """Raise `DatabaseError` where a database cannot be written to; made where there is none."""
    close_writer(open_writer(database, frontier))


def _is_ours(manifest: Manifest) -> bool:
    """Whether a unit was done by this very redtop, so that its shard can be merged."""
    return manifest.extractor_version == program_version() and manifest.schema == redtop._migrations[-1].name
