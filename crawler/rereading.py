"""Today's extractors over the archive: the database as if it had been read by them from the start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from sqlite_utils import Database

from crawler.archive_files import ArchiveError, read_page
from crawler.frontier.schema import frontier
from crawler.in_order import AHEAD, STORED, InOrder
from crawler.site import Outlets, Site
from crawler.stopping import stopped_by_signals
from crawler.worker import ReadPage, Unread
from crawler.workers import Workers
from extractors import SiteRules
from extractors.address import url_key
from pipelines.database import open_reader
from pipelines.joining import joined_then, reread_joined
from pipelines.outcome import Outcome
from pipelines.page import ArchivePlace, Page
from pipelines.pages import ArticlePage, further_pages, is_paged, replace_page
from pipelines.reread import RefusedPage, differing, places_of, refused_pages, states
from pipelines.revisions import Reading, page_digest, revisions_between, settled
from pipelines.version import program_version
from pipelines.writer import Writer


@dataclass(slots=True, kw_only=True)
class RereadReport:
    """What reading the past again did; it grows meanwhile."""

    articles: int = 0
    """To be read."""
    read: int = 0
    """States of articles that were read again."""
    changed: int = 0
    """Of which the record differs."""
    fields: Counter[str] = field(default_factory=Counter)
    """How many of those differ in each field."""
    new: int = 0
    """Articles in pages that gave no record before."""
    missing: int = 0
    """States whose page the archive does not have."""
    failed: Counter[str] = field(default_factory=Counter)
    """States that give no record any more, by reason; they keep what they had."""
    status: str = "running"
    """`running`, `finished`, `interrupted`."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A state whose record differs."""

    article_id: int
    number: int
    url: str
    fields: tuple[str, ...]


class Readers(Protocol):
    """Who reads pages: processes of this machine (`Workers`), or a cluster before them."""

    @property
    def count(self) -> int:
        """Pages that are read at a time."""

    def submit(self, page: Page, rules: SiteRules | None = None) -> Future[ReadPage | Unread]:
        """Have a page read."""


@dataclass(frozen=True, slots=True)
class Sought:
    """A page of the archive that is to be read again."""

    places: tuple[ArchivePlace, ...]
    """Where its bytes may lie."""
    digest: bytes | None
    """Of its bytes; None: whatever lies there."""

    def page(self, folder: Path) -> Page | None:
        """Give it, with the place where it was found first; None where the archive does not have it."""
        for place in self.places:
            with suppress(ArchiveError):
                page = read_page(folder, place)
                if self.digest is None or page_digest(page.body) == self.digest:
                    return page
        return None


@dataclass(frozen=True, slots=True)
class _Task:
    article_id: int
    number: int
    url: str
    """Of the article."""
    page_url: str


class _Rereading:
    """Pages out of the archive to the workers, their records to the writer; a few are under way at a time."""

    def __init__(
        self,
        writer: Writer | None,
        reader: Database,
        workers: Readers,
        folder: Path,
        outlets: Outlets,
        report: RereadReport,
        on_difference: Callable[[Difference], None],
        *,
        changed_only: bool,
    ) -> None:
        """Prepare; without a writer nothing is changed."""
        self._changed_only = changed_only
        self._writer, self._reader, self._workers, self._folder = writer, reader, workers, folder
        self._outlets, self._report, self._on_difference = outlets, report, on_difference
        ahead = AHEAD * workers.count
        self._reading = InOrder(self._store, ahead)
        self._storing = InOrder(self._tell, STORED * ahead)
        self._refused = InOrder(self._admit, ahead)
        self._further = InOrder(self._replace, ahead)

    def take(self, article_id: int, url: str) -> None:
        """Have every state of an article read again that the archive has the page of."""
        for state in states(self._reader, article_id):
            page = self._bytes(state.places, state.digest)
            if page is None:
                self._report.missing += 1
            else:
                self._reading.put(_Task(article_id, state.number, url, page.url), self._read(page))

    def take_further_pages(self, version: str | None, only: Collection[str]) -> None:
        """Have the further pages of articles read again, before the articles that they are joined to."""
        for site, _, further in further_pages(self._reader, version):
            if not only or site in only:
                page = self._bytes(places_of(self._reader, further.url), further.page_digest)
                if page is None:
                    self._report.missing += 1
                else:
                    self._further.put(further, self._read(page))
        self._further.finish()

    def take_refused(self, refused: RefusedPage) -> None:
        """Have a page read again that gave no record before."""
        with suppress(ArchiveError):
            page = read_page(self._folder, refused.place)
            self._refused.put((page, refused), self._read(page))

    def finish(self) -> None:
        """Wait until all that was taken is stored."""
        for under_way in (self._reading, self._storing, self._refused):
            under_way.finish()

    def _read(self, page: Page) -> Future[ReadPage | Unread]:
        return self._workers.submit(page, self._outlets.rules(page.url))

    def _store(self, task: _Task, found: ReadPage | Unread) -> None:
        self._report.read += 1
        if isinstance(found, Unread):
            self._report.failed[found.reason] += 1
        elif self._writer is None:
            self._tell(task, self._different(task, found))
        elif not (self._changed_only and self._is_as_it_was(task, found)):
            work = partial(
                reread_joined, article_id=task.article_id, number=task.number, article=found.article,
                paging=found.paging, url=task.page_url, version=program_version(), features=found.features,
            )  # fmt: skip
            self._storing.put(task, self._writer.submit(work))

    def _different(self, task: _Task, found: ReadPage) -> tuple[str, ...]:
        old = revisions_between(self._reader, task.article_id, task.number, task.number)[task.number]
        joined = joined_then(self._reader, task.article_id, task.number, found.article, task.page_url)
        return differing(old.article, settled(old.article, joined))

    def _is_as_it_was(self, task: _Task, found: ReadPage) -> bool:
        """Whether a reading says what is stored; of an article on several pages that is not asked."""
        if found.paging is not None:
            return False
        (site,) = self._reader.conn.execute("SELECT site FROM article WHERE id = ?", [task.article_id]).fetchone()
        return not is_paged(self._reader, site, url_key(task.page_url)) and not self._different(task, found)

    def _replace(self, further: ArticlePage, found: ReadPage | Unread) -> None:
        """Put today's reading of a further page in place of an earlier one; its article follows."""
        if isinstance(found, Unread):
            self._report.failed[found.reason] += 1
        elif self._writer is not None:
            reading = Reading(found.article, further.fetched_at, further.page_digest, program_version())
            work = partial(replace_page, old=further, paging=found.paging, reading=reading)
            self._writer.submit(work).result()

    def _admit(self, what: tuple[Page, RefusedPage], found: ReadPage | Unread) -> None:
        """Store the article that a page holds which gave no record before."""
        if isinstance(found, Unread) or found.refused:
            return
        self._report.new += 1
        if self._writer is not None:
            page, refused = what
            outcome = Outcome(
                page=page, site=refused.site, crawl_id=refused.crawl_id, article=found.article, paging=found.paging,
                features=found.features, archive=refused.place,
            )  # fmt: skip
            self._writer.submit(outcome).result()

    def _bytes(self, places: Iterable[ArchivePlace], digest: bytes) -> Page | None:
        """Give the page with these bytes from one of several places."""
        return Sought(tuple(places), digest).page(self._folder)

    def _tell(self, task: _Task, different: tuple[str, ...]) -> None:
        if different:
            self._report.changed += 1
            self._report.fields.update(different)
            self._on_difference(Difference(task.article_id, task.number, task.url, different))


