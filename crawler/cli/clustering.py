"""`--cluster` and `--shards`, and how a run on a cluster goes, for a person."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from crawler.cluster.folder import Folder
    from crawler.cluster.report import RunReport

F = TypeVar("F", bound=Callable[..., Any])
_AFRESH = "\r\x1b[K"
"""To the beginning of the terminal's line, and the rest of it away (ECMA-48, CR and EL)."""
_EVERY = 30.0
"""Seconds between two lines where stderr is no terminal."""
_MOST = 10
"""Units that are named of those set aside; the rest is counted."""


def cluster(call: F) -> F:
    """`--cluster ADDRESS|local:N` and `--shards FOLDER`."""
    call = click.option(
        "--shards",
        metavar="FOLDER",
        help="Where the workers write their shards: a folder that all of them reach, or s3://…  "
        "[default: NAME-shards beside the database]",
    )(call)
    return click.option(
        "--cluster",
        "where",
        metavar="ADDRESS|local:N",
        help="Have it done by the workers of this Dask scheduler, or by N processes of this machine; "
        "needs redtop[cluster].",
    )(call)


def shards_beside(shards: str | None, db: Path) -> Folder:
    """Give the folder of shards: the named one, else the one beside the database."""
    from crawler.cluster.folder import Folder
    from crawler.warc_part import is_remote

    if shards and is_remote(shards):
        return Folder(shards)
    return Folder(str((Path(shards) if shards else db.with_name(f"{db.stem}-shards")).absolute()))


def without_cluster(shards: str | None, where: str | None) -> None:
    """Refuse `--shards` where there is no cluster."""
    if shards and not where:
        raise click.UsageError("--shards goes with --cluster")


@contextmanager
def spoken() -> Iterator[None]:
    """Turn what can go wrong with a cluster or a database into the command's error; needs the extra."""
    try:
        from crawler.cluster.engine import need_dask
        from crawler.cluster.errors import ClusterError

        need_dask()
    except ImportError as problem:
        raise click.ClickException(f"--cluster needs Dask: pip install 'redtop[cluster]' ({problem.name})") from None
    except ClusterError as problem:
        raise click.ClickException(str(problem)) from None
    from crawler.remote import RemoteError
    from pipelines.database import DatabaseError

    try:
        yield
    except (ClusterError, DatabaseError, RemoteError) as problem:
        raise click.ClickException(str(problem)) from None


class Line:
    """How far a run is: one line on a terminal that is written over; elsewhere one now and then."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._is_terminal = sys.stderr.isatty()
        self._next = 0.0 if self._is_terminal else time.monotonic() + _EVERY
        self._has_named = False
        self._left_out = 0

    def __call__(self, report: RunReport) -> None:
        """Draw it, a few times a second at most."""
        if self._quiet:
            return
        from crawler.cli.console import note, printable

        if not self._has_named:
            self._has_named = True
            note(_opening(report))
        for reason in list(report.left_out.values())[self._left_out :]:
            note(f"left out: {reason}")
        self._left_out = len(report.left_out)
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + (0.25 if self._is_terminal else _EVERY)
        line = printable(progress_line(report))
        click.echo(f"{_AFRESH}{line[:120]}" if self._is_terminal else line, err=True, nl=not self._is_terminal)

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._is_terminal and not self._quiet:
            click.echo(_AFRESH, err=True, nl=False)


def _opening(report: RunReport) -> str:
    known = f"{report.known} of {report.units} units done before" if report.known else ""
    if not report.workers:
        return f"{known or 'nothing to do'}; no worker is needed"
    shown = (
        f"dashboard: {report.dashboard}"
        if report.dashboard
        else "no dashboard: it was started without one, or without bokeh"
    )
    ready = f"{report.workers} workers ready after {report.start_up:.1f} s"
    return "; ".join(filter(None, (ready, known, shown)))


def progress_line(report: RunReport) -> str:
    """Say in one line how far a run is, how long the rest takes, and what has failed."""
    from crawler.cli.status import span

    far = (report.size_done + report.size_under_way) / max(report.size, 1)
    if not report.size and (shards := report.there + report.to_merge):
        far = (report.there + report.merged) / shards
    pages = report.pages + report.pages_under_way
    rest = "" if report.remaining is None else f", {span(report.remaining)} left"
    merged = f", {report.merged} merged" if report.to_merge else ""
    line = f"{far:4.0%}: {report.known + report.done} of {report.units} units{merged}, {pages} pages"
    if report.seconds > 1 and pages:
        line += f", {pages / report.seconds:.0f} a second"
    failures = report.failed + report.strikes
    if failures:
        line += f"; {sum(failures.values())} failures, most: {failures.most_common(1)[0][0]}"
    return line + rest


def tell_run(report: RunReport, made: str | None, *, quiet: bool) -> None:
    """Say on stderr what went wrong, what was done, and what it cost.

    Args:
        report: of the run.
        made: what has become of the shards; None where nobody but the command itself has a use for them.
        quiet: whether only errors are told.
    """
    from crawler.cli.console import fail, note

    for reason, count in report.failed.most_common():
        fail(reason + (f" ({count} pages)" if count > 1 else ""))
    for broken in report.broken:
        fail(broken)
    _tell_left("set aside", report.missing, "named in the file of --summary")
    _tell_left("set aside", report.set_aside, "named by the files ….failed.json beside the shards")
    _tell_left("not merged", report.unmerged, "which the same command tries again")
    if report.status == "interrupted":
        fail("the run was interrupted; the same command goes on where it ended")
    if quiet:
        return
    again = sum(report.strikes.values())
    if again:
        note(f"{again} failures of units, each tried {_tries()} times at most: {_by_reason(report)}")
    rows = ", ".join(f"{count} {name} rows" for name, count in sorted(report.rows.items()))
    if rows and made:
        note(f"the shards of this run: {rows}")
    note(f"{report.done} units done, {report.known} before" + (f"; {made}" if made else ""))
    if report.pages:
        note(
            f"{report.pages} pages in {report.seconds:.1f} s after a start of {report.start_up:.1f} s: "
            f"{report.pages / max(report.seconds, 0.001):.0f} pages a second, "
            f"{report.core_seconds / report.pages:.4f} core-seconds a page"
        )


def _tell_left(doing: str, left: dict[str, str], others: str) -> None:
    from crawler.cli.console import fail

    for what, reason in list(left.items())[:_MOST]:
        fail(f"{doing}: {reason}" if what in reason else f"{doing}: {what}: {reason}")
    if len(left) > _MOST:
        fail(f"{doing}: {len(left) - _MOST} more, {others}")


def merged_into(report: RunReport, db: Path) -> str:
    """Say what has become of the shards of a run that were merged."""
    return f"{report.merged} shards merged into {db}" + (f", which had {report.there} already" if report.there else "")


def summary(report: RunReport) -> dict[str, Any]:
    """Give the whole of a report as plain JSON types."""
    from dataclasses import fields

    told = {field.name: getattr(report, field.name) for field in fields(report)}
    return {
        name: dict(value) if isinstance(value, dict) else round(value, 3) if isinstance(value, float) else value
        for name, value in told.items()
    }


def _tries() -> int:
    from crawler.cluster.strikes import STRIKES

    return STRIKES


def _by_reason(report: RunReport) -> str:
    return "; ".join(f"{reason} ({count})" for reason, count in report.strikes.most_common(5))
