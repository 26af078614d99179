"""`redtop quotes`: who said what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from pipelines.research import QuoteRow


@click.command("quotes")
@click.argument("words", nargs=-1, metavar="[QUERY]")
@options.database
@click.option("--speaker", metavar="NAME", help="A name, or whole words of one.")
@click.option(
    "--kind", metavar="KIND",
    help="Of speaker: person, group, representative, anonymous, organisation, outlet or document.",
)  # fmt: skip
@asking.filters
def command(
    words: tuple[str, ...],
    db: Path,
    speaker: str | None,
    kind: str | None,
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    offset: int,
    form: str,
) -> None:
    """List quotations with their speakers, the newest first; QUERY searches their words.

    \b
    redtop quotes --speaker "Imelda Farrow"
    redtop quotes --kind anonymous --since 2026-11 --format csv
    redtop quotes heartbroken
    """
    from pipelines.research import quotes

    with asking.reading(db) as database:
        rows = quotes(
            database, speaker=speaker, kind=kind, site=site, since=since, until=until, query=" ".join(words) or None,
            limit=limit, offset=offset,
        )  # fmt: skip
    asking.none_found(rows, "quotation answers to that")
    asking.print_rows(rows, form, _columns)


def _columns(row: QuoteRow) -> dict[str, str]:
    return {
        "published": (row.published or "")[:10],
        "site": row.site,
        "article": str(row.article_id),
        "speaker": row.speaker or f"({row.mention or 'not named'})",
        "quotation": f"“{row.text}”",
    }
