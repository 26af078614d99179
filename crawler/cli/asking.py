"""What the verbs that read the database share: opening it, filters, and rows as a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sqlite_utils import Database

F = TypeVar("F", bound=Callable[..., Any])
FORMS = ("table", "json", "csv")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open the database for a question; what is wrong with the file or the question becomes one line."""
    from pipelines.database import DatabaseError, open_reader, speaking
    from pipelines.research import QueryError

    try:
        db = open_reader(path)
        try:
            with speaking(path):
                yield db
        finally:
            db.close()
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None


def filters(call: F) -> F:
    """`--site`, `--since`, `--until`, `--limit`, `--offset` and `--format`."""
    for option in (
        click.option("-f", "--format", "form", type=click.Choice(FORMS), default="table", show_default=True),
        click.option("--offset", type=click.IntRange(min=0), default=0, help="Rows to leave out at the beginning."),
        click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows at most."),
        click.option("--until", metavar="DATE", help="Published before the end of this year, month, day or moment."),
        click.option("--since", metavar="DATE", help="Published in or after this year, month, day or moment."),
        click.option("--site", help="Only of this outlet, by its domain."),
    ):
        call = option(call)
    return call


def print_rows(rows: Sequence[Any], form: str, columns: Callable[[Any], dict[str, str]]) -> None:
    """Print rows of one dataclass; `columns` gives those of the table, JSON and CSV carry every field.

    In CSV a text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    from crawler.cli.console import emit, printable, stdout_console

    if form == "json":
        for row in rows:
            emit(json.dumps(asdict(row), ensure_ascii=False))
    elif form == "csv":
        if rows:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow([field.name for field in fields(rows[0])])
            writer.writerows([_cell(value) for value in asdict(row).values()] for row in rows)
    elif rows:
        from rich.table import Table
        from rich.text import Text

        shown = [columns(row) for row in rows]
        table = Table(*shown[0], box=None, pad_edge=False, header_style="bold")
        for number, column in enumerate(table.columns):
            column.overflow = "fold"
            column.no_wrap = number != len(table.columns) - 1
        for row in shown:
            table.add_row(*(Text(printable(value)) for value in row.values()))
        stdout_console().print(table)


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def none_found(rows: Sequence[Any], what: str) -> None:
    """Say on stderr that there is nothing, so that an empty answer is not taken for a broken one."""
    if not rows:
        from crawler.cli.console import note

        note(f"no {what}")
