"""What became of one fetched page: the item that the crawler hands to the pipelines."""

from __future__ import annotations

from dataclasses import dataclass

from extractors import Article
from pipelines.page import ArchivePlace, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A page, what was understood of it, and where its bytes lie."""

    page: Page
    site: str
    crawl_id: int | None = None
    article: Article | None = None
    """None of a page that is no article or could not be read; `error` says why."""
    archive: ArchivePlace | None = None
    error: str | None = None
    """One line for a person."""
