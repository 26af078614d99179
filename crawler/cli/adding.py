"""`redtop sites add`: what a probe found, as a file and as a few lines for a person."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from crawler.cli.console import note
from crawler.fetch import FetchError
from crawler.probe import Probe, probe
from crawler.site_file import parse_site
from crawler.site_text import site_text
from crawler.whole_file import WholeFile


def add(
    outlet: str,
    folder: Path,
    *,
    sample: int,
    contact: str | None,
    allow_private: bool,
    force: bool,
    quiet: bool,
) -> None:
    """Probe an outlet and write its file into a folder; raises `click.ClickException` where that is not possible."""
    day = datetime.now(UTC).date().isoformat()
    try:
        found = probe(outlet, day=day, sample=sample, contact=contact, allow_private=allow_private)
    except FetchError as problem:
        raise click.ClickException(str(problem)) from None
    path = folder / f"{found.site.domain}.toml"
    if path.exists() and not force:
        raise click.ClickException(f"{path} is there already (--force writes over it)")
    text = site_text(found.site)
    parse_site(text, str(path))
    with WholeFile(path) as file:
        file.write(text)
    if not quiet:
        _tell(found, path)


def _tell(found: Probe, path: Path) -> None:
    for place in (*found.site.feeds, *found.site.sitemaps):
        what = "sitemaps" if place.kind == "index" else "articles"
        note(f"{place.kind:8} {found.counts.get(place.url, 0):5} {what}  {place.url}")
    for article in found.articles:
        missing = [name for name in ("headline", "published", "authors", "body") if not getattr(article, name)]
        note(f"article  {article.headline or article.url}" + (f"  (no {', no '.join(missing)})" if missing else ""))
    for line in found.problems:
        note(f"problem  {line}")
    if not found.site.feeds and not found.site.sitemaps:
        note("neither feed nor sitemap was found; a crawl will read the front page")
    note(f"wrote {path}; look it over, then: redtop sites check {found.site.domain} --sites {path.parent}")
