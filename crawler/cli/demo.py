"""`redtop demo`: the real crawl, on the bundled sample tabloid."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from crawler.sample.server import SampleServer

DB = Path("data/demo.db")
ARCHIVE = Path("data/demo-archive")


@click.command("demo")
@options.verbosity
def command(log_file: Path | None, verbose: int, quiet: bool) -> None:
    """Crawl the bundled sample tabloid into data/demo.db, twice, and tell what came out.

    Two outlets that do not exist are served on loopback, and crawled by the same spider, pipelines and store as
    every real crawl; between the two crawls some of their articles change. Each demo begins afresh.
    """
    from crawler.cli.console import note, stderr_console, stdout_console
    from crawler.cli.progress import CrawlProgress, outlet_table
    from crawler.cli.telling import tell
    from crawler.frontier.pace import Pace
    from crawler.logs import set_up_logging
    from crawler.run import crawl
    from crawler.sample import sample_sites
    from pipelines.database import DatabaseError
    from pipelines.research import summary

    set_up_logging(options.log_level(quiet, verbose), log_file)
    console = stderr_console()
    pace = Pace(retries=(0.5, 1, 2))
    _forget()
    try:
        with _server() as server:
            sites = list(sample_sites(server.port).values())
            for state, what in ((1, "First crawl"), (2, "Second crawl, after some articles have changed")):
                server.set_state(state)
                if not quiet:
                    note(f"{what}: {' and '.join(site.name for site in sites)}, served at 127.0.0.1:{server.port}")
                with CrawlProgress(console, quiet=quiet) as progress:
                    report = crawl(
                        sites, DB, allow_private=True, archive_folder=ARCHIVE, on_progress=progress, pace=pace
                    )
                if not quiet:
                    console.print(outlet_table(list(report.outlets.values())))
                if not report.is_served:
                    raise click.ClickException(
                        report.error or f"the crawl is {report.status}, and an outlet gave nothing"
                    )
    except DatabaseError as problem:
        raise click.ClickException(str(problem)) from None
    with asking.reading(DB) as database:
        tell(summary(database), DB, stdout_console())


def _server() -> SampleServer:
    """Give the sample's server: on its own port, or on a free one where that is taken."""
    from crawler.sample import PORT
    from crawler.sample.server import SampleServer

    try:
        return SampleServer(port=PORT)
    except OSError:
        return SampleServer()


def _forget() -> None:
    """Take away what the demo before left behind, and nothing else."""
    for ending in ("", "-wal", "-shm"):
        DB.with_name(DB.name + ending).unlink(missing_ok=True)
    for file in ARCHIVE.glob("*.warc.gz*"):
        file.unlink()
