"""`redtop reextract`: today's extractors over the archive."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli import clustering, options

if TYPE_CHECKING:
    from crawler.rereading import Difference, RereadReport
    from crawler.site import Site


@click.command("reextract")
@options.database
@options.archive
@click.option("--site", "names", multiple=True, metavar="SITE", help="Only this outlet; may be repeated.")
@click.option("--since", metavar="DATE", help="Only articles published in or after this year, month, day or moment.")
@click.option(
    "--again", is_flag=True, help="Also what this redtop read itself, as after a change of an outlet's rules."
)
@click.option(
    "--changed-only", is_flag=True,
    help="Write only records that differ; the others keep what they have, the version that read them too.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Change nothing; tell what would change.")
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read pages  [default: one more than cores]")
@clustering.cluster
@options.site_files
@options.verbosity
def command(
    db: Path,
    archive_folder: Path | None,
    names: tuple[str, ...],
    since: str | None,
    again: bool,
    changed_only: bool,
    dry_run: bool,
    form: str,
    workers: int | None,
    where: str | None,
    shards: str | None,
    sites_folder: Path | None,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Read the archived pages again that an earlier redtop read, and say field by field what changed.

    Nothing is asked of any outlet. A new extraction is no revision: each state of an article keeps its number and its
    times. Stopped or killed, the same command goes on where it ended. With `--format json` each record that changed is
    a line.

    With --cluster pages are read by hundreds into shards (docs/scale.md), which the same command takes up again;
    --workers counts for nothing. Exit status 1 also where some of them were set aside after three failures.

    What this redtop has read is not read again, nor is anything written of it. With `--changed-only` nothing is written
    either of a record that today's extractors read as it stands, but for where in the page they found it. It keeps
    the version of the redtop that read it, so the next `reextract` reads it once more.

    \b
    redtop reextract --dry-run
    redtop reextract --site her.ie --again       after a change of its rules
    redtop reextract --cluster tcp://10.0.0.1:8786
    """
    from crawler.archive import archive_beside
    from crawler.cli.console import emit, fail, note
    from crawler.cli.outlets import domain_of, known_sites
    from crawler.logs import set_up_logging
    from crawler.rereading import reread_archive
    from pipelines.database import DatabaseError
    from pipelines.research.filters import QueryError, first_moment

    def tell(found: Difference) -> None:
        if form == "json":
            told = {"article": found.article_id, "revision": found.number, "url": found.url, "fields": found.fields}
            emit(json.dumps(told, ensure_ascii=False))

    clustering.without_cluster(shards, where)
    sites = known_sites(sites_folder)
    only = set(map(domain_of, names))
    set_up_logging(options.log_level(quiet, verbose), log_file)
    started = time.monotonic()
    if not db.exists():
        raise click.ClickException(f"{db}: no such database")
    folder = archive_folder or archive_beside(db)
    how: dict[str, Any] = {
        "only": only,
        "again": again,
        "changed_only": changed_only,
        "is_dry": dry_run,
        "on_difference": tell,
    }
    is_whole = True
    try:
        if where:
            report, is_whole = _on_cluster(db, folder, sites, where, shards, quiet, since=first_moment(since), **how)
        else:
            report = reread_archive(db, folder, sites, since=first_moment(since), workers=workers, **how)
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    for reason, count in report.failed.most_common():
        fail(f"{reason}" + (f" ({count} pages)" if count > 1 else "") + ": what was read before stays")
    if report.missing:
        fail(f"{report.missing} states of articles have no page in the archive: what was read before stays")
    if report.status == "interrupted":
        fail("stopped; the same command goes on where it ended")
    if form == "table":
        _print(report)
    if not quiet:
        would = "would differ" if dry_run else "differ"
        note(f"{report.read} pages of {report.articles} articles read again in {time.monotonic() - started:.1f} s; "
             f"{report.changed} records {would}, {report.new} new articles")  # fmt: skip
    if report.failed or report.missing or report.status != "finished" or not is_whole:
        sys.exit(1)


def _on_cluster(
    db: Path, folder: Path, sites: dict[str, Site], where: str, shards: str | None, quiet: bool, **how: Any
) -> tuple[RereadReport, bool]:
    """Read with the workers of a cluster; give what was done, and whether every unit was."""
    with clustering.spoken():
        from crawler.cluster.rereading import reread_on_cluster

        line = clustering.Line(quiet)
        try:
            run, report = reread_on_cluster(
                db, folder, sites, where=where, folder=clustering.shards_beside(shards, db), on_progress=line, **how
            )
        finally:
            line.clear()
    clustering.tell_run(run, None, quiet=quiet)
    return report, run.is_whole


def _print(report: RereadReport) -> None:
    from rich.table import Table

    from crawler.cli.console import stdout_console

    if report.fields:
        table = Table("field", box=None, pad_edge=False, header_style="bold")
        table.add_column("records that differ", justify="right")
        for name, count in report.fields.most_common():
            table.add_row(name, str(count))
        stdout_console().print(table)
