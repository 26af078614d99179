"""How a crawl is going, on stderr: a live table on a terminal, nothing but the end elsewhere."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.cli.console import fail, note, stderr_console
from crawler.cli.status import span
from crawler.frontier.remaining import Remaining
from crawler.report import CrawlReport, OutletReport

EVERY = 0.25
"""Seconds between two pictures."""
COUNTED_EVERY = 1.0
"""Seconds between two counts of what is left, at least."""
COLUMNS = ("pages", "new", "changed", "same", "gone", "no article", "disallowed", "failed")
ROWS = 24
"""Outlets in the live table; the busiest ones."""


class CrawlProgress:
    """Show a growing report; a context manager to be called with the report after every answer."""

    def __init__(self, console: Console, *, quiet: bool) -> None:
        self._console = console
        self._live = (
            Live(console=console, auto_refresh=False, transient=True) if console.is_terminal and not quiet else None
        )
        self._shown = self._counted_next = 0.0
        self._remaining = Remaining()

    def __enter__(self) -> Self:
        if self._live:
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._live:
            self._live.stop()

    def __call__(self, report: CrawlReport) -> None:
        """Draw the report, a few times a second at most."""
        now = time.monotonic()
        if self._live and now - self._shown >= EVERY:
            self._shown = now
            busiest = sorted(report.outlets.values(), key=lambda outlet: -outlet.fetched)[:ROWS]
            left = self._left(report, now)
            self._live.update(Group(outlet_table(busiest, left.pages), Text(queue_line(left))), refresh=True)

    def _left(self, report: CrawlReport, now: float) -> Remaining:
        """Count what is left, so rarely that counting takes a fiftieth of the time at most."""
        if now >= self._counted_next:
            self._remaining = report.remaining()
            end = time.monotonic()
            self._counted_next = end + max(COUNTED_EVERY, 50 * (end - now))
        return self._remaining


def queue_line(left: Remaining) -> str:
    """Say how much is left, and how long that takes at the least, where the hosts' delays tell."""
    lasts = f", for at least {span(left.seconds)}" if left.seconds >= 1 else ""
    return f"{left.total} pages left, as far as is known{lasts}"


def outlet_table(outlets: list[OutletReport], left: Mapping[str, int] | None = None) -> Table:
    """Give what was done at each outlet as a table, and what is left where that is known."""
    table = Table("outlet", box=None, pad_edge=False)
    for name in (*COLUMNS, *(("left",) if left is not None else ())):
        table.add_column(name, justify="right")
    for outlet in outlets:
        counts = (
            outlet.fetched, outlet.new, outlet.changed, outlet.unchanged, outlet.gone, outlet.other_pages,
            outlet.disallowed, outlet.failed.total(), *((left.get(outlet.site, 0),) if left is not None else ()),
        )  # fmt: skip
        table.add_row(outlet.site, *map(str, counts))
    return table


def tell(report: CrawlReport, db: Path, *, quiet: bool, every_alarm: bool = True) -> None:
    """Say on stderr what went wrong, what is alarming, and, where that is not unwanted, what was done.

    Quiet, it says only why the exit status is not 0, and alarms: every one that stands, or those that are news.
    """
    news = report.news
    outage = report.outage if every_alarm else news.outage
    alarms = report.alarms if every_alarm else {**news.begun, **news.lasting}
    for line in failures(report) if quiet else complaints(report):
        fail(line)
    for line in (*([outage] if outage else []), *(f"{site}: {alarm}" for site, alarm in alarms.items())):
        fail(f"alarm: {line}")
    if quiet:
        return
    for outlet in report.outlets.values():
        if outlet.is_busy:
            note(f"{outlet.site}: {outlet.note}")
        for reason, count in outlet.declined.items():
            note(f"{outlet.site}: {reason}: {count} page{'s' if count > 1 else ''}")
    stderr_console().print(outlet_table(list(report.outlets.values())))
    if report.is_out_of_time:
        note("the time was over; the next run goes on where this one ended")
    counts = f"{report.total('new')} new and {report.total('changed')} changed articles"
    note(f"{counts} in {report.seconds:.1f} s, in {db}")


def complaints(report: CrawlReport) -> list[str]:
    """Give a line for each thing that went wrong, outlet by outlet, repeated reasons with their number."""
    lines = [line for outlet in report.outlets.values() for line in _complaints_of(outlet, report.has_failed(outlet))]
    return lines + _breaks(report)


def failures(report: CrawlReport) -> list[str]:
    """Give of these the lines for which the run has failed: outlets that gave nothing, and why it broke off."""
    failed = [outlet for outlet in report.outlets.values() if report.has_failed(outlet)]
    return [_nothing(outlet) for outlet in failed] + _breaks(report)


def _breaks(report: CrawlReport) -> list[str]:
    if report.error:
        return [report.error]
    if report.status == "interrupted":
        return ["the crawl was interrupted; the next one goes on where it ended"]
    return []


def _why(outlet: OutletReport) -> str | None:
    """Give why an outlet gave nothing, or was left alone."""
    if outlet.note or outlet.is_served:
        return outlet.note
    forbidden = "its robots.txt allows nothing of what it lists" if outlet.disallowed else None
    return next(iter(outlet.failed), forbidden)


def _nothing(outlet: OutletReport) -> str:
    why = _why(outlet)
    return f"{outlet.site} gave nothing" + (f": {why}" if why else "")


def _complaints_of(outlet: OutletReport, has_failed: bool) -> list[str]:
    """Give the lines of one outlet; why it gave nothing, or was left alone, stands in one of them."""
    why = _why(outlet)
    lines = []
    for reason, count in outlet.failed.items():
        if reason != why:
            where = "" if outlet.site in reason else f"{outlet.site}: "
            lines.append(f"{where}{reason}" + (f" ({count} times)" if count > 1 else ""))
    if outlet.is_misread:
        lines.append(
            f"{outlet.site}: none of the {outlet.passed_over} addresses that it lists is taken for an article's; "
            "see article_url in its site file"
        )
    if has_failed:
        lines.append(_nothing(outlet))
    elif outlet.note and not outlet.is_busy:
        lines.append(f"{outlet.site} was left alone: {outlet.note}")
    return lines
