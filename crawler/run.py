"""One run over some outlets, from the first robots.txt to the summary."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from scrapy.crawler import Crawler
from sqlite_utils import Database

from crawler.archive import Archive, Form, archive_beside
from crawler.archive_files import recover
from crawler.clerk import Clerk, Desk
from crawler.dispatch import Dispatcher
from crawler.frontier.clock import put_right
from crawler.frontier.pace import Pace
from crawler.frontier.remaining import Remaining
from crawler.frontier.runs import begin_run, end_run
from crawler.frontier.schema import frontier
from crawler.loop import event_loop, install_resolver
from crawler.one_line import one_line
from crawler.owner import this_process
from crawler.proxy import Proxies
from crawler.quota import Bounds
from crawler.rendering import Browser, why_none
from crawler.report import CrawlReport, OutletReport
from crawler.settings import scrapy_settings
from crawler.site import Site
from crawler.spiders.outlet import OutletSpider
from crawler.workers import Workers
from pipelines.alarm_news import alarm_news
from pipelines.database import DatabaseError, open_reader
from pipelines.outage import outage, unanswered
from pipelines.writer import Writer

log = logging.getLogger(__name__)
LINGER = 0.01
"""Seconds that a commit waits for more pages; while one is written the next ones gather anyway."""


def crawl(
    sites: Iterable[Site],
    db_path: Path,
    *,
    contact: str | None = None,
    allow_private: bool = False,
    bounds: Bounds | None = None,
    max_time: float | None = None,
    workers: int | None = None,
    archive_folder: Path | None = None,
    archive_format: Form = "gzip",
    on_progress: Callable[[CrawlReport], None] = lambda report: None,
    pace: Pace | None = None,
    clock: Callable[[], float] = time.time,
) -> CrawlReport:
    """Crawl outlets once: ask for what is due, store it, and say what was done.

    SIGINT and SIGTERM let it finish what is under way; a second one ends the process at once, which loses nothing
    that was stored.

    Args:
        sites: the outlets.
        db_path: of the database, made where there is none.
        contact: where the operator is reached; part of the User-Agent.
        allow_private: whether loopback, private and link-local addresses may be asked.
        bounds: how much it asks for; None: all that is due.
        max_time: seconds after which the run asks for nothing more and ends in order; None: when all is done.
        workers: processes that read pages; None: one more than cores.
        archive_folder: of the raw pages; None: the one beside the database (`archive_beside`).
        archive_format: how they are packed.
        on_progress: called with the growing report after every answer.
        pace: the frontier's intervals.
        clock: gives the time in seconds since 1970.

    Raises:
        DatabaseError: the database cannot be used. What goes wrong later is told in the report.
    """
    folder = archive_folder or archive_beside(db_path)
    chosen = {site.domain: site for site in sites}
    with ExitStack() as stack:
        if folder.is_dir():
            recover(folder)
        archive = stack.enter_context(Archive(folder, form=archive_format))
        writer = stack.enter_context(Writer(db_path, frontier, before_commit=archive.sync, linger=LINGER))
        reader = open_reader(db_path, frontier)
        stack.callback(reader.close)
        started = clock()
        if last := writer.submit(lambda db: put_right(db, started)).result():
            log.warning(
                "the clock was set back: it says %s, and the last run went on until %s; what waited waits as long",
                *(f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in (_moment(started), last)),
            )
        crawl_id = writer.submit(lambda db: begin_run(db, this_process(), _moment(started))).result()
        outlets = {domain: OutletReport(site=domain, name=site.name) for domain, site in chosen.items()}
        missing = why_none() if any(site.browser for site in chosen.values()) else None
        if missing:
            for domain in [domain for domain, site in chosen.items() if site.browser]:
                outlets[domain].note = missing
                del chosen[domain]
        report = CrawlReport(crawl_id=crawl_id, outlets=outlets)
        desk = Desk(
            sites=chosen,
            writer=writer,
            reader=reader,
            archive=archive,
            archive_folder=folder,
            workers=stack.enter_context(Workers(workers)),
            browser=Browser(contact=contact, allow_private=allow_private),
            report=report,
            pace=pace or Pace(),
            clock=clock,
            on_progress=on_progress,
            since=bounds.since if bounds else None,
        )
        event_loop().run_until_complete(_run(desk, contact, allow_private, bounds or Bounds(), max_time))
        report.seconds = clock() - started
        with _told(report):
            _take_stock(report, writer, reader, _moment(clock()))
    return report


async def _run(desk: Desk, contact: str | None, allow_private: bool, bounds: Bounds, max_time: float | None) -> None:
    """Let Scrapy run until the frontier has nothing more for now; the report says how it ended."""
    dispatcher = Dispatcher(
        sites=list(desk.sites.values()),
        writer=desk.writer,
        reader=desk.reader,
        report=desk.report,
        pace=desk.pace,
        bounds=bounds,
        is_full=lambda: desk.workers.is_full,
        clock=desk.clock,
    )
    desk.workers.on_free = dispatcher.look_again
    desk.report.remaining = dispatcher.remaining
    resolver = install_resolver(allow_private=allow_private, trusted=Proxies().hosts)
    crawler = Crawler(OutletSpider, scrapy_settings(contact))
    with _stopped_by_signals(crawler) as stopped, _stopped_by_time(crawler, max_time, desk.report):
        try:
            await crawler.crawl_async(dispatcher=dispatcher, clerk=Clerk(desk, dispatcher), refused=resolver.refused)
        finally:
            desk.report.remaining = Remaining
            await desk.browser.close()
    spider = crawler.spider
    broken = spider.broken if isinstance(spider, OutletSpider) else None
    if broken is not None:
        desk.report.status, desk.report.error = "failed", _line(broken)
    else:
        desk.report.status = "interrupted" if stopped.is_set() else "finished"
    with _told(desk.report):
        await dispatcher.close()


def _take_stock(report: CrawlReport, writer: Writer, reader: Database, at: datetime) -> None:
    """Close the run in the database, and say which outlets fell out of their past."""
    visited = [outlet for outlet in report.outlets.values() if not outlet.is_busy]
    unasked = [outlet.site for outlet in visited if outlet.note or outlet.disallowed]
    sites = [outlet.site for outlet in visited]
    end = partial(end_run, crawl_id=report.crawl_id, at=at, status=report.status, sites=sites, unasked=unasked)
    report.alarms = writer.submit(end).result()
    report.news = alarm_news(reader, report.crawl_id)
    report.outage = outage(reader, report.crawl_id)
    for site in unanswered(reader, report.crawl_id):
        report.outlets[site].is_unanswered = True


async def _stop(crawler: Crawler) -> None:
    """Stop a crawl in order; Scrapy takes no notice of one that is stopped while its engine only starts."""
    while crawler.crawling and not (crawler._engine and crawler._engine.running):
        await asyncio.sleep(0.01)
    await crawler.stop_async()


@contextmanager
def _stopped_by_signals(crawler: Crawler) -> Iterator[threading.Event]:
    """Stop the run in order on the first SIGINT or SIGTERM, at once on the second."""
    stopped = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    loop = asyncio.get_running_loop()
    tasks = set()

    def stop(number: int) -> None:
        if stopped.is_set():
            os._exit(128 + number)
        stopped.set()
        tasks.add(asyncio.ensure_future(_stop(crawler)))

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    try:
        yield stopped
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


@contextmanager
def _stopped_by_time(crawler: Crawler, seconds: float | None, report: CrawlReport) -> Iterator[None]:
    """Stop the run in order when its time is over."""

    async def stop(after: float) -> None:
        await asyncio.sleep(after)
        report.is_out_of_time = True
        await _stop(crawler)

    task = asyncio.ensure_future(stop(seconds)) if seconds is not None else None
    try:
        yield
    finally:
        if task is not None and not report.is_out_of_time:
            task.cancel()


@contextmanager
def _told(report: CrawlReport) -> Iterator[None]:
    """Tell in the report what goes wrong at the end of a run."""
    try:
        yield
    except (DatabaseError, OSError) as problem:
        report.status, report.error = "failed", report.error or _line(problem)


def _line(problem: BaseException) -> str:
    if isinstance(problem, OSError):  # of the archive; what the database raises has a type of its own
        return f"{problem.filename or 'the archive'}: {problem.strerror or problem}"
    return one_line(problem)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
