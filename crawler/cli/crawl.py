"""`redtop crawl`: fetch what is new at the outlets and keep it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import click

from crawler.cli import clustering, options
from crawler.cli.console import fail, stderr_console

if TYPE_CHECKING:
    from crawler.archive import Form
    from crawler.quota import Bounds
    from crawler.report import CrawlReport
    from crawler.site import Site


class CrawlOptions(TypedDict):
    """What a crawl is told, by one process or on a cluster."""

    contact: str | None
    allow_private: bool
    bounds: Bounds
    max_time: float | None
    archive_format: Form


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[SITE...]")
@options.database
@options.archive
@options.archive_upkeep
@click.option("--limit", type=click.IntRange(min=1), help="Article pages to ask for at each outlet.")
@click.option("--max-pages", type=click.IntRange(min=1), help="Article pages to ask for in the whole run.")
@click.option(
    "--since", "since_text", metavar="DATE|AGE",
    help="Leave new articles alone that are dated before: 2026-11-20, 2026-11, or an age such as 36h, 7d, 2w, 1y. "
    "What nobody dates is asked for.",
)  # fmt: skip
@click.option(
    "--max-time", type=click.FloatRange(min=0, min_open=True), metavar="MINUTES",
    help="End in order after this long; the next run goes on.",
)  # fmt: skip
@click.option("--due", "only_due", is_flag=True, help="Only outlets whose own interval is over.")
@click.option("--dry-run", is_flag=True, help="Ask nothing; print what would be asked.")
@click.option(
    "--summary", "summary_file", type=click.Path(path_type=Path, dir_okay=False), help="Write what was done as JSON."
)
@click.option("--fail-on-alarm", is_flag=True, help="Exit status 3 where an outlet fell out of its own past.")
@click.option("--webhook", envvar="REDTOP_WEBHOOK", show_envvar=True, metavar="URL", help="POST alarms there, as JSON.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read pages  [default: one more than cores]")
@clustering.cluster
@options.site_files
@options.fetching
@options.verbosity
def command(
    names: tuple[str, ...],
    db: Path,
    archive_folder: Path | None,
    archive_most: int | None,
    archive_format: Form,
    limit: int | None,
    max_pages: int | None,
    since_text: str | None,
    max_time: float | None,
    only_due: bool,
    dry_run: bool,
    summary_file: Path | None,
    fail_on_alarm: bool,
    webhook: str | None,
    workers: int | None,
    where: str | None,
    shards: str | None,
    sites_folder: Path | None,
    contact: str | None,
    allow_private: bool,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Fetch what is new at the outlets, or at the named ones, and keep it in the database.

    Every response is archived before it is understood, redirects, errors and robots.txt too; what was stored survives
    any kill, and the next run goes on where this one ended. Ctrl-C ends a run in order. A host that goes on failing or
    refusing is left alone for the rest of the run and named.

    Exit status 0 when every outlet was served, though single pages failed, or rests because it asked for that; 1
    when an outlet that could be asked gave nothing, or the run broke off; 3 with --fail-on-alarm, whatever else
    happened, where an outlet did much worse than in the weeks before or none answered. With -q it says nothing but why
    the status is not 0, and alarms that are news.

    With --cluster each outlet has a shard, which stays and which the next run goes on with (docs/scale.md); --workers
    counts for nothing.

    \b
    redtop crawl --contact you@example.org                 every outlet
    redtop crawl her.ie tmz.com --limit 20                 two of them, a few pages each
    redtop crawl people.com --since 2w                     what it published in the last two weeks
    redtop crawl --due --max-time 10                       those whose time has come, ten minutes at most
    redtop crawl --cluster tcp://10.0.0.1:8786             each outlet by one worker of a cluster
    */15 * * * *  redtop crawl --due -q --db /var/lib/redtop.db  from cron, with REDTOP_CONTACT set
    """
    from crawler.cli.outlets import chosen_sites
    from crawler.cli.planning import choose
    from crawler.cli.progress import CrawlProgress, tell
    from crawler.logs import set_up_logging
    from crawler.quota import Bounds
    from crawler.run import crawl
    from crawler.since import since
    from crawler.webhook import post_alarms
    from crawler.whole_file import check_writable
    from pipelines.database import DatabaseError

    clustering.without_cluster(shards, where)
    if where and max_pages:
        raise click.UsageError("--max-pages goes with one process, not with --cluster; --limit bounds each outlet")
    if where and archive_most is not None:
        raise click.UsageError(
            "--archive-max goes with one process, not with --cluster: the shards would go on naming what was deleted"
        )
    sites = chosen_sites(names, sites_folder)
    try:
        oldest = since(since_text, time.time()) if since_text else None
        bounds = Bounds(limit=limit, max_pages=max_pages, since=oldest)
    except ValueError as problem:
        raise click.UsageError(str(problem)) from None
    try:
        if only_due or dry_run:
            sites = choose(sites, db, only_due=only_due, dry_run=dry_run, bounds=bounds, quiet=quiet)
            if not sites:
                return
        contact = options.needed_contact(contact, [host for site in sites for host in site.hosts])
        set_up_logging(options.log_level(quiet, verbose), log_file)
        if summary_file is not None:
            check_writable(summary_file)
        how = CrawlOptions(
            contact=contact, allow_private=allow_private, bounds=bounds,
            max_time=None if max_time is None else 60 * max_time, archive_format=archive_format,
        )  # fmt: skip
        if where:
            report = _crawl_on_cluster(sites, db, archive_folder, how, where=where, shards=shards, quiet=quiet)
        else:
            with CrawlProgress(stderr_console(), quiet=quiet) as progress:
                report = crawl(sites, db, workers=workers, archive_folder=archive_folder, on_progress=progress, **how)
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    tell(report, db, quiet=quiet, every_alarm=fail_on_alarm or not quiet)
    status = _status(report, fail_on_alarm)
    if archive_most is not None and not _keep_archive(db, archive_folder, archive_most, quiet=quiet):
        status = status or 1
    if webhook and report.news and (refused := post_alarms(webhook, report)):
        fail(refused)
    if summary_file is not None and (refused := _written(summary_file, report)):
        fail(refused)
        status = status or 1
    if status:
        sys.exit(status)


