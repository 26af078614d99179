"""Pages of WARC files into the database, as if they had been crawled on their day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from filecmp import cmp
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import Any

from sqlite_utils import Database

from crawler.archive_files import ArchiveError, Reference, read_page
from crawler.content import no_page
from crawler.frontier.runs import begin_run, end_run
from crawler.frontier.schema import frontier
from crawler.in_order import AHEAD, STORED, InOrder
from crawler.owner import this_process
from crawler.site import Outlets, Site
from crawler.stopping import stopped_by_signals
from crawler.warc_pages import FoundPage, UnreachedError, read_pages
from crawler.warc_part import Hash, Part
from crawler.whole_file import whole_path
from crawler.worker import ReadPage, Unread
from crawler.workers import Workers
from extractors.serial import iso
from extractors.site import site_of
from pipelines.database import open_reader
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace
from pipelines.store import Stored
from pipelines.writer import Writer


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
    bare: int = 0
    """Pages that came as they were before, of which the file has no bytes and nobody else has."""
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
    is_unreached: bool = False
    """Whether that was, of one of them, the way to the file and not what stands in it."""
    status: str = "running"
    """`running`, `finished`, `interrupted`."""


class Import:
    """Reads pages in worker processes and stores them in the order of the files; a few are under way at a time."""

    def __init__(
        self, writer: Writer, reader: Database, workers: Workers, outlets: Outlets, wanted: Wanted, report: ImportReport
    ) -> None:
        self._writer, self._reader, self._workers = writer, reader, workers
        self._outlets, self._wanted, self._report = outlets, wanted, report
        ahead = AHEAD * workers.count
        self._reading = InOrder(self._store, ahead)
        self._storing: InOrder[str, Any] = InOrder(self._count, STORED * ahead)

    def take(self, found: FoundPage, file: str | None) -> None:
        """Have a page read and stored; `file` is its archive file, where it lies in the archive folder."""
        page = found.page
        self._report.pages += 1
        at, site = iso(page.fetched_at), self._outlets.of(page.url)
        place = found.place_in(file) if file else None
        domain = site.domain if site else site_of(page.url)
        if domain is None or not self._wanted.takes(domain, at):
            self._report.unwanted += 1
        elif self._is_known(page.url, at):
            self._report.known += 1
            if place:
                self._storing.put(page.url, self._writer.submit(partial(_place, url=page.url, at=at, place=place)))
        elif no_page(page.header_map.get("content-type"), page.body) is None:
            outcome = Outcome(page=page, site=domain, crawl_id=self._report.crawl_id, archive=place)
            self._reading.put(outcome, self._workers.submit(page, self._outlets.rules(page.url)))

    def whole(self, folder: Path, reference: Reference) -> bytes | None:
        """Give the bytes of an earlier record that the archive has; None, and a count of it, where it has not."""
        places = [reference.place] if reference.place else []
        if reference.at is not None:
            rows = self._reader.conn.execute(
                "SELECT archive_file, archive_offset FROM fetch WHERE url = ? AND fetched_at = ? AND status = 200 "
                "AND archive_file IS NOT NULL",
                [reference.url, iso(reference.at)],
            )
            places += [ArchivePlace(file=file, offset=offset) for file, offset in rows]
        for place in places:
            with suppress(ArchiveError):
                body = read_page(folder, place).body
                if reference.fits(body):
                    return body
        self._report.bare += 1
        return None

    def finish(self) -> None:
        """Wait until all that was taken is stored."""
        self._reading.finish()
        self._storing.finish()

    def _store(self, outcome: Outcome, read: ReadPage | Unread) -> None:
        if isinstance(read, ReadPage):
            outcome = replace(
                outcome, article=read.article, paging=read.paging, refused=read.refused, features=read.features
            )
        else:
            outcome = replace(outcome, error=read.reason)
            if read.is_other_page:
                self._report.other_pages += 1
            else:
                self._report.failed[read.reason] += 1
        self._storing.put(outcome.page.url, self._writer.submit(outcome))

    def _count(self, _: str, stored: Stored | None) -> None:
        if stored and stored.state in ("new", "changed", "unchanged"):
            setattr(self._report, stored.state, getattr(self._report, stored.state) + 1)

    def _is_known(self, url: str, at: str) -> bool:
        return bool(
            self._reader.conn.execute("SELECT 1 FROM fetch WHERE url = ? AND fetched_at = ?", [url, at]).fetchone()
        )


def _place(db: Database, *, url: str, at: str, place: ArchivePlace) -> None:
    """Note where a page lies that came from a file which was not kept then."""
    db.conn.execute(
        "UPDATE fetch SET archive_file = ?, archive_offset = ?, payload_file = ? "
        "WHERE url = ? AND fetched_at = ? AND archive_file IS NULL",
        [place.file, place.offset, place.payload_file, url, at],
    )


def import_files(
    files: Iterable[Path | Part],
    db_path: Path,
    sites: Mapping[str, Site],
    *,
    wanted: Wanted | None = None,
    workers: int | None = None,
    folder: Path,
    keep: bool = False,
    hashed: Hash | None = None,
    is_durable: bool = True,
    on_progress: Callable[[ImportReport], None] = lambda report: None,
) -> ImportReport:
    """Read WARC files into the database; what it had already is left as it is, so a second time changes nothing.

    SIGINT and SIGTERM let it store what is under way; the same command then goes on where it ended.

    Args:
        files: WARC files, packed or not, or parts of such; `-` is standard input.
        db_path: of the database, made where there is none.
        sites: known outlets by registrable domain, for their rules; pages of others are read as well.
        wanted: which pages are taken; None: all.
        workers: processes that read pages; None: one more than cores.
        folder: of the archive. Pages of files that lie there are found again by `raw` and `reextract`.
        keep: whether files are copied there.
        hashed: is given the bytes of the files as they lie there.
        is_durable: whether what is stored is on the disk at once (see `Writer`).
        on_progress: called with the growing report at every record.

    Raises:
        DatabaseError: the database cannot be used.
    """
    with ExitStack() as stack:
        writer = stack.enter_context(Writer(db_path, frontier, is_durable=is_durable))
        reader = open_reader(db_path, frontier)
        stack.callback(reader.close)
        crew = stack.enter_context(Workers(workers))
        stopped = stack.enter_context(stopped_by_signals())
        crawl_id = writer.submit(lambda db: begin_run(db, this_process(), datetime.now(UTC))).result()
        report = ImportReport(crawl_id=crawl_id)
        work = Import(writer, reader, crew, Outlets(sites), wanted or Wanted(), report)
        for part in (file if isinstance(file, Part) else Part(str(file)) for file in files):
            report.file = part.address
            try:
                name = name_in(folder, part.path, keep=keep)
                told, whole = partial(_advance, report, on_progress), partial(work.whole, folder)
                for found in read_pages(part, told, hashed=hashed, whole=whole):
                    if stopped.is_set():
                        break
                    work.take(found, name)
            except ArchiveError as problem:
                report.broken.append(str(problem))
                report.is_unreached |= isinstance(problem, UnreachedError)
            if stopped.is_set():
                break
        work.finish()
        report.status = "interrupted" if stopped.is_set() else "finished"
        writer.submit(lambda db: end_run(db, crawl_id, datetime.now(UTC), report.status)).result()
    return report


def _advance(report: ImportReport, on_progress: Callable[[ImportReport], None], offset: int) -> None:
    report.offset = offset
    on_progress(report)


def name_in(folder: Path, path: Path | None, *, keep: bool) -> str | None:
    """Give the name under which a file lies in the archive folder, copied there where that is asked for; else None."""
    if path is None:
        return None
    target = folder / path.name
    try:
        if target.exists():
            is_same = target.samefile(path) or (keep and cmp(target, path, shallow=False))
            if keep and not is_same:
                raise ArchiveError(f"{path} cannot be kept: another file of that name lies in {folder}")
            return target.name if is_same else None
        if keep:
            with whole_path(target) as part:
                copyfile(path, part)
    except OSError as problem:
        raise ArchiveError(f"{path} cannot be kept: {problem.strerror or problem}") from problem
    return target.name if keep else None
