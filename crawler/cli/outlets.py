"""The outlets that a command works with, chosen by the person."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from extractors.serial import plain

if TYPE_CHECKING:
    from crawler.site import Site


def known_sites(folder: Path | None) -> dict[str, Site]:
    """Give the shipped outlets and those of the person's own folder, whose files win, by registrable domain."""
    from crawler.site import SiteError, load_sites

    try:
        return load_sites(folder)
    except SiteError as problem:
        raise click.ClickException(str(problem)) from None


def known_site(url: str, folder: Path | None) -> Site | None:
    """Give the outlet that an address belongs to; other outlets' files are not read."""
    from crawler.site import SiteError, find_site

    try:
        return find_site(url, folder)
    except SiteError as problem:
        raise click.ClickException(str(problem)) from None


def domain_of(name: str) -> str:
    """Give the registrable domain of an outlet that a person named by domain, host or address."""
    from extractors.site import site_of

    return site_of(name if "://" in name else f"http://{name}") or name


def chosen_sites(names: tuple[str, ...], folder: Path | None) -> list[Site]:
    """Give the named outlets (domain, host or address), or all of them; an unknown one is wrong usage."""
    from difflib import get_close_matches

    sites = known_sites(folder)
    if not names:
        return list(sites.values())
    chosen: dict[str, Site] = {}
    for name in names:
        domain = domain_of(name)
        if domain not in sites:
            near = get_close_matches(domain, sites, n=1)
            hint = f" Did you mean {near[0]}?" if near else " `redtop sites list` names them."
            raise click.UsageError(f"no outlet {name!r} is known.{hint}")
        chosen[domain] = sites[domain]
    return list(chosen.values())


def described(site: Site) -> dict[str, Any]:
    """Give what is known of an outlet as plain JSON types, what is empty left out."""
    pattern = site.article_url.pattern if site.article_url else None
    record = plain(replace(site, article_url=None)) | {"article_url": pattern}
    record["rules"] = {name: value for name, value in record["rules"].items() if value}
    return {name: value for name, value in record.items() if value not in (None, [], {})}
