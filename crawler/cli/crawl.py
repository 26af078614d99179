"""`redtop crawl`: fetch what is new at the outlets and keep it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from crawler.cli import options


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[SITE...]")
@options.database
@options.archive
@click.option("--limit", type=click.IntRange(min=1), help="Article pages to ask for at each outlet.")
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
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read pages  [default: one a core]")
@options.site_files
@options.fetching
@options.verbosity
def command(
    names: tuple[str, ...],
    db: Path,
    archive_folder: Path | None,
    limit: int | None,
    max_time: float | None,
    only_due: bool,
    dry_run: bool,
    summary_file: Path | None,
    fail_on_alarm: bool,
    webhook: str | None,
    workers: int | None,
    sites_folder: Path | None,
    contact: str | None,
    allow_private: bool,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Fetch what is new at the outlets, or at the named ones, and keep it in the database.

    Every response is archived before it is understood; what was stored survives any kill, and the next run goes on
    where this one ended. Ctrl-C ends a run in order.

    Exit status 0 when every outlet was served, though single pages failed; 1 when an outlet gave nothing or the
    run broke off; 3 with --fail-on-alarm where an outlet did much worse than in the weeks before.

    \b
    redtop crawl --contact you@example.org                 every outlet
    redtop crawl her.ie tmz.com --limit 20                 two of them, a few pages each
    redtop crawl --due --max-time 10                       those whose time has come, ten minutes at most
    */15 * * * *  redtop crawl --due -q --db /var/lib/redtop.db  from cron, with REDTOP_CONTACT set
    """
    import time

    from crawler.cli.console import fail, note, stderr_console
    from crawler.cli.outlets import chosen_sites
    from crawler.cli.planning import due_and_waiting, nothing_due, print_plans
    from crawler.cli.progress import CrawlProgress, complaints, outlet_table
    from crawler.cli.whole_file import WholeFile
    from crawler.frontier.schema import frontier
    from crawler.logs import set_up_logging
    from crawler.plan import plans
    from crawler.run import crawl
    from crawler.webhook import post_alarms
    from pipelines.database import DatabaseError, close_writer, open_writer

    sites = chosen_sites(names, sites_folder)
    try:
        if only_due or dry_run:
            if not dry_run and db.exists():
                close_writer(open_writer(db, frontier))  # bring an older file up to date
            planned = plans(sites, db, time.time())
            if only_due:
                planned, waiting = due_and_waiting(planned, time.time())
                if not planned and not quiet:
                    note(nothing_due(waiting, time.time()))
            if dry_run:
                print_plans(planned, limit)
            if dry_run or not planned:
                return
            sites = [plan.site for plan in planned]
        contact = options.needed_contact(contact, [host for site in sites for host in site.hosts])
        set_up_logging(options.log_level(quiet, verbose), log_file)
        console = stderr_console()
        with CrawlProgress(console, quiet=quiet) as progress:
            report = crawl(
                sites, db, contact=contact, allow_private=allow_private, limit=limit, workers=workers,
                max_time=None if max_time is None else 60 * max_time, archive_folder=archive_folder,
                on_progress=progress,
            )  # fmt: skip
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    if summary_file is not None:
        with WholeFile(summary_file) as file:
            file.write(json.dumps(report.summary(), ensure_ascii=False, indent=2) + "\n")
    for line in complaints(report):
        fail(line)
    for site, alarm in report.alarms.items():
        fail(f"alarm: {site}: {alarm}")
    refused = post_alarms(webhook, report) if webhook and report.alarms else None
    if refused:
        fail(refused)
    if not quiet:
        for outlet in report.outlets.values():
            if outlet.is_busy:
                note(f"{outlet.site}: {outlet.note}")
        console.print(outlet_table(list(report.outlets.values())))
        if report.is_out_of_time:
            note("the time was over; the next run goes on where this one ended")
        counts = f"{report.total('new')} new and {report.total('changed')} changed articles"
        note(f"{counts} in {report.seconds:.1f} s, in {db}")
    if not report.is_served:
        sys.exit(1)
    if fail_on_alarm and report.alarms:
        sys.exit(3)
