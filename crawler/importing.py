"""Pages of WARC files into the database, as if they had been crawled on their day."""

from __future__ import annotations

import os
import shutil
from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from crawler.archive_files import ArchiveError
from crawler.content import no_page
from crawler.frontier.runs import begin_run, end_run
from crawler.frontier.schema import frontier
from crawler.owner import this_process
from crawler.site import Site, site_for
from crawler.stopping import stopped_by_signals
from crawler.warc_pages import STANDARD_INPUT, FoundPage, read_pages
from crawler.worker import Unread
from crawler.workers import Workers
from extractors import Article, SiteRules
from extractors.serial import iso
from extractors.site import site_of
from pipelines.database import open_reader
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace
from pipelines.store import Stored
from pipelines.writer import Writer

AHEAD = 4
"""Pages per worker that are read or wait: what is held in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pages of a file are taken."""

    sites: Collection[str] = ()
    """Registrable domains; empty: any."""
    since: str | None = None
    """Received in or after, in the form of the database (a prefix of a moment)."""
    until: str | None = None
    """Received before."""

    def takes(self, site: str, at: str) -> bool:
        """Whether a page of an outlet, received at a moment, is taken."""
        return (
            (not self.sites or site in self.sites)
            and (self.since is None or at >= self.since)
            and (self.until is None or at < self.until)
        )


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What an import did; it grows meanwhile."""

    crawl_id: int
    file: str = ""
    """The present one."""
    offset: int = 0
    """How far it has been read, in bytes."""
    pages: int = 0
    """HTML pages met."""
    unwanted: int = 0
    """Of other outlets or other days."""
    known: int = 0
    """Which the database had already, received at the same moment."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    other_pages: int = 0
    """Which are no articles."""
    failed: Counter[str] = field(default_factory=Counter)
    """Pages that could not be read, by reason."""
    broken: list[str] = field(default_factory=list)
    """Files that could not be read to their end, with the reason."""
    status: str = "running"
    """`running`, `finished`, `interrupted`."""


class Import:
    """Reads pages in worker processes and stores them in the order of the files; a few are under way at a time."""

    def __init__(
        self,
        writer: Writer,
        reader: Database,
        workers: Workers,
        sites: Mapping[str, Site],
        wanted: Wanted,
        report: ImportReport,
    ) -> None:
        self._writer, self._reader, self._workers = writer, reader, workers
        self._sites, self._wanted, self._report = sites, wanted, report
        self._reading: deque[tuple[Outcome, Future[Article | Unread]]] = deque()
        self._storing: deque[Future[Stored]] = deque()

    def take(self, found: FoundPage, file: str | None) -> None:
        """Have a page read and stored; `file` is its archive file, where it lies in the archive folder."""
        page = found.page
        self._report.pages += 1
        at, site = iso(page.fetched_at), site_for(self._sites, page.url)
        domain = site.domain if site else site_of(page.url)
        if domain is None or not self._wanted.takes(domain, at):
            self._report.unwanted += 1
        elif self._is_known(page.url, at):
            self._report.known += 1
            if file:
                self._writer.submit(partial(_place, url=page.url, at=at, file=file, offset=found.offset))
        elif no_page(page.header_map.get("content-type"), page.body) is None:
            place = ArchivePlace(file=file, offset=found.offset) if file else None
            outcome = Outcome(page=page, site=domain, crawl_id=self._report.crawl_id, archive=place)
            self._reading.append((outcome, self._workers.submit(page, _rules(site))))
            self._settle(AHEAD * self._workers.count)

    def finish(self) -> None:
        """Wait until all that was taken is stored."""
        self._settle(0)

    def _settle(self, most: int) -> None:
        """Store what has been read, until no more than `most` pages are under way."""
        while len(self._reading) > most:
            outcome, future = self._reading.popleft()
            self._storing.append(self._writer.submit(self._finished(outcome, future.result())))
        while len(self._storing) > 8 * most:
            self._count(self._storing.popleft().result())

    def _finished(self, outcome: Outcome, read: Article | Unread) -> Outcome:
        if isinstance(read, Article):
            return replace(outcome, article=read)
        if read.is_other_page:
            self._report.other_pages += 1
        else:
            self._report.failed[read.reason] += 1
        return replace(outcome, error=read.reason)

    def _count(self, stored: Stored) -> None:
        if stored.state in ("new", "changed", "unchanged"):
            setattr(self._report, stored.state, getattr(self._report, stored.state) + 1)

    def _is_known(self, url: str, at: str) -> bool:
        return bool(
            self._reader.conn.execute("SELECT 1 FROM fetch WHERE url = ? AND fetched_at = ?", [url, at]).fetchone()
        )


