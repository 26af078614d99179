"""What a crawl would do, for a person."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from crawler.cli.console import note, stdout_console
from crawler.cli.status import iso_moment, span
from crawler.frontier.schema import frontier
from crawler.plan import Plan, plans
from crawler.quota import Bounds
from crawler.site import Site
from pipelines.database import close_writer, open_writer


def choose(
    sites: Sequence[Site], db: Path, *, only_due: bool, dry_run: bool, bounds: Bounds, quiet: bool
) -> list[Site]:
    """Give the outlets to crawl now: with `only_due` those whose interval is over, the longest waiting first.

    With `dry_run` there are none; what would be asked is printed. That none is due is told on stderr. An older database
    is brought up to date, but not by a dry run.

    Raises:
        DatabaseError: the database cannot be used.
    """
    if not dry_run and db.exists():
        close_writer(open_writer(db, frontier))
    now = time.time()
    planned = plans(sites, db, now, bounds.since)
    chosen = sorted((plan for plan in planned if plan.is_due(now)), key=lambda plan: plan.due_at)
    if not only_due:
        chosen = planned
    elif not chosen and not quiet:
        note(nothing_due(planned, now))
    if dry_run:
        print_plans(chosen, bounds.limit)
        return []
    return [plan.site for plan in chosen]


def nothing_due(waiting: Sequence[Plan], now: float) -> str:
    """Say that no outlet is due, and which one will be first."""
    following = min(waiting, key=lambda plan: plan.due_at, default=None)
    if following is None:
        return "no outlet is due"
    return f"no outlet is due; the next is {following.site.domain} in {span(following.due_at - now)}"


def print_plans(planned: Sequence[Plan], limit: int | None) -> None:
    """Print a table of what would be asked at each outlet."""
    from rich.table import Table

    table = Table("outlet", "last visit", box=None, pad_edge=False, header_style="bold")
    for name in ("listings", "articles known to be due", "at least"):
        table.add_column(name, justify="right")
    for plan in planned:
        articles = min(most for most in (plan.articles, limit, plan.site.limit) if most is not None)
        last = "never" if plan.last_visit is None else iso_moment(plan.last_visit)
        lasts = span((plan.listings + articles) * plan.site.delay)
        table.add_row(plan.site.domain, last, str(plan.listings), str(articles), lasts)
    stdout_console().print(table)
