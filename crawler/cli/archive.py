"""`redtop archive`: the raw pages on the disk."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from crawler.cli import asking, options


@click.group("archive")
def command() -> None:
    """See how much the raw pages take, and delete the oldest."""


@command.command("list")
@options.database
@options.archive
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_files(db: Path, archive_folder: Path | None, as_json: bool) -> None:
    """List the WARC files with their size, their pages and the days of those."""
    from dataclasses import asdict

    from rich.table import Table

    from crawler.archive import archive_beside
    from crawler.cli.console import emit, note, stdout_console
    from crawler.pruning import archive_files

    folder = archive_folder or archive_beside(db)
    with asking.reading(db) as database:
        files = archive_files(database, folder)
    if as_json:
        for file in files:
            emit(json.dumps(asdict(file)))
        return
    table = Table("file", box=None, pad_edge=False, header_style="bold")
    table.add_column("MB", justify="right")
    table.add_column("pages", justify="right")
    table.add_column("from")
    table.add_column("to")
    for file in files:
        name = file.name + (" (open)" if file.is_open else "" if file.is_known else " (unknown)")
        table.add_row(name, f"{file.bytes / 1e6:.1f}", str(file.pages), file.first or "", file.last or "")
    stdout_console().print(table)
    note(f"{len(files)} files, {sum(file.bytes for file in files) / 1e6:.1f} MB in {folder}")


@command.command("prune")
@options.database
@options.archive
@click.option("--max-size", "most", type=options.Size(), metavar="SIZE", help="What may stay, such as 500M or 20G.")
@click.option("--older-than", "days", type=click.IntRange(min=0), metavar="DAYS", help="Files with no page since.")
@click.option(
    "--unknown", is_flag=True,
    help="Also files of which this database knows nothing, before all others. They may be another database's.",
)  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Delete nothing; name what would go.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def prune_files(
    db: Path, archive_folder: Path | None, most: int | None, days: int | None, unknown: bool, dry_run: bool, quiet: bool
) -> None:
    """Delete the files with the oldest pages. Articles and revisions stay; their raw pages are gone for good.

    Files of which the database knows nothing stay and do not count: another database may have its pages there, or
    somebody may have put them there. How many there are is said.

    \b
    redtop archive prune --max-size 20G
    redtop archive prune --older-than 365 --dry-run
    """
    from crawler.archive import archive_beside
    from crawler.cli.console import note
    from crawler.frontier.schema import frontier
    from crawler.pruning import archive_files, prune, to_prune

    if most is None and days is None:
        raise click.UsageError("say what may stay: --max-size SIZE, --older-than DAYS, or both")
    folder = archive_folder or archive_beside(db)
    before = None if days is None else datetime.now(UTC) - timedelta(days=days)
    with asking.reading(db) if dry_run else asking.writing(db, frontier) as database:
        files = archive_files(database, folder)
        chosen = list(to_prune((file for file in files if unknown or file.is_known), most=most, before=before))
        gone = chosen if dry_run else prune(database, folder, chosen)
    if quiet:
        return
    for file in gone:
        note(f"{file.name}: {file.bytes / 1e6:.1f} MB, {file.pages} pages up to {file.last or 'never'}")
    freed = sum(file.bytes for file in gone)
    note(f"{len(gone)} files, {freed / 1e6:.1f} MB {'would be' if dry_run else 'were'} deleted")
    strange = [] if unknown else [file for file in files if not file.is_known]
    if strange:
        size = sum(file.bytes for file in strange) / 1e6
        note(
            f"{len(strange)} files, {size:.1f} MB stay of which {db} knows nothing: they may be another database's "
            "(--unknown deletes those too)"
        )
