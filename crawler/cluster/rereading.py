"""Today's extractors over the archive, by the workers of a cluster.

The workers read the pages; what they read goes into the database by the code that plain `reextract` has, in its order,
while the other units are still being read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from threading import Thread

from crawler.cluster.folder import Folder
from crawler.cluster.gathering import Readings
from crawler.cluster.lock import held
from crawler.cluster.plan import reading_identity
from crawler.cluster.readings import keep
from crawler.cluster.report import RunReport
from crawler.cluster.run import OnProgress, run_units
from crawler.cluster.unit import Tell, Told, Unit, unit_name
from crawler.frontier.schema import frontier
from crawler.in_order import AHEAD, InOrder
from crawler.rereading import Difference, RereadReport, Sought, reread_archive, sought
from crawler.site import Outlets, Site
from crawler.worker import ReadPage, Unread
from crawler.workers import Workers
from pipelines.database import close_writer, open_reader, open_writer, transaction
from pipelines.page import Page

PAGES = 500
"""Pages of a unit: some ten seconds' work."""


@dataclass(frozen=True)
class RereadJob:
    """What a worker does with pages of an archive file."""

    sites: Mapping[str, Site]
    archive: Path
    kind: str = "reextract"
    stays: bool = False
    at_once: int = 1

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        """Read the pages into the shard."""
        pages: tuple[Sought, ...] = unit.given
        outlets, told, hashed = Outlets(self.sites), Told(), blake2b(digest_size=16)
        db = open_writer(shard, frontier)
        try:
            with Workers(1) as crew, transaction(db):

                def store(page: Page, found: ReadPage | Unread) -> None:
                    keep(db, page, found)
                    told.pages += 1
                    told.counts["unread" if isinstance(found, Unread) else "read"] += 1

                under_way = InOrder(store, AHEAD)
                for done, wanted in enumerate(pages):
                    tell(told.pages, done)
                    page = wanted.page(self.archive)
                    if page is not None:
                        hashed.update(page.body)
                        under_way.put(page, crew.submit(page, outlets.rules(page.url)))
                under_way.finish()
        finally:
            close_writer(db)
        told.digest = hashed.hexdigest()
        return told


class Interrupted(Exception):  # noqa: N818 (it is no error)
    """The run was stopped; what had been read is in the database."""


def reread_on_cluster(
    database: Path,
    archive: Path,
    sites: Mapping[str, Site],
    *,
    where: str,
    folder: Folder,
    only: Collection[str] = (),
    since: str | None = None,
    again: bool = False,
    changed_only: bool = False,
    is_dry: bool = False,
    on_progress: OnProgress = lambda report: None,
    on_difference: Callable[[Difference], None] = lambda difference: None,
) -> tuple[RunReport, RereadReport]:
    """Read archived pages again as `reread_archive` does, with the workers of a cluster.

    Args:
        database: of the articles.
        archive: the archive folder, which the workers reach under the same path.
        sites: known outlets by registrable domain, for their rules.
        where: `local:N`, or the address of a scheduler.
        folder: of the shards.
        only: registrable domains; empty: every outlet.
        since: only articles published, or first seen where no date is known, in or after this moment.
        again: also what this redtop read itself.
        changed_only: leave a record as it stands where today's says the same.
        is_dry: change nothing, only tell what would change.
        on_progress: called a few times a second.
        on_difference: called for every state whose record differs.

    Raises:
        ClusterError: there is no cluster, or another run is at work in the folder.
        DatabaseError: the database cannot be used.
    """
    folder.prepare()
    with held(folder):
        if not is_dry:
            close_writer(open_writer(database, frontier))
        reader = open_reader(database, frontier)
        try:
            pages = sought(reader, only=only, since=since, again=again)
        finally:
            reader.close()
        units = page_units(pages, reading_identity(sites))
        readings = Readings(folder)
        applying = _Applying(
            lambda: reread_archive(
                database, archive, sites, only=only, since=since, again=again, changed_only=changed_only,
                is_dry=is_dry, readers=readings, on_difference=on_difference,
            )
        )  # fmt: skip
        report = RunReport()

        def look(report: RunReport) -> None:
            applying.check()
            on_progress(report)

        problem: BaseException | None = Interrupted()
        try:
            job = RereadJob(sites, archive.absolute())
            run_units(where, job, units, folder, None, report=report, on_progress=look, on_shard=readings.take)
            problem = Interrupted() if report.status == "interrupted" else None
        finally:
            readings.close(problem)
            try:
                reread = applying.result()
            finally:
                readings.forget()
                report.unmerged |= readings.lost
    return report, reread


class _Applying:
    """Writes readings into the database in a thread of its own."""

    def __init__(self, work: Callable[[], RereadReport]) -> None:
        self._work = work
        self._report: RereadReport | None = None
        self._problem: BaseException | None = None
        self._thread = Thread(target=self._run, name="redtop-apply", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._report = self._work()
        except BaseException as problem:  # raised again by `result`, in the thread that waits
            self._problem = problem

    def check(self) -> None:
        """Raise what went wrong, where something did: then nobody needs what is read."""
        if self._problem is not None:
            raise self._problem

    def result(self) -> RereadReport:
        """Wait for the end; give what was done, or raise what went wrong."""
        self._thread.join()
        if self._report is not None:
            return self._report
        if isinstance(self._problem, Interrupted):
            return RereadReport(status="interrupted")
        assert self._problem is not None
        raise self._problem


def page_units(pages: Iterable[Sought], identity: object) -> list[Unit]:
    """Give the pages of each archive file as units, each page once: all of them, or stretches of a file of many."""
    units = []
    ordered = sorted(dict.fromkeys(pages), key=lambda page: (page.places[0].file, page.places[0].offset))
    for file, found in groupby(ordered, key=lambda page: page.places[0].file):
        there = list(found)
        for start in range(0, len(there), PAGES):
            part = tuple(there[start : start + PAGES])
            first, last = part[0].places[0].offset, part[-1].places[0].offset
            name = unit_name(file, "reextract", file, [(page.places, page.digest) for page in part], identity)
            units.append(Unit(name, f"{file}, {len(part)} pages from {first} to {last}", len(part), part))
    return units
