"""`redtop status`: what is due, queued, leased and failing."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from crawler.frontier.status import OutletStatus, RunStatus


@click.command("status")
@click.argument("names", nargs=-1, metavar="[SITE...]")
@options.database
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(names: tuple[str, ...], db: Path, form: str) -> None:
    """Tell how the crawl stands: the last runs, and for each outlet what is due now, queued for later, failing.

    Reads only; a crawl may run meanwhile.

    \b
    redtop status
    redtop status her.ie --format json
    """
    from crawler.cli.outlets import domain_of
    from crawler.frontier import status

    wanted = set(map(domain_of, names))
    now = time.time()
    with asking.reading(db) as database:
        runs, outlets = status.runs(database), status.outlets(database, now, wanted)
    for name in sorted(wanted - {outlet.site for outlet in outlets}):
        raise click.UsageError(f"nothing is known of {name} in {db}; has it been crawled?")
    if form == "json":
        from crawler.cli.console import emit

        emit(json.dumps({"runs": _plain(runs), "outlets": _plain(outlets)}, ensure_ascii=False))
        return
    _print(runs, outlets, now)


def _plain(rows: list[Any]) -> list[dict[str, Any]]:
    """Rows as plain JSON types, moments in the form of the database."""
    return [
        {name: iso_moment(value) if isinstance(value, float) else value for name, value in asdict(row).items()}
        for row in rows
    ]


def iso_moment(moment: float) -> str:
    """Write seconds since 1970 in the form of the database."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _print(runs: list[RunStatus], outlets: list[OutletStatus], now: float) -> None:
    from rich.table import Table
    from rich.text import Text

    from crawler.cli.console import note, printable, stdout_console

    console = stdout_console()
    if not runs:
        note("nothing has been crawled yet")
        return
    table = Table("run", "started", "finished", "status", box=None, pad_edge=False, header_style="bold")
    for name in ("pages", "new", "changed", "errors"):
        table.add_column(name, justify="right")
    for run in runs:
        counts = (run.pages, run.articles_new, run.articles_changed, run.errors)
        table.add_row(str(run.id), run.started, run.finished or "", run.status, *map(str, counts))
    console.print(table)
    if not outlets:
        return
    console.print()
    table = Table("outlet", box=None, pad_edge=False, header_style="bold")
    for name in ("due", "queued", "done", "failing", "given up", "next in"):
        table.add_column(name, justify="right")
    table.add_column("now", overflow="fold")
    for row in outlets:
        numbers = (row.due, row.queued, row.done, row.failing, row.given_up)
        following = span(row.next_due - now) if row.next_due else ""
        table.add_row(row.site, *map(str, numbers), following, Text(printable(_now(row, now))))
    console.print(table)


def _now(row: OutletStatus, now: float) -> str:
    """What is going on at an outlet, in a few words."""
    parts = []
    if row.leased_by:
        parts.append(f"asked by process {row.leased_by}")
    if row.rests_until and row.rests_until - now > 2:
        parts.append(f"left alone for {span(row.rests_until - now)}")
    if row.reason and (row.failing or row.given_up):
        parts.append(row.reason)
    return "; ".join(parts)


def span(seconds: float) -> str:
    """Write a span of time in its largest unit: `40 s`, `12 min`, `6 h`, `3 d`."""
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{max(seconds, 0):.0f} s"
