"""What became of one fetched page: the item that the crawler hands to the pipelines."""

from __future__ import annotations

from dataclasses import dataclass

from extractors import Article
from extractors.paging import Paging
from pipelines.features import Features
from pipelines.page import ArchivePlace, Page

WITHHELD = "asks robots not to keep it"
"""How the error of a page begins that its outlet does not want to be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A page, what was understood of it, and where its bytes lie."""

    page: Page
    site: str
    crawl_id: int | None = None
    article: Article | None = None
    """None of a page that is no article or could not be read; `error` says why."""
    features: Features | None = None
    """What the article is recognised by, where whoever read it has looked already; None: looked for when it is
    stored."""
    paging: Paging | None = None
    """Where the page stands among those of its article; None of an only one."""
    refused: str | None = None
    """Why a page that is not the first of its article would be none by itself, in one line."""
    archive: ArchivePlace | None = None
    error: str | None = None
    """One line for a person."""
    extractor_version: str | None = None
    """Which redtop read the page; None means the running one."""
    previous: Article | None = None
    """The last archived page of this address, read by the same extractors; needed only where the stored record was
    read by others, so that a difference between extractors is not taken for a change of the article."""
