"""What the verbs that read the database share: opening it, filters, and rows as a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from rich.text import Text
    from sqlite_utils import Database, Migrations

F = TypeVar("F", bound=Callable[..., Any])
FORMS = ("table", "json", "csv")


_SINCE = click.option("--since", metavar="DATE", help="Published in or after this year, month, day or moment.")
_UNTIL = click.option("--until", metavar="DATE", help="Published before the end of this year, month, day or moment.")
LIMIT = click.option("--limit", type=click.IntRange(min=1), default=20, show_default=True, help="Rows at most.")
OFFSET = click.option("--offset", type=click.IntRange(min=0), default=0, help="Rows to leave out at the beginning.")


@contextmanager
def writing(path: Path, *more: Migrations) -> Iterator[Database]:
    """Open a database that is there for changes; what is wrong with the file becomes one line."""
    from pipelines.database import DatabaseError, close_writer, open_writer, speaking

    if not path.exists():
        raise click.ClickException(f"{path}: no such database")
    try:
        db = open_writer(path, *more)
        try:
            with speaking(path):
                yield db
        finally:
            close_writer(db)
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None


@contextmanager
def reading(path: Path) -> Iterator[Database]:
    """Open the database for a question; what is wrong with the file or the question becomes one line."""
    import sqlite3

    from pipelines.database import DatabaseError, open_reader
    from pipelines.database_error import explain
    from pipelines.research import QueryError

    try:
        db = open_reader(path)
        try:
            yield db
        except sqlite3.Error as problem:  # and no OSError: that is about what the rows are written to
            raise explain(path, problem) from problem
        finally:
            db.close()
    except QueryError as problem:
        raise click.UsageError(str(problem)) from None
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None


def narrowing(call: F) -> F:
    """The filters that a `Selection` has; the command gets it as `only`, with the words of QUERY in it."""

    @wraps(call)
    def command(
        *args: Any,
        words: tuple[str, ...],
        site: tuple[str, ...],
        speaker: tuple[str, ...],
        person: str | None,
        author: str | None,
        cites: str | None,
        agency: str | None,
        since: str | None,
        until: str | None,
        language: tuple[str, ...],
        has: tuple[str, ...],
        copies: bool,
        **more: Any,
    ) -> Any:
        from pipelines.research import Selection

        only = Selection(
            query=" ".join(words) if words else None, sites=site, speakers=speaker, person=person, author=author,
            cites=cites, agency=agency, since=since, until=until, languages=language, has=has, copies=copies,
        )  # fmt: skip
        return call(*args, only=only, **more)

    options = (
        click.argument("words", nargs=-1, metavar="[QUERY]"),
        click.option("--site", multiple=True, metavar="DOMAIN", help="Of this outlet; may be repeated."),
        click.option(
            "--speaker", multiple=True, metavar="NAME",
            help="Quoting somebody of this name, or with these words in the name; may be repeated.",
        ),
        click.option("--person", metavar="NAME", help="In which somebody of such a name is quoted, tagged or named."),
        click.option("--author", metavar="NAME", help="With this name, or words of one, in the byline."),
        click.option("--cites", metavar="OUTLET", help="Crediting this outlet, such as People."),
        click.option("--agency", metavar="NAME", help="With the copy of this agency, such as PA."),
        _SINCE,
        _UNTIL,
        click.option("--language", multiple=True, metavar="TAG", help="In this language, such as en; may be repeated."),
        click.option(
            "--has", multiple=True, metavar="PROVIDER",
            help="With an embed of this provider, such as instagram; of several with each.",
        ),
        click.option(
            "--no-copies", "copies", flag_value=False, default=True, help="Without what another outlet had first."
        ),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command  # type: ignore[return-value]


def paging(*forms: str) -> Callable[[F], F]:
    """`--limit`, `--offset`, `--count` and `--format`, of the common forms and those given."""

    def decorate(call: F) -> F:
        call = OFFSET(click.option("--count", "count_only", is_flag=True, help="Print only how many there are.")(call))
        return LIMIT(formats(*forms)(call))

    return decorate


def formats(*forms: str) -> Callable[[F], F]:
    """`--format`, of the common forms and those given."""
    return click.option(
        "-f", "--format", "form", type=click.Choice([*FORMS, *forms]), default="table", show_default=True
    )


def print_rows(rows: Sequence[Any], form: str, columns: Callable[[Any], Mapping[str, str | Text]]) -> None:
    """Print rows of one dataclass; `columns` gives those of the table, JSON and CSV carry every field.

    In CSV a text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    from crawler.cli.console import emit, printable, stdout_console

    if form == "json":
        for row in rows:
            emit(json.dumps(asdict(row), ensure_ascii=False))
    elif form == "csv":
        from pipelines.research.cells import safe_cell

        if rows:
            writer = csv.writer(sys.stdout, lineterminator="\n")
            writer.writerow([field.name for field in fields(rows[0])])
            writer.writerows([safe_cell(value) for value in asdict(row).values()] for row in rows)
    elif form == "ids":
        for row in rows:
            emit(str(row.id))
    elif rows:
        from rich.table import Table
        from rich.text import Text

        shown = [columns(row) for row in rows]
        table = Table(*shown[0], box=None, pad_edge=False, header_style="bold")
        for number, column in enumerate(table.columns):
            column.overflow = "fold"
            column.no_wrap = number != len(table.columns) - 1
        for row in shown:
            table.add_row(*(value if isinstance(value, Text) else Text(printable(value)) for value in row.values()))
        stdout_console().print(table)


def tell_rest(rows: Sequence[Any], offset: int, total: int, what: str) -> None:
    """Say on stderr what the rows shown leave out: that there is nothing at all, or how many more there are."""
    from crawler.cli.console import note

    if not total:
        note(f"no {what}")
    elif rows and offset + len(rows) < total:
        note(f"{offset + 1} to {offset + len(rows)} of {total}; --offset {offset + len(rows)} shows the next")
    elif not rows:
        note(f"there are only {total}, and --offset {offset} leaves them out")