def reread_archive(
    db_path: Path,
    folder: Path,
    sites: Mapping[str, Site],
    *,
    only: Collection[str] = (),
    since: str | None = None,
    again: bool = False,
    changed_only: bool = False,
    is_dry: bool = False,
    workers: int | None = None,
    readers: Readers | None = None,
    on_progress: Callable[[RereadReport], None] = lambda report: None,
    on_difference: Callable[[Difference], None] = lambda difference: None,
) -> RereadReport:
    """Read every archived page again that an earlier redtop read, and put today's records in place of its own.

    Pages that gave no record before are read again too; what is an article by now becomes one.

    Killed, it goes on where it ended: what this redtop has read is not read again. SIGINT and SIGTERM let it store what
    is under way.

    Args:
        db_path: of the database.
        folder: of the archive.
        sites: known outlets by registrable domain, for their rules.
        only: registrable domains; empty: every outlet.
        since: only articles published, or first seen where no date is known, in or after this moment.
        again: also what this redtop read itself, as after a change of the rules in a site file.
        changed_only: leave a record as it stands, with the version of who read it, where today's says the same; the
            next time it is read once more.
        is_dry: change nothing, only tell what would change.
        workers: processes that read pages; None: one more than cores.
        readers: who reads pages instead of such processes.
        on_progress: called with the growing report after every article.
        on_difference: called for every state whose record differs.

    Raises:
        DatabaseError: the database cannot be used.
    """
    with ExitStack() as stack:
        writer = None if is_dry else stack.enter_context(Writer(db_path, frontier))
        reader = open_reader(db_path, frontier)
        stack.callback(reader.close)
        crew = readers or stack.enter_context(Workers(workers))
        stopped = stack.enter_context(stopped_by_signals())
        report = RereadReport()
        work = _Rereading(
            writer, reader, crew, folder, Outlets(sites), report, on_difference, changed_only=changed_only
        )
        wanted = list(_wanted(reader, only, since, None if again else program_version()))
        report.articles = len(wanted)
        work.take_further_pages(None if again else program_version(), only)
        for article_id, url in wanted:
            if stopped.is_set():
                break
            work.take(article_id, url)
            on_progress(report)
        for refused in refused_pages(reader, only):
            if stopped.is_set():
                break
            work.take_refused(refused)
            on_progress(report)
        work.finish()
        report.status = "interrupted" if stopped.is_set() else "finished"
    return report


def sought(
    reader: Database, *, only: Collection[str] = (), since: str | None = None, again: bool = False
) -> list[Sought]:
    """Give every page that `reread_archive` reads with these bounds, in its order."""
    version = None if again else program_version()
    found = [
        Sought(tuple(places_of(reader, page.url)), page.page_digest)
        for site, _, page in further_pages(reader, version)
        if not only or site in only
    ]
    for article_id, _ in _wanted(reader, only, since, version):
        found += [Sought(state.places, state.digest) for state in states(reader, article_id)]
    found += [Sought((refused.place,), None) for refused in refused_pages(reader, only)]
    return [page for page in found if page.places]


def _wanted(
    reader: Database, only: Collection[str], since: str | None, version: str | None
) -> Iterator[tuple[int, str]]:
    rows = reader.conn.execute(
        "SELECT id, url, site FROM article WHERE (?1 IS NULL OR extractor_version <> ?1 OR EXISTS ("
        "SELECT 1 FROM revision WHERE article_id = article.id AND extractor_version <> ?1)) "
        "AND (?2 IS NULL OR ifnull(published, first_seen) >= ?2) ORDER BY id",
        [version, since],
    )
    return ((article_id, url) for article_id, url, site in rows.fetchall() if not only or site in only)
