"""`redtop backup`: a copy of the database, also while a crawl runs."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.cli import asking, options


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@options.database
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
def command(file: Path, db: Path, quiet: bool) -> None:
    """Copy the database to FILE, as it stands at one moment; a crawl that runs meanwhile goes on.

    FILE is there whole or not at all, over an older copy. The raw pages lie in the archive folder beside the database,
    in files that are never changed once they end in .warc.gz: copy those with any program.

    \b
    redtop backup /backup/redtop.db
    """
    from crawler.cli.console import note
    from crawler.whole_file import whole_path
    from pipelines.backup import backup, check_target, forget_log
    from pipelines.database import speaking

    with asking.reading(db) as database, speaking(file):
        check_target(db, file)
        with whole_path(file) as path:
            size = backup(database, path)
            forget_log(file)
    if not quiet:
        note(f"{file}: {size / 1e6:.1f} MB")