def _status(report: CrawlReport, fail_on_alarm: bool) -> int:
    """Give the exit status; an alarm that was asked for is never hidden by what else went wrong."""
    if fail_on_alarm and (report.alarms or report.outage):
        return 3
    return 0 if report.is_served else 1


def _written(path: Path, report: CrawlReport) -> str | None:
    """Write a run's summary; give what went wrong, in one line."""
    from crawler.whole_file import write_json

    try:
        write_json(path, report.summary())
    except OSError as problem:
        return f"{problem.filename or path}: {problem.strerror or problem}"
    return None


def _keep_archive(db: Path, folder: Path | None, most: int, *, quiet: bool) -> bool:
    """Keep the archive within its bounds; False, and a line on stderr, where that could not be done."""
    from crawler.archive import archive_beside
    from crawler.cli import asking
    from crawler.cli.console import note
    from crawler.frontier.schema import frontier
    from crawler.pruning import keep_within

    try:
        with asking.writing(db, frontier) as database:
            gone = keep_within(database, folder or archive_beside(db), most)
    except click.ClickException as problem:
        fail(problem.message)
        return False
    except OSError as problem:
        fail(f"the archive could not be pruned: {problem.filename}: {problem.strerror or problem}")
        return False
    if gone and not quiet:
        freed = sum(file.bytes for file in gone) / 1e6
        note(f"archive: {len(gone)} files with the oldest raw pages were deleted, {freed:.1f} MB (--archive-max)")
    return True


def _crawl_on_cluster(
    sites: list[Site],
    db: Path,
    archive_folder: Path | None,
    how: CrawlOptions,
    *,
    where: str,
    shards: str | None,
    quiet: bool,
) -> CrawlReport:
    from crawler.archive import archive_beside

    with clustering.spoken():
        from crawler.cluster.crawling import crawl_on_cluster

        line = clustering.Line(quiet)
        try:
            run, report = crawl_on_cluster(
                sites, db, where=where, folder=clustering.shards_beside(shards, db),
                archive=archive_folder or archive_beside(db), on_progress=line, **how,
            )  # fmt: skip
        finally:
            line.clear()
    for reason in run.unmerged.values():
        report.status, report.error = "failed", report.error or reason
    clustering.tell_run(run, clustering.merged_into(run, db), quiet=quiet)
    return report
