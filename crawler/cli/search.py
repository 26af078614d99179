"""`redtop search`: find articles by their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from pipelines.research import Hit


@click.command("search")
@click.argument("words", nargs=-1, required=True, metavar="QUERY")
@options.database
@click.option("--speaker", metavar="NAME", help="Only articles that quote somebody of this name.")
@click.option("--language", metavar="TAG", help="Only in this language, such as en.")
@click.option("--has", metavar="PROVIDER", help="Only with an embed of this provider, such as instagram.")
@click.option("--order", type=click.Choice(["rank", "date"]), default="rank", show_default=True)
@asking.filters
def command(
    words: tuple[str, ...],
    db: Path,
    speaker: str | None,
    language: str | None,
    has: str | None,
    order: Literal["rank", "date"],
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    offset: int,
    form: str,
) -> None:
    """Search headlines, standfirsts and bodies, in SQLite's own full-text syntax.

    \b
    redtop search farrow stage
    redtop search '"stepping away" OR retire*' --since 2026-11 --order date
    redtop search 'headline : twins' --has instagram --format json
    """
    from pipelines.research import search

    with asking.reading(db) as database:
        hits = search(
            database, " ".join(words), site=site, speaker=speaker, since=since, until=until, language=language,
            has=has, order=order, limit=limit, offset=offset,
        )  # fmt: skip
    asking.none_found(hits, "article has these words")
    asking.print_rows(hits, form, _columns)


def _columns(hit: Hit) -> dict[str, str]:
    return {
        "id": str(hit.id),
        "published": (hit.published or "")[:10],
        "site": hit.site,
        "headline": f"{hit.headline or ''}\n  {hit.snippet}",
    }
