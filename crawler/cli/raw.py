"""`redtop raw`: the bytes that an article was read from."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipelines.page import ArchivePlace


@click.command("raw")
@click.argument("article", metavar="ARTICLE")
@options.database
@options.archive
@click.option(
    "--headers", "with_headers", is_flag=True, help="The status and the headers first, as `curl -i` has them."
)
@click.option(
    "--page", "number", type=click.IntRange(min=1), default=1, show_default=True,
    help="Which one, of an article that stands on several.",
)  # fmt: skip
def command(article: str, db: Path, archive_folder: Path | None, with_headers: bool, number: int) -> None:
    """Write the page of ARTICLE, its id or any of its addresses, to standard output as it was last received.

    \b
    redtop raw 12 > page.html
    redtop raw https://example.com/story --headers | less
    redtop raw 12 --page 2                       the second page of an article on several
    """
    from crawler.archive import archive_beside
    from crawler.archive_files import ArchiveError, read_page
    from pipelines.research import show

    with asking.reading(db) as database:
        view = show(database, article)
        place = view.archive if number == 1 else _further(database, view.id, number)
    if place is None:
        which = "page" if number == 1 else f"page {number}"
        raise click.ClickException(f"no raw {which} of article {view.id} is kept")
    try:
        page = read_page(archive_folder or archive_beside(db), place)
    except ArchiveError as problem:
        raise click.ClickException(str(problem)) from None
    out = sys.stdout.buffer
    if with_headers:
        lines = [f"HTTP/1.1 {page.status}", *(f"{name}: {value}" for name, value in page.headers), "", ""]
        out.write("\r\n".join(lines).encode("latin-1", "replace"))
    out.write(page.body)
    out.flush()


def _further(db: Database, article_id: int, number: int) -> ArchivePlace | None:
    """Give the place of a page after the first; None where there is none, or none is kept."""
    from pipelines.pages import page_addresses
    from pipelines.reread import places_of

    if not db["article_page"].exists():  # a copy made for publishing
        return None
    addresses = page_addresses(db, article_id)
    places = places_of(db, addresses[number - 1]) if number <= len(addresses) else []
    return next(iter(places), None)
