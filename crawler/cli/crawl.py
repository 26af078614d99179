"""`redtop crawl`: fetch what is new at the outlets and keep it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler.cli import options


@click.command("crawl")
@click.argument("names", nargs=-1, metavar="[SITE...]")
@options.database
@click.option(
    "--archive", "archive_folder", type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the raw pages (WARC)  [default: archive/ beside the database]",
)  # fmt: skip
@click.option("--limit", type=click.IntRange(min=1), help="Article pages to ask for at each outlet.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read pages  [default: one a core]")
@options.site_files
@options.fetching
@options.verbosity
def command(
    names: tuple[str, ...],
    db: Path,
    archive_folder: Path | None,
    limit: int | None,
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
    run broke off.

    \b
    redtop crawl --contact you@example.org                 every outlet
    redtop crawl her.ie tmz.com --limit 20                 two of them, a few pages each
    */15 * * * *  redtop crawl -q --db /var/lib/redtop.db  from cron, with REDTOP_CONTACT set
    """
    from crawler.cli.console import fail, note, stderr_console
    from crawler.cli.outlets import chosen_sites
    from crawler.cli.progress import CrawlProgress, complaints, outlet_table
    from crawler.logs import set_up_logging
    from crawler.run import crawl
    from pipelines.database import DatabaseError

    sites = chosen_sites(names, sites_folder)
    contact = options.needed_contact(contact, [host for site in sites for host in site.hosts])
    set_up_logging(options.log_level(quiet, verbose), log_file)
    console = stderr_console()
    try:
        with CrawlProgress(console, quiet=quiet) as progress:
            report = crawl(
                sites, db, contact=contact, allow_private=allow_private, limit=limit, workers=workers,
                archive_folder=archive_folder, on_progress=progress,
            )  # fmt: skip
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    for line in complaints(report):
        fail(line)
    if not quiet:
        for outlet in report.outlets.values():
            if outlet.is_busy:
                note(f"{outlet.site}: {outlet.note}")
        console.print(outlet_table(list(report.outlets.values())))
        counts = f"{report.total('new')} new and {report.total('changed')} changed articles"
        note(f"{counts} in {report.seconds:.1f} s, in {db}")
    if not report.is_served:
        sys.exit(1)
