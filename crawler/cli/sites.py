"""`redtop sites`: the outlets that redtop knows."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from crawler.cli import options


@click.group("sites")
def command() -> None:
    """List, show and check the outlets that redtop knows.

    Each is one small file; see docs/sites.md for how to add one.
    """


@command.command("list")
@options.site_files
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
def list_sites(sites_folder: Path | None, as_json: bool) -> None:
    """List every outlet in a line."""
    from rich.table import Table

    from crawler.cli.console import emit, stdout_console
    from crawler.cli.outlets import chosen_sites, described

    sites = chosen_sites((), sites_folder)
    if as_json:
        for site in sites:
            emit(json.dumps(described(site), ensure_ascii=False))
        return
    table = Table("site", "name", "country", "language", "kind", "feeds", "sitemaps", "sections", box=None)
    for site in sites:
        places = (str(len(found)) for found in (site.feeds, site.sitemaps, site.sections))
        table.add_row(site.domain, site.name, site.country or "", site.language, site.kind or "", *places)
    stdout_console().print(table)


@command.command("show")
@click.argument("names", nargs=-1, required=True, metavar="SITE...")
@options.site_files
def show_sites(names: tuple[str, ...], sites_folder: Path | None) -> None:
    """Print what is known of an outlet, as JSON.

    \b
    redtop sites show her.ie
    """
    from crawler.cli.console import emit
    from crawler.cli.outlets import chosen_sites, described

    for site in chosen_sites(names, sites_folder):
        emit(json.dumps(described(site), ensure_ascii=False, indent=2))


@command.command("add")
@click.argument("outlet", metavar="DOMAIN")
@click.option(
    "--sites", "sites_folder", type=click.Path(path_type=Path, file_okay=False), envvar="REDTOP_SITES",
    show_envvar=True, default=Path("sites"), show_default=True, help="The folder that the file is written to.",
)  # fmt: skip
@options.fetching
@options.verbosity
@click.option("--sample", default=3, show_default=True, help="Articles to read.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
def add_site(
    outlet: str,
    sites_folder: Path,
    contact: str | None,
    allow_private: bool,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
    sample: int,
    force: bool,
) -> None:
    """Find out about an outlet (robots.txt, front page, feeds, sitemaps, a few articles) and write its file.

    Look the file over, add country, kind and timezone, and try it with `redtop sites check`.

    \b
    redtop sites add gossip.example --sites my-sites
    """
    from urllib.parse import urlsplit

    from crawler.cli.adding import add
    from crawler.logs import set_up_logging

    contact = options.needed_contact(contact, [outlet if "://" not in outlet else urlsplit(outlet).hostname or ""])
    set_up_logging(options.log_level(quiet, verbose), log_file)
    add(outlet, sites_folder, sample=sample, contact=contact, allow_private=allow_private, force=force, quiet=quiet)


@command.command("check")
@click.argument("names", nargs=-1, metavar="[SITE...]")
@options.site_files
@options.fetching
@options.verbosity
@click.option("--json", "as_json", is_flag=True, help="JSON lines instead of a table.")
@click.option("--sample", default=2, show_default=True, help="Articles to read at each outlet.")
def check_sites(
    names: tuple[str, ...],
    sites_folder: Path | None,
    contact: str | None,
    allow_private: bool,
    log_file: Path | None,
    verbose: int,
    quiet: bool,
    as_json: bool,
    sample: int,
) -> None:
    """Ask each outlet what its file says it has: robots.txt, feeds, sitemaps, sections, an article or two.

    For each place: how many articles of the outlet it lists, the newest time that it tells, and what is missed: a place
    that does not answer, that names nothing, or of whose addresses none is an article's (then look at `article_url` of
    the site file). Of an index the sitemap is read that a crawl would begin with. Exit status 1 where an outlet gave no
    article.

    \b
    redtop sites check her.ie tmz.com
    """
    from crawler.check import check
    from crawler.cli.checking import print_findings
    from crawler.cli.outlets import chosen_sites
    from crawler.logs import set_up_logging

    sites = chosen_sites(names, sites_folder)
    contact = options.needed_contact(contact, [host for site in sites for host in site.hosts])
    set_up_logging(options.log_level(quiet, verbose), log_file)
    findings = check(sites, sample=sample, contact=contact, allow_private=allow_private)
    if not print_findings(findings, as_json=as_json, quiet=quiet):
        sys.exit(1)
