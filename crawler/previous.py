"""The last archived page of an article, read by today's extractors.

Where the stored record was read by other ones, the two readings are compared, so that a change of the extractors is
not taken for a change of the article.
"""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database

from crawler.archive_files import ArchiveError, read_page
from crawler.worker import Unread
from crawler.workers import Workers
from extractors import Article, SiteRules
from pipelines.page import ArchivePlace, Page
from pipelines.version import program_version


async def previous_reading(
    reader: Database, archive_folder: Path, workers: Workers, page: Page, rules: SiteRules | None
) -> Article | None:
    """Read the page of an article that was fetched before this one; None where that is not needed or not possible."""
    row = reader.conn.execute(
        "SELECT fetch.archive_file, fetch.archive_offset FROM fetch JOIN article ON article.id = fetch.article_id "
        "WHERE fetch.url = ? AND fetch.status = 200 AND fetch.archive_file IS NOT NULL "
        "AND article.extractor_version <> ? ORDER BY fetch.id DESC LIMIT 1",
        [page.url, program_version()],
    ).fetchone()
    if row is None:
        return None
    try:
        earlier = read_page(archive_folder, ArchivePlace(file=row[0], offset=row[1]))
    except ArchiveError:
        return None
    read = await workers.extract(earlier, rules)
    return None if isinstance(read, Unread) else read.article
