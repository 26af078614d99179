"""`redtop raw`: the bytes that an article was read from."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from crawler.cli import asking, options


@click.command("raw")
@click.argument("article", metavar="ARTICLE")
@options.database
@options.archive
@click.option(
    "--headers", "with_headers", is_flag=True, help="The status and the headers first, as `curl -i` has them."
)
def command(article: str, db: Path, archive_folder: Path | None, with_headers: bool) -> None:
    """Write the page of ARTICLE, its id or any of its addresses, to standard output as it was last received.

    \b
    redtop raw 12 > page.html
    redtop raw https://example.com/story --headers | less
    """
    from crawler.archive import archive_beside
    from crawler.archive_files import ArchiveError, read_page
    from pipelines.research import show

    with asking.reading(db) as database:
        view = show(database, article)
    if view.archive is None:
        raise click.ClickException(f"no raw page of article {view.id} is kept")
    try:
        page = read_page(archive_folder or archive_beside(db), view.archive)
    except ArchiveError as problem:
        raise click.ClickException(str(problem)) from None
    out = sys.stdout.buffer
    if with_headers:
        lines = [f"HTTP/1.1 {page.status}", *(f"{name}: {value}" for name, value in page.headers), "", ""]
        out.write("\r\n".join(lines).encode("latin-1", "replace"))
    out.write(page.body)
    out.flush()
