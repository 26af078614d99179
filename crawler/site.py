"""One outlet, as its file describes it: `crawler/sites/<registrable domain>.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from extractors import SiteRules
from extractors.site import host_of, site_of

SHIPPED = Path(__file__).resolve().parent / "sites"
"""The folder of the files that come with the code."""
_TWIN = re.compile(r"^(?:www|m|mobile|amp)\.(?=.*\.)")


class SiteError(Exception):
    """A site file is wrong; the message is one line that names the file and the key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A place where an outlet lists its news."""

    url: str
    kind: str
    """`feed`, `section`, or of a sitemap `news`, `index` or `urlset`."""
    seen: str | None = None
    """Where it was seen that this place exists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of an outlet before anything is fetched."""

    domain: str
    """The registrable domain, also the name of the file."""
    name: str
    hosts: tuple[str, ...]
    """Host names that belong to it, in lower case, without ports; the first is where its front page stands."""
    language: str
    """Primary subtag."""
    country: str | None = None
    """ISO 3166-1 alpha-2."""
    kind: str | None = None
    """`celebrity`, `tabloid`, `entertainment`, …"""
    timezone: str | None = None
    """IANA zone of times that its pages write without one."""
    article_url: re.Pattern[str] | None = None
    """Searched in the path of an address; None: the shape of the address decides."""
    delay: float = 1.0
    """Seconds between the end of one request to a host and the start of the next; robots.txt may ask for more, and slow
    answers make it more (`crawler.throttle`), but where it is 0."""
    concurrency: int = 1
    """Requests to one host at a time."""
    interval: float = 1800.0
    """Seconds from one visit to the next, for `redtop crawl --due`."""
    browser: bool = False
    """Whether its articles and section pages are made by script, and so are read as a browser shows them."""
    limit: int | None = None
    """Article pages to ask for in one run; None: all that are due."""
    feeds: tuple[Listing, ...] = ()
    sitemaps: tuple[Listing, ...] = ()
    sections: tuple[Listing, ...] = ()
    rules: SiteRules = field(default_factory=SiteRules)

    @property
    def front_page(self) -> str:
        """Address of the front page: that of the first listed place on the first host, else `https://`."""
        for listing in (*self.feeds, *self.sitemaps, *self.sections):
            parts = urlsplit(listing.url)
            if parts.hostname == self.hosts[0]:
                return f"{parts.scheme}://{parts.netloc}/"
        return f"https://{self.hosts[0]}/"

    def owns(self, url: str) -> bool:
        """Whether an address belongs to this outlet: one of its hosts, or the mobile, AMP or `www` twin of one."""
        try:
            host = (urlsplit(url).hostname or "").rstrip(".").lower()
        except ValueError:
            return False
        return host in self.hosts or _plain_host(host) in {_plain_host(own) for own in self.hosts}


def _plain_host(host: str) -> str:
    return _TWIN.sub("", host)


def load_sites(*folders: Path | None) -> dict[str, Site]:
    """Read the shipped site files and those of other folders, by registrable domain; a later folder's count.

    Raises `SiteError` for the first file that is wrong and for a folder that does not exist.
    """
    sites: dict[str, Site] = {}
    for folder in (SHIPPED, *folders):
        sites |= load_folder(folder) if folder else {}
    return sites


def load_folder(folder: Path) -> dict[str, Site]:
    """Read every `*.toml` of one folder, and every `*/site.toml` below it, by registrable domain."""
    found = [read_site(file) for file in _files(folder)]
    return {site.domain: site for site in found}


def find_site(url: str, *folders: Path | None) -> Site | None:
    """Give the outlet that an address belongs to, reading only the files that speak of its domain.

    Chooses as `site_for` does among those of `load_sites`. Raises `SiteError` where such a file is wrong, and for a
    folder that does not exist.
    """
    domain = site_of(url)
    sites: dict[str, Site] = {}
    for folder in (SHIPPED, *folders):
        for file in _files(folder) if folder else ():
            text = _text(file)
            if domain and domain in text:
                site = _site(file, text)
                sites[site.domain] = site
    return site_for(sites, url)


def read_site(file: Path) -> Site:
    """Read one site file; raises `SiteError`."""
    return _site(file, _text(file))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise SiteError(f"{folder}: no such folder of site files")
    return [*sorted(folder.glob("*.toml")), *sorted(folder.glob("*/site.toml"))]


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise SiteError(f"{file}: cannot be read: {problem}") from problem


def _site(file: Path, text: str) -> Site:
    from crawler.site_file import parse_site

    site = parse_site(text, str(file))
    if file.name != "site.toml" and file.stem != site.domain:
        raise SiteError(f"{file}: hosts: {site.hosts[0]} belongs to {site.domain}, so the file is {site.domain}.toml")
    return site


def site_for(sites: Mapping[str, Site], url: str) -> Site | None:
    """Give the outlet that an address belongs to."""
    direct = sites.get(site_of(url) or "")
    if direct is not None:
        return direct
    return next((site for site in sites.values() if site.owns(url)), None)


class Outlets:
    """Outlets, found by the addresses of their pages; each host is looked up once."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self._sites = sites
        self._known: dict[str | None, Site | None] = {}

    def of(self, url: str) -> Site | None:
        """Give the outlet of an address."""
        host = host_of(url)
        if host not in self._known:
            self._known[host] = site_for(self._sites, url)
        return self._known[host]

    def rules(self, url: str) -> SiteRules | None:
        """Give the rules of the outlet of an address."""
        site = self.of(url)
        return site.rules if site else None
