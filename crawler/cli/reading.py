"""From a source's bytes to its record, with the outlet's rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli.sources import Source
from extractors import Article, SiteRules, extract, extract_text
from extractors.recipe import extract_any_page
from extractors.site import host_of

if TYPE_CHECKING:
    from crawler.site import Site


@dataclass(frozen=True)
class Reading:
    """How `redtop extract` reads its sources."""

    url: str | None
    fetched_at: datetime | None
    force: bool
    sites_folder: Path | None

    _known: dict[str | None, Site | None] = field(default_factory=dict, repr=False)

    def outlets(self, names: Iterable[str]) -> dict[str, Site]:
        """Give the outlets of those names that are addresses, by registrable domain."""
        found = (self._outlet(name) for name in names if "://" in name)
        return {site.domain: site for site in found if site}

    def read(self, source: Source) -> Article:
        """Read one source. Raises `ExtractionError` where it gives no record."""
        url = self.url or source.url
        fetched_at = self.fetched_at or source.fetched_at
        if source.is_text:
            return extract_text(source.text, url=url, fetched_at=fetched_at)
        call = extract_any_page if self.force else extract
        return call(source.data, url=url, fetched_at=fetched_at, rules=self._rules(url), charset=source.charset)

    def _rules(self, url: str | None) -> SiteRules | None:
        site = self._outlet(url) if url else None
        return site.rules if site else None

    def _outlet(self, url: str) -> Site | None:
        """Give the outlet of an address, its file read once. Raises `click.ClickException` where that is wrong."""
        from crawler.cli.outlets import known_site

        host = host_of(url)
        if host not in self._known:
            self._known[host] = known_site(url, self.sites_folder)
        return self._known[host]
