"""`redtop publish`: a copy of the database to give away."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli import asking, options


@click.command("publish")
@click.argument("output", metavar="OUT", type=click.Path(path_type=Path, dir_okay=False))
@options.database
@click.option("--own", is_flag=True, help="With your annotations and your tables whose names begin with my_.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def command(output: Path, db: Path, own: bool, quiet: bool) -> None:
    """Write a copy of the database for publishing: read-only, compact, indexed, full-text search included.

    It is without the tables of the crawl and of the program, and names no file of this machine; its table dataset says
    what it holds. Every command that reads works on it.

    \b
    redtop publish tabloids-2026.db
    redtop search twins --db tabloids-2026.db
    """
    from crawler.cli.console import note
    from crawler.whole_file import whole_path
    from pipelines.database import speaking
    from pipelines.research.publish import check_target, publish

    with asking.reading(db) as database, speaking(output):
        check_target(output)
        with whole_path(output) as path:
            made = publish(database, path, own=own)
            path.chmod(path.stat().st_mode & ~0o222)
    if not quiet:
        size = f"{made.bytes / 1e6:,.1f} MB"
        note(f"{made.articles:,} articles with {made.quotes:,} quotations in {output}, {size}")