def _place(db: Database, *, url: str, at: str, file: str, offset: int) -> None:
    """Note where a page lies that came from a file which was not kept then."""
    db.conn.execute(
        "UPDATE fetch SET archive_file = ?, archive_offset = ? "
        "WHERE url = ? AND fetched_at = ? AND archive_file IS NULL",
        [file, offset, url, at],
    )


def _rules(site: Site | None) -> SiteRules | None:
    return site.rules if site else None


def import_files(
    files: Iterable[Path],
    db_path: Path,
    sites: Mapping[str, Site],
    *,
    wanted: Wanted | None = None,
    workers: int | None = None,
    keep_in: Path | None = None,
    on_progress: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Read WARC files into the database; what it had already is left as it is, so a second time changes nothing.

    SIGINT and SIGTERM let it store what is under way; the same command then goes on where it ended.

    Args:
        files: WARC files, packed or not; `-` is standard input.
        db_path: of the database, made where there is none.
        sites: known outlets by registrable domain, for their rules; pages of others are read as well.
        wanted: which pages are taken; None: all.
        workers: processes that read pages; None: one per core.
        keep_in: the archive folder, to which files are copied so that `raw` and `reextract` find their pages; None: the
            database does not know where they lie, unless they lie there already.
        on_progress: called with the growing report at every record.

    Raises:
        DatabaseError: the database cannot be used.
    """
    with ExitStack() as stack:
        writer = stack.enter_context(Writer(db_path, frontier))
        reader = open_reader(db_path, frontier)
        stack.callback(reader.close)
        crew = stack.enter_context(Workers(workers))
        stopped = stack.enter_context(stopped_by_signals())
        crawl_id = writer.submit(lambda db: begin_run(db, this_process(), datetime.now(UTC))).result()
        report = ImportReport(crawl_id=crawl_id)
        work = Import(writer, reader, crew, sites, wanted or Wanted(), report)
        for path in files:
            report.file = str(path)
            try:
                name = _kept(path, keep_in)
                for found in read_pages(path, lambda offset: _advance(report, offset, on_progress)):
                    if stopped.is_set():
                        break
                    work.take(found, name)
            except ArchiveError as problem:
                report.broken.append(str(problem))
            if stopped.is_set():
                break
        work.finish()
        report.status = "interrupted" if stopped.is_set() else "finished"
        writer.submit(lambda db: end_run(db, crawl_id, datetime.now(UTC), report.status)).result()
    return report


def _advance(report: ImportReport, offset: int, on_progress: Callable[[ImportReport], None]) -> None:
    report.offset = offset
    on_progress(report)


def _kept(path: Path, folder: Path | None) -> str | None:
    """Give the name under which a file lies in the archive folder, copied there where that is asked for."""
    if folder is None or path == STANDARD_INPUT:
        return None
    target = folder / path.name
    try:
        if not (target.exists() and target.samefile(path)):
            folder.mkdir(parents=True, exist_ok=True)
            if target.exists() and target.stat().st_size == path.stat().st_size:
                return target.name
            part = target.with_name(f".{target.name}.{os.getpid()}")
            shutil.copyfile(path, part)
            part.replace(target)
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be kept: {problem.strerror or problem}") from problem
    return target.name
