"""From a source's bytes to its record, with the outlet's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.cli.sources import Source
from extractors import Article, SiteRules, extract, extract_text
from extractors.recipe import extract_any_page

if TYPE_CHECKING:
    from crawler.site import Site


@dataclass(frozen=True)
class Reading:
    """How `redtop extract` reads its sources."""

    url: str | None
    fetched_at: datetime | None
    force: bool
    sites_folder: Path | None

    @cached_property
    def sites(self) -> Mapping[str, Site]:
        """The outlets by registrable domain. Raises `click.ClickException` for a wrong site file."""
        from crawler.cli.outlets import known_sites

        return known_sites(self.sites_folder)

    def read(self, source: Source) -> Article:
        """Read one source. Raises `ExtractionError` where it gives no record."""
        url = self.url or source.url
        fetched_at = self.fetched_at or source.fetched_at
        if source.is_text:
            return extract_text(source.text, url=url, fetched_at=fetched_at)
        call = extract_any_page if self.force else extract
        return call(source.data, url=url, fetched_at=fetched_at, rules=self._rules(url), charset=source.charset)

    def _rules(self, url: str | None) -> SiteRules | None:
        from crawler.site import site_for

        site = site_for(self.sites, url) if url else None
        return site.rules if site else None
