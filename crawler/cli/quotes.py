"""`redtop quotes`: who said what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from rich.text import Text

    from pipelines.research import QuoteRow, Selection


@click.command("quotes")
@asking.narrowing
@options.database
@click.option(
    "--kind", multiple=True, metavar="KIND",
    help="Of speaker: person, group, representative, anonymous, organisation, outlet or document; may be repeated.",
)  # fmt: skip
@asking.paging()
def command(
    only: Selection, db: Path, kind: tuple[str, ...], limit: int, offset: int, count_only: bool, form: str
) -> None:
    """List quotations with their speakers, the newest first.

    QUERY searches their words, in the syntax of `redtop search`; --speaker is who says them; the other filters are of
    the articles in which they stand.

    \b
    redtop quotes --speaker "Imelda Farrow"
    redtop quotes --kind anonymous --since 2026-11 --format csv
    redtop quotes heartbroken OR '"broken heart"' --no-copies
    """
    from crawler.cli.console import emit
    from pipelines.research import count_quotes, quotes

    with asking.reading(db) as database:
        if count_only:
            emit(str(count_quotes(database, only, kinds=kind)))
            return
        rows = quotes(database, only, kinds=kind, limit=limit, offset=offset)
        more = form == "table" and len(rows) in (0, limit)
        whole = count_quotes(database, only, kinds=kind) if more else offset + len(rows)
    asking.print_rows(rows, form, _columns)
    asking.tell_rest(rows, offset, whole, "quotation answers to that")


def _columns(row: QuoteRow) -> dict[str, str | Text]:
    return {
        "published": (row.published or "")[:10],
        "site": row.site,
        "article": str(row.article_id),
        "speaker": row.speaker or f"({row.mention or 'not named'})",
        "quotation": f"“{row.text}”",
    }
