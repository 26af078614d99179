"""`redtop import`: pages of WARC files into the database."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import options

if TYPE_CHECKING:
    from crawler.importing import ImportReport

_AFRESH = "\r\x1b[K"
"""To the beginning of the terminal's line, and the rest of it away (ECMA-48, CR and EL)."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE...")
@options.database
@options.archive
@click.option("--site", "names", multiple=True, metavar="SITE", help="Only pages of this outlet; may be repeated.")
@click.option("--known", is_flag=True, help="Only pages of outlets that redtop has a file of.")
@click.option("--since", metavar="DATE", help="Only received in or after this year, month, day or moment.")
@click.option("--until", metavar="DATE", help="Only received before the end of it.")
@click.option("--keep", is_flag=True, help="Copy the files into the archive folder, so that `raw` finds their pages.")
@click.option("--workers", type=click.IntRange(min=1), help="Processes that read pages  [default: one more than cores]")
@click.option(
    "--summary", "summary_file", type=click.Path(path_type=Path, dir_okay=False), help="Write what was done as JSON."
)
@options.site_files
@options.verbosity
def command(
    files: tuple[Path, ...],
    db: Path,
    archive_folder: Path | None,
    names: tuple[str, ...],
    known: bool,
    since: str | None,
    until: str | None,
    keep: bool,
    workers: int | None,
    summary_file: Path | None,
    sites_folder: Path | None,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Read the pages of WARC files (packed or not, - is standard input) as if they had been crawled on their day.

    Anybody's files will do, those of Common Crawl's CC-NEWS as they are. What the database has already is left as it
    is, so the same command goes on where it was stopped. Exit status 1 where a file could not be read to its end.

    \b
    redtop import CC-NEWS-20260901012345-00001.warc.gz --known
    redtop import old/*.warc.gz --site her.ie --since 2025 --keep
    """
    from dataclasses import asdict

    from crawler.archive import archive_beside
    from crawler.cli.console import fail, note
    from crawler.cli.outlets import domain_of, known_sites
    from crawler.importing import Wanted, import_files
    from crawler.logs import set_up_logging
    from crawler.whole_file import write_json
    from pipelines.database import DatabaseError
    from pipelines.research.filters import QueryError, end_of, first_moment

    sites = known_sites(sites_folder)
    domains = set(map(domain_of, names))
    try:
        wanted = Wanted(sites=domains or (set(sites) if known else ()), since=first_moment(since), until=end_of(until))
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    set_up_logging(options.log_level(quiet, verbose), log_file)
    started = time.monotonic()
    line = _Line(quiet)
    try:
        report = import_files(
            files, db, sites, wanted=wanted, workers=workers, folder=archive_folder or archive_beside(db), keep=keep,
            on_progress=line,
        )  # fmt: skip
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    finally:
        line.clear()
    seconds = time.monotonic() - started
    for reason, count in report.failed.most_common():
        fail(f"{reason}" + (f" ({count} pages)" if count > 1 else ""))
    for broken in report.broken:
        fail(broken)
    if report.status == "interrupted":
        fail("the import was interrupted; the same command goes on where it ended")
    if summary_file is not None:
        told = asdict(report) | {"failed": dict(report.failed), "seconds": round(seconds, 3)}
        write_json(summary_file, told)
    if not quiet:
        read = report.pages - report.unwanted - report.known
        note(
            f"{report.pages} pages: {report.new} new and {report.changed} changed articles, {report.unchanged} the "
            f"same, {report.other_pages} no articles, {report.known} known before, {report.unwanted} not wanted; "
            f"{read / max(seconds, 0.001):.0f} pages read a second"
        )
    if report.broken or report.status != "finished":
        sys.exit(1)


class _Line:
    """How far an import is: one line on a terminal that is written over, nothing elsewhere."""

    def __init__(self, quiet: bool) -> None:
        self._is_shown = sys.stderr.isatty() and not quiet
        self._next = 0.0

    def __call__(self, report: ImportReport) -> None:
        """Draw it, a few times a second at most."""
        if not self._is_shown or time.monotonic() < self._next:
            return
        from crawler.cli.console import printable

        self._next = time.monotonic() + 0.25
        try:
            share = f"{report.offset / Path(report.file).stat().st_size:4.0%}"
        except (OSError, ZeroDivisionError):
            share = f"{report.offset / 1e6:.0f} MB"
        line = f"{share} of {Path(report.file).name}: {report.pages} pages, {report.new} new articles"
        click.echo(f"{_AFRESH}{printable(line)[:100]}", err=True, nl=False)

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._is_shown:
            click.echo(_AFRESH, err=True, nl=False)
