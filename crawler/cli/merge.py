"""`redtop merge`: several databases into one, or into a Parquet dataset."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import options

if TYPE_CHECKING:
    from crawler.shards import Places
    from pipelines.merge import Into, MergeProgress, MergeReport

_AFRESH = "\r\x1b[K"
"""To the beginning of the terminal's line, and the rest of it away (ECMA-48, CR and EL)."""
_EVERY = 0.25
"""Seconds between two lines."""


@click.command("merge")
@click.argument("shards", nargs=-1, required=True, metavar="SHARD...")
@options.database
@options.archive
@click.option(
    "--keep", is_flag=True, help="Put the shards' WARC files into the archive folder, so that `raw` finds them."
)
@click.option(
    "--parquet", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="FOLDER",
    help="Instead of a database write Parquet files, by year, month and outlet.",
)  # fmt: skip
@click.option(
    "--summary", "summary_file", type=click.Path(path_type=Path, dir_okay=False), help="Write what was done as JSON."
)
@options.verbosity
@click.pass_context
def command(
    ctx: click.Context,
    shards: tuple[str, ...],
    db: Path,
    archive_folder: Path | None,
    keep: bool,
    folder: Path | None,
    summary_file: Path | None,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Fold SHARDs, databases of redtop, into one, as if one process had received all their pages.

    A SHARD is a file, a folder of such, or lies at `s3://…` and is brought here for the while (redtop[cluster]). What
    the database has already is left as it is, the order of the shards makes no difference, and a shard goes in whole or
    not at all; so the same command goes on where it was stopped. Shards are only read. Exit status 1 where one could
    not be read to its end.

    \b
    redtop merge shards --db redtop.db
    redtop merge s3://press/shards --db redtop.db
    redtop merge shards --db redtop.db --keep     their raw pages too
    redtop merge shards --parquet dataset         for DuckDB, polars and Dask
    """
    from dataclasses import asdict

    from crawler.cli.console import fail, note
    from crawler.logs import set_up_logging
    from crawler.whole_file import write_json

    if folder is not None and (keep or archive_folder is not None or _is_named(ctx, "db")):
        raise click.UsageError("--parquet writes no database: leave --db, --archive and --keep away")
    set_up_logging(options.log_level(quiet, verbose), log_file)
    started = time.monotonic()
    found = _places(shards)
    if folder and found.elsewhere:
        raise click.ClickException(f"{found.elsewhere[0]}: --parquet reads shards of this machine; copy them here")
    report = _dataset(found.here, folder, quiet) if folder else _database(found, db, archive_folder, keep, quiet)
    seconds = time.monotonic() - started
    for reason in report.failed:
        fail(reason)
    if summary_file is not None:
        write_json(summary_file, asdict(report) | {"seconds": round(seconds, 3)})
    if not quiet:
        note(
            f"{report.shards} shards, {report.pages} pages: {report.new} new articles, {report.joined} joined with "
            f"what was there, {report.known} pages known before; {report.pages / max(seconds, 0.001):.0f} pages a "
            f"second"
        )
    if report.failed:
        sys.exit(1)


def _is_named(ctx: click.Context, option: str) -> bool:
    return ctx.get_parameter_source(option) == click.core.ParameterSource.COMMANDLINE


def _places(shards: Sequence[str]) -> Places:
    from crawler.remote import RemoteError
    from crawler.shards import places
    from pipelines.database_error import DatabaseError

    try:
        return places(shards)
    except (DatabaseError, RemoteError) as problem:
        raise click.ClickException(str(problem)) from None


def _database(shards: Places, db: Path, archive_folder: Path | None, keep: bool, quiet: bool) -> MergeReport:
    from crawler.archive import archive_beside
    from crawler.archive_files import ArchiveError
    from crawler.cli.console import note
    from crawler.frontier.schema import frontier
    from crawler.merging import archive_files_of, keep_files, missing_files
    from pipelines.database import DatabaseError
    from pipelines.merge import Into
    from pipelines.merge.shard import examined

    try:
        found = examined(shards.here, db)
        files, folder = archive_files_of(shard.path for shard in found), archive_folder or archive_beside(db)
        if keep:
            keep_files(files, folder)
        with _line(quiet) as line, Into(db, [frontier]) as into:
            report = into.take(found, line)
            for address in shards.elsewhere:
                report.add(_from_elsewhere(into, address, db, line))
    except (DatabaseError, ArchiveError) as problem:
        raise click.ClickException(str(problem)) from None
    if not quiet and (missing := missing_files(files, folder)):
        note(f"{len(missing)} WARC files of the shards are not in {folder}; --keep puts them there")
    return report


def _from_elsewhere(into: Into, address: str, db: Path, line: Callable[[MergeProgress], None]) -> MergeReport:
    from crawler.remote import RemoteError
    from crawler.shards import brought
    from pipelines.merge import MergeReport
    from pipelines.merge.shard import ShardError, examined

    try:
        with brought(address) as path:
            report = into.take(examined([path], db), line)
            report.failed = [said.replace(str(path), address) for said in report.failed]
            return report
    except RemoteError as problem:
        return MergeReport(failed=[str(problem)])
    except ShardError as problem:
        return MergeReport(failed=[str(problem).replace(str(path), address)])


def _dataset(shards: Sequence[Path], folder: Path, quiet: bool) -> MergeReport:
    from pipelines.database import DatabaseError

    try:
        from pipelines.merge.dataset import write_dataset
    except ImportError:
        raise click.ClickException("--parquet needs pyarrow: pip install 'redtop[parquet]'") from None
    try:
        with _line(quiet) as line:
            return write_dataset(shards, folder, note=line)
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None


@contextmanager
def _line(quiet: bool) -> Iterator[Callable[[MergeProgress], None]]:
    """Give what tells how far a merge is: one line on a terminal that is written over, nothing elsewhere."""
    is_shown, shown = sys.stderr.isatty() and not quiet, 0.0

    def tell(progress: MergeProgress) -> None:
        nonlocal shown
        if not is_shown or time.monotonic() < shown + _EVERY:
            return
        from crawler.cli.console import printable

        shown = time.monotonic()
        share = (progress.done + progress.articles / max(progress.of, 1)) / progress.shards
        line = f"{share:4.0%} of {progress.shards} shards; {progress.shard.name}: {progress.articles} articles"
        click.echo(f"{_AFRESH}{printable(line)[:100]}", err=True, nl=False)

    try:
        yield tell
    finally:
        if is_shown:
            click.echo(_AFRESH, err=True, nl=False)
