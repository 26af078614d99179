"""`redtop export`: out of the database into files that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from crawler.cli import asking, clustering, options

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipelines.research import Selection

FORMS = ("jsonl", "csv", "parquet", "jsonld", "zyte", "markdown")
_OF_TABLES = ("jsonl", "csv", "parquet")
Item = TypeVar("Item")


@click.command("export")
@asking.narrowing
@options.database
@click.option("-f", "--format", "form", type=click.Choice(FORMS), default="jsonl", show_default=True)
@click.option("--table", metavar="NAME", help="Rows of this table (quote, embed, image, …) instead of whole records.")
@click.option(
    "-o", "--output", metavar="FILE|FOLDER",
    help="Where to; else standard output. It is there when it is whole.",
)  # fmt: skip
@click.option(
    "--cluster", "where", metavar="ADDRESS|local:N",
    help="Have it written in parts, into the folder or s3://… of -o, by the workers of this Dask scheduler, or by N "
    "processes of this machine; needs redtop[cluster].",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def command(
    only: Selection, db: Path, form: str, table: str | None, output: str | None, where: str | None, quiet: bool
) -> None:
    """Write articles, all or those that QUERY and the filters select as in `redtop search`.

    \b
    jsonl      whole records, one a line
    csv        a table, article unless --table says otherwise; safe to open in a spreadsheet
    parquet    whole records with their parts nested, or a table; needs redtop[parquet]
    jsonld     schema.org NewsArticle, one document
    zyte       Article of zyte-common-items, one a line
    markdown   a folder with a file for each article

    \b
    redtop export -o articles.jsonl
    redtop export --since 2026-11 --format parquet --table quote -o quotes.parquet
    redtop export '"stepping away"' --site her.ie --format markdown -o farrow/
    redtop export --format parquet -o all/ --cluster local:8
    """
    if table and form not in _OF_TABLES:
        raise click.UsageError(f"--table goes with {', '.join(_OF_TABLES)}, not with {form}")
    if output is None and form in ("parquet", "markdown"):
        raise click.UsageError(f"{form} needs -o {'FILE' if form == 'parquet' else 'FOLDER'}")
    if form == "parquet":
        _need_pyarrow()
    if where:
        count = _export_on_cluster(only, db, form, table, output, where=where, quiet=quiet)
    else:
        count = _export(only, db, form, table, Path(output) if output else None, quiet=quiet)
    if not quiet:
        from crawler.cli.console import note

        what = f"{count} article{'s' * (count != 1)}" if count else "no article answers to that"
        note(what if output is None or not count else f"{what} in {output}")


def _need_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise click.ClickException("Parquet needs pyarrow: pip install 'redtop[parquet]'") from None


def _export(only: Selection, db: Path, form: str, table: str | None, output: Path | None, *, quiet: bool) -> int:
    """Write the articles; give how many there are."""
    from crawler.exporting import write_file, write_records, write_table
    from pipelines.research.export import chosen, snapshot

    def write(lines: Iterable[str]) -> None:
        if output is None:
            _print(lines)
        else:
            write_file(lines, output)

    with asking.reading(db) as database, snapshot(database):
        ids = chosen(database, only)
        if table or form == "csv":
            write_table(database, ids, form, table or "article", output, write)
        else:
            shown = quiet or output is None
            passing = lambda found: _with_progress(found, len(ids), shown)  # noqa: E731
            write_records(database, ids, form, output, write, passing)
    return len(ids)


def _export_on_cluster(
    only: Selection, db: Path, form: str, table: str | None, output: str | None, *, where: str, quiet: bool
) -> int:
    """Have the articles written in parts; give how many there are."""
    if output is None or form == "markdown":
        raise click.UsageError("--cluster needs -o FOLDER, and a form that can be had in parts, which markdown is not")
    from pipelines.research.export import chosen, snapshot, table_rows

    with asking.reading(db) as database, snapshot(database):
        ids = chosen(database, only)
        if table:
            table_rows(database, table, [])
            if not _is_of_articles(table, database):
                raise click.UsageError(f"the rows of {table} belong to no article: there are no parts of it")
    with clustering.spoken():
        from crawler.cluster.exporting import export_on_cluster

        line = clustering.Line(quiet)
        try:
            report = export_on_cluster(db, ids, output, where=where, form=form, table=table, on_progress=line)
        finally:
            line.clear()
    clustering.tell_run(report, None, quiet=quiet)
    return len(ids)


def _is_of_articles(table: str, database: Database) -> bool:
    columns = {name for (name,) in database.conn.execute("SELECT name FROM pragma_table_info(?)", [table])}
    return table == "article" or bool(columns & {"article_id", "quote_id"})


def _print(lines: Iterable[str]) -> None:
    from crawler.cli.console import printable

    for line in lines:
        sys.stdout.write(printable(line) if sys.stdout.isatty() else line)


def _with_progress(items: Iterable[Item], total: int, quiet: bool) -> Iterator[Item]:
    """Pass items on, with a bar on stderr where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    from crawler.cli.console import stderr_console

    yield from track(items, "exporting", total=total, console=stderr_console(), transient=True)
