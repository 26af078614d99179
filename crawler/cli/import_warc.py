"""`redtop import`: pages of WARC files into the database."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import clustering, options

if TYPE_CHECKING:
    from crawler.importing import ImportReport, Wanted
    from crawler.site import Site
    from crawler.warc_part import Part

_AFRESH = "\r\x1b[K"
"""To the beginning of the terminal's line, and the rest of it away (ECMA-48, CR and EL)."""


@click.command("import")
@click.argument("files", nargs=-1, metavar="FILE...")
@options.list_of("FILEs")
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
@click.option(
    "--cc-news", "base", envvar="REDTOP_CC_NEWS", show_envvar=True, metavar="URL",
    help="Where Common Crawl's files lie, for cc-news:YYYY-MM  [default: https://data.commoncrawl.org/]",
)  # fmt: skip
@click.option("--allow-private", is_flag=True, help="Also read https:// addresses of private networks.")
@clustering.cluster
@click.option("--no-merge", is_flag=True, help="With --cluster: leave the shards as they are, for `redtop merge`.")
@options.site_files
@options.verbosity
def command(
    files: tuple[str, ...],
    input_file: Path | None,
    db: Path,
    archive_folder: Path | None,
    names: tuple[str, ...],
    known: bool,
    since: str | None,
    until: str | None,
    keep: bool,
    workers: int | None,
    summary_file: Path | None,
    base: str | None,
    allow_private: bool,
    where: str | None,
    shards: str | None,
    no_merge: bool,
    sites_folder: Path | None,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Read the pages of WARC files (packed or not, - is standard input) as if they had been crawled on their day.

    Anybody's files will do, those of Common Crawl's CC-NEWS as they are. A FILE is a path, an address (s3://…,
    https://…) or a month of CC-NEWS. What the database has already is left as it is, so the same command goes on where
    it was stopped. Exit status 1 where a file could not be read to its end.

    With --cluster each file, or part of a large one, becomes a shard (docs/scale.md), and --workers counts for nothing.
    A finished shard is never made again. Exit status 1 also where a part was set aside after three failures, or a
    shard could not be merged; the next run tries those again.

    \b
    redtop import CC-NEWS-20260901012345-00001.warc.gz --known
    redtop import old/*.warc.gz --site her.ie --since 2025 --keep
    redtop import cc-news:2026-09 --known --cluster tcp://10.0.0.1:8786 --shards s3://bucket/2026-09
    redtop import old/*.warc.gz --cluster local:8
    redtop import -i list.txt --cluster local:8 --no-merge --shards shards
    """
    from crawler.archive import archive_beside
    from crawler.cli.outlets import domain_of, known_sites
    from crawler.importing import Wanted
    from crawler.logs import set_up_logging
    from pipelines.research.filters import QueryError, end_of, first_moment

    clustering.without_cluster(shards, where)
    if no_merge and not where:
        raise click.UsageError("--no-merge goes with --cluster")
    files = (*files, *options.listed(input_file))
    if not files:
        raise click.UsageError("name at least one FILE, or a list of them with -i")
    sites = known_sites(sites_folder)
    domains = set(map(domain_of, names))
    try:
        wanted = Wanted(sites=domains or (set(sites) if known else ()), since=first_moment(since), until=end_of(until))
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    set_up_logging(options.log_level(quiet, verbose), log_file)
    parts, missing = _parts(files, base, wanted, allow_private=allow_private)
    if keep and (elsewhere := next((part.address for part in parts if part.path is None), None)):
        raise click.UsageError(f"--keep copies files of this machine, which {elsewhere} is not")
    folder = archive_folder or archive_beside(db)
    if where:
        _import_on_cluster(
            parts, missing, db, sites, wanted, folder, where=where, shards=shards, is_merged=not no_merge, keep=keep,
            allow_private=allow_private, summary_file=summary_file, quiet=quiet,
        )  # fmt: skip
    else:
        _import_here(
            parts, missing, db, sites, wanted, folder, workers=workers, keep=keep, summary_file=summary_file,
            quiet=quiet,
        )  # fmt: skip


def _parts(
    files: tuple[str, ...], base: str | None, wanted: Wanted, *, allow_private: bool
) -> tuple[list[Part], list[str]]:
    """Give the files that are meant, and a line for each name that means none."""
    from crawler.cc_news import MONTH, PREFIX, month_files
    from crawler.warc_part import Part, is_remote

    parts, missing = [], []
    for file in files:
        if Path(file).is_dir():
            raise click.UsageError(f"{file} is a folder, not a file")
        if file.startswith(PREFIX) and not MONTH.fullmatch(file):
            raise click.UsageError(f"{file}: a month of CC-NEWS is named {PREFIX}YYYY-MM, as in {PREFIX}2026-09")
        found = [file]
        if (month := MONTH.fullmatch(file)) or is_remote(file):
            from crawler.remote import RemoteError, matching

            try:
                if month:
                    found = month_files(month[1], base, until=wanted.until, allow_private=allow_private)
                else:
                    found = matching(file)
            except RemoteError as problem:
                missing.append(str(problem))
                continue
        parts += [Part(address, allow_private=allow_private) for address in found]
    return parts, missing


def _import_here(
    parts: list[Part],
    missing: list[str],
    db: Path,
    sites: dict[str, Site],
    wanted: Wanted,
    folder: Path,
    *,
    workers: int | None,
    keep: bool,
    summary_file: Path | None,
    quiet: bool,
) -> None:
    from dataclasses import asdict

    from crawler.cli.console import fail, note
    from crawler.importing import import_files
    from crawler.whole_file import write_json
    from pipelines.database import DatabaseError

    started = time.monotonic()
    line = _Line(quiet)
    try:
        report = import_files(
            parts, db, sites, wanted=wanted, workers=workers, folder=folder, keep=keep, on_progress=line
        )
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    finally:
        line.clear()
    report.broken[:0] = missing
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
        if report.bare:
            note(f"{report.bare} pages came as they were before, and the record that has their bytes is not there")
    if report.broken or report.status != "finished":
        sys.exit(1)


def _import_on_cluster(
    parts: list[Part],
    missing: list[str],
    db: Path,
    sites: dict[str, Site],
    wanted: Wanted,
    folder: Path,
    *,
    where: str,
    shards: str | None,
    is_merged: bool,
    keep: bool,
    allow_private: bool,
    summary_file: Path | None,
    quiet: bool,
) -> None:
    from crawler.warc_part import STANDARD_INPUT
    from crawler.whole_file import write_json

    if any(part.address == STANDARD_INPUT for part in parts):
        raise click.UsageError("standard input goes with one process, not with --cluster")
    with clustering.spoken():
        from crawler.cluster.importing import import_on_cluster

        line, kept = clustering.Line(quiet), clustering.shards_beside(shards, db)
        try:
            report = import_on_cluster(
                [part.address for part in parts], db if is_merged else None, sites, where=where, folder=kept,
                archive=folder, wanted=wanted, keep=keep, allow_private=allow_private, on_progress=line,
            )  # fmt: skip
        finally:
            line.clear()
    report.missing = {line: line for line in missing} | report.missing
    if summary_file is not None:
        write_json(summary_file, clustering.summary(report))
    is_there = f"{report.known + report.done} shards in {kept.address}"
    made = clustering.merged_into(report, db) if is_merged else is_there
    clustering.tell_run(report, made, quiet=quiet)
    if not is_merged and not quiet:
        from crawler.cli.console import note

        dataset = "" if kept.path is None else ", or `--parquet FOLDER` instead of a database,"
        note(f"`redtop merge {kept.address} --db FILE`{dataset} goes on from there")
    if not report.is_whole:
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
