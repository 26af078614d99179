"""What a crawl would do, for a person."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.cli.status import iso_moment, span
from crawler.plan import Plan


def due_and_waiting(plans: Sequence[Plan], now: float) -> tuple[list[Plan], list[Plan]]:
    """Part the outlets whose interval is over, the longest waiting first, from the others."""
    due = sorted((plan for plan in plans if plan.is_due(now)), key=lambda plan: plan.due_at)
    return due, [plan for plan in plans if not plan.is_due(now)]


def nothing_due(waiting: Sequence[Plan], now: float) -> str:
    """Say that no outlet is due, and which one will be first."""
    following = min(waiting, key=lambda plan: plan.due_at, default=None)
    if following is None:
        return "no outlet is due"
    return f"no outlet is due; the next is {following.site.domain} in {span(following.due_at - now)}"


def print_plans(plans: Sequence[Plan], limit: int | None) -> None:
    """Print a table of what would be asked at each outlet."""
    from rich.table import Table

    from crawler.cli.console import stdout_console

    table = Table("outlet", "last visit", box=None, pad_edge=False, header_style="bold")
    for name in ("listings", "articles known to be due", "at least"):
        table.add_column(name, justify="right")
    for plan in plans:
        articles = plan.articles if limit is None else min(plan.articles, limit)
        last = "never" if plan.last_visit is None else iso_moment(plan.last_visit)
        lasts = span((plan.listings + articles) * plan.site.delay)
        table.add_row(plan.site.domain, last, str(plan.listings), str(articles), lasts)
    stdout_console().print(table)
