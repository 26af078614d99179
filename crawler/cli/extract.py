"""`redtop extract`: one article, or many, from addresses, files or standard input."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from crawler.cli import options

FORMATS = ("json", "jsonl", "markdown", "text", "html")


@click.command("extract")
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@options.list_of("SOURCEs")
@click.option("--url", help="The address of a saved page or pasted text; the outlet's rules apply by its host.")
@click.option(
    "--fetched-at", type=options.Moment(), metavar="TIME",
    help='When a saved page was fetched, the base of "2 weeks ago"  [default: for an address now, else none]',
)  # fmt: skip
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), default="json", show_default=True)
@click.option(
    "-o", "--output", "output_path", type=click.Path(), metavar="FILE|FOLDER",
    help="Write there instead of to stdout; into a folder (it exists, or ends with /) one file an article.",
)  # fmt: skip
@click.option("--explain", is_flag=True, help="Add for each field where it was found, and how sure the body is.")
@click.option("--force", is_flag=True, help="Also read a page that seems to be no article.")
@click.option(
    "--browser", is_flag=True,
    help="Read addresses as a browser shows them, for pages made by script (needs redtop[browser] and Chromium).",
)  # fmt: skip
@options.site_files
@options.fetching
@options.verbosity
def command(
    sources: tuple[str, ...],
    input_file: Path | None,
    url: str | None,
    fetched_at: datetime | None,
    form: str,
    output_path: str | None,
    explain: bool,
    force: bool,
    browser: bool,
    sites_folder: Path | None,
    contact: str | None,
    allow_private: bool,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
) -> None:
    """Read SOURCE: an address, a file, or - for standard input; HTML or plain text.

    JSON by default: one object for one SOURCE, JSON lines for several. One line `Error: …` for each that
    fails, and exit status 1; the others are done. Addresses are asked one after the other, a host once a second at
    most; what its site file, its robots.txt or a Retry-After of up to a minute ask for is kept.

    \b
    redtop extract https://example.com/story
    redtop extract page.html --url https://example.com/story --format markdown
    pbpaste | redtop extract -
    redtop extract -i list.txt -o articles/ --format markdown
    """
    from crawler.cli.batch import extract_all
    from crawler.cli.output import Output
    from crawler.cli.reading import Reading
    from crawler.logs import set_up_logging

    names = list(sources) + options.listed(input_file)
    if not names:
        raise click.UsageError("name at least one SOURCE: an address, a file, or - for standard input")
    if url and len(names) > 1:
        raise click.UsageError("--url goes with one SOURCE")
    set_up_logging(options.log_level(quiet, verbose), log_file)
    reading = Reading(url=url, fetched_at=fetched_at, force=force, sites_folder=sites_folder)
    output = Output(form=form, target=output_path, several=len(names) > 1, explain=explain)
    if extract_all(names, reading, output, contact=contact, allow_private=allow_private, browser=browser):
        sys.exit(1)
