"""`redtop search`: find articles by their words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from rich.text import Text

    from pipelines.research import Hit, Selection

# Around a match on its way to the terminal: of the private use area, so that no text of a page is taken for them.
_MARKS = ("\ue000", "\ue001")


@click.command("search")
@asking.narrowing
@options.database
@click.option("--order", type=click.Choice(["rank", "date"]), default="rank", show_default=True)
@asking.paging("ids")
def command(
    only: Selection, db: Path, order: Literal["rank", "date"], limit: int, offset: int, count_only: bool, form: str
) -> None:
    """Search headlines, standfirsts and bodies, in SQLite's own full-text syntax.

    \b
    farrow stage                    both words
    '"stepping away" OR retire*'    a phrase, or words that begin so; AND, OR and NOT in capitals
    'NEAR(wedding cancelled, 5)'    within five words
    'headline : twins'              in the headline (dek, body)

    Filters narrow it; without QUERY they list what they leave, the newest first.

    \b
    redtop search '"stepping away" OR retire*' --since 2026-11 --order date
    redtop search twins --site her.ie --site tmz.com --has instagram --format json
    redtop search --speaker "Imelda Farrow" --no-copies --format ids
    """
    from crawler.cli.console import emit
    from pipelines.research import count, search

    coloured = form == "table" and sys.stdout.isatty()
    with asking.reading(db) as database:
        if count_only:
            emit(str(count(database, only)))
            return
        hits = search(database, only, order=order, limit=limit, offset=offset, marks=_MARKS if coloured else ("[", "]"))
        more = form == "table" and len(hits) in (0, limit)
        whole = count(database, only) if more else offset + len(hits)
    asking.print_rows(hits, form, _columns)
    asking.tell_rest(hits, offset, whole, "article answers to that")


def _columns(hit: Hit) -> dict[str, str | Text]:
    from rich.text import Text

    from crawler.cli.console import printable

    about = Text(printable(hit.headline or "") + "\n  ")
    for piece in " ".join(hit.snippet.split()).split(_MARKS[0]):
        match, end, rest = piece.rpartition(_MARKS[1])
        about.append(printable(match), style="bold yellow" if end else "")
        about.append(printable(rest))
    return {"id": str(hit.id), "published": (hit.published or "")[:10], "site": hit.site, "headline": about}
