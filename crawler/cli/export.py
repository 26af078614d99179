"""`redtop export`: out of the database into files that other programs read."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipelines.research import Selection
    from pipelines.research.export import Exported

FORMS = ("jsonl", "csv", "parquet", "jsonld", "zyte", "markdown")
_OF_TABLES = ("jsonl", "csv", "parquet")
Item = TypeVar("Item")


@click.command("export")
@asking.narrowing
@options.database
@click.option("-f", "--format", "form", type=click.Choice(FORMS), default="jsonl", show_default=True)
@click.option("--table", metavar="NAME", help="Rows of this table (quote, embed, image, …) instead of whole records.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE|FOLDER",
    help="Where to; else standard output. It is there when it is whole.",
)  # fmt: skip
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def command(only: Selection, db: Path, form: str, table: str | None, output: Path | None, quiet: bool) -> None:
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
    """
    if table and form not in _OF_TABLES:
        raise click.UsageError(f"--table goes with {', '.join(_OF_TABLES)}, not with {form}")
    if output is None and form in ("parquet", "markdown"):
        raise click.UsageError(f"{form} needs -o {'FILE' if form == 'parquet' else 'FOLDER'}")
    if form == "parquet":
        _need_pyarrow()
    from pipelines.research.export import chosen, snapshot

    with asking.reading(db) as database, snapshot(database):
        ids = chosen(database, only)
        if table or form == "csv":
            _write_table(database, ids, form, table or "article", output)
        else:
            _write_records(database, ids, form, output, quiet)
    if not quiet:
        from crawler.cli.console import note

        what = f"{len(ids)} article{'s' * (len(ids) != 1)}" if ids else "no article answers to that"
        note(what if output is None or not ids else f"{what} in {output}")


def _need_pyarrow() -> None:
    try:
        import pyarrow  # noqa: F401
    except ImportError:
        raise click.ClickException("Parquet needs pyarrow: pip install 'redtop[parquet]'") from None


def _write_table(db: Database, ids: Sequence[int], form: str, table: str, output: Path | None) -> None:
    from pipelines.research.export import table_rows
    from pipelines.research.export.lines import as_objects, csv_lines, json_lines

    rows = table_rows(db, table, ids)
    if form == "parquet":
        from crawler.whole_file import whole_path
        from pipelines.research.export.parquet import write_rows

        assert output
        with whole_path(output) as path:
            write_rows(path, rows)
    else:
        _write_text(csv_lines(rows) if form == "csv" else json_lines(as_objects(rows)), output)


def _write_records(db: Database, ids: Sequence[int], form: str, output: Path | None, quiet: bool) -> None:
    from pipelines.research.export import Exported, records
    from pipelines.research.export.jsonld import jsonld_lines
    from pipelines.research.export.lines import json_lines
    from pipelines.research.export.zyte import zyte_article

    exported = _with_progress(records(db, ids), len(ids), quiet or output is None)
    if form == "markdown":
        assert output
        _write_folder(exported, output)
    elif form == "parquet":
        from crawler.whole_file import whole_path
        from pipelines.research.export.parquet import write_records

        assert output
        with whole_path(output) as path:
            write_records(path, exported)
    elif form == "jsonld":
        _write_text(jsonld_lines(exported), output)
    else:
        as_dict = zyte_article if form == "zyte" else Exported.to_dict
        _write_text(json_lines(map(as_dict, exported)), output)


def _write_text(lines: Iterable[str], output: Path | None) -> None:
    from crawler.cli.console import printable
    from crawler.whole_file import WholeFile

    if output is None:
        for line in lines:
            sys.stdout.write(printable(line) if sys.stdout.isatty() else line)
        return
    with WholeFile(output) as file:
        for line in lines:
            file.write(line)


def _write_folder(exported: Iterable[Exported], output: Path) -> None:
    from crawler.whole_file import whole_folder
    from pipelines.research.export.markdown import markdown_file, markdown_name

    with whole_folder(output) as folder:
        for each in exported:
            path = folder / markdown_name(each)
            path.parent.mkdir(exist_ok=True)
            path.write_text(markdown_file(each), encoding="utf-8", newline="\n")


def _with_progress(items: Iterable[Item], total: int, quiet: bool) -> Iterator[Item]:
    """Pass items on, with a bar on stderr where that is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import track

    from crawler.cli.console import stderr_console

    yield from track(items, "exporting", total=total, console=stderr_console(), transient=True)
