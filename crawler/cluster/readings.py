"""Single pages as they were read, in a shard: what a worker writes and the command reads back."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlite_utils import Database

from crawler.worker import ReadPage, Unread
from extractors.address import url_key
from extractors.paging import Paging
from extractors.serial import iso
from extractors.site import site_of
from pipelines.fetches import insert_fetch
from pipelines.outcome import Outcome
from pipelines.page import Page
from pipelines.pages import insert_page
from pipelines.record import unpack, whole_characters
from pipelines.revisions import Reading, page_digest
from pipelines.version import program_version

Key = tuple[str, str, int]
"""Address, time and length of a page: what tells it from every other one of an archive."""


def key_of(page: Page) -> Key:
    """Give what a page is found by."""
    return page.url, iso(page.fetched_at), len(page.body)


def keep(db: Database, page: Page, found: ReadPage | Unread) -> None:
    """Write down how a page was read, in the caller's transaction: an answer, and the page by itself."""
    site = site_of(page.url) or ""
    if isinstance(found, Unread):
        outcome = Outcome(page=page, site=site, error=found.reason)
        insert_fetch(db, outcome, None, "not_article" if found.is_other_page else "failed")
        return
    outcome = Outcome(page=page, site=site, error=found.refused)
    insert_fetch(db, outcome, None, "page" if found.paging else "new")
    paging = found.paging or Paging(page.url, None, is_first=True)
    article = whole_characters(found.article)
    reading = Reading(article, iso(page.fetched_at), page_digest(page.body), program_version())
    insert_page(db, site, url_key(paging.first), page.url, paging, reading)


class ReadShard:
    """The shard of a unit, open for reading. Raises `sqlite3.Error` wherever it is damaged."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, check_same_thread=False)

    def places(self) -> list[tuple[Key, int]]:
        """Give what tells each of its pages, and its number."""
        ((told,),) = self._connection.execute("PRAGMA quick_check(1)").fetchall()
        if told != "ok":
            raise sqlite3.DatabaseError(told)
        rows = self._connection.execute("SELECT url, fetched_at, bytes, id FROM fetch ORDER BY id")
        return [((url, at, size), number) for url, at, size, number in rows]

    def read(self, number: int) -> ReadPage | Unread:
        """Give how a page was read."""
        sql = (
            "SELECT fetch.url, result, error, first_key, key, next_url, record, headline, body "
            "FROM fetch LEFT JOIN article_page ON article_page.url = fetch.url "
            "AND article_page.fetched_at = fetch.fetched_at WHERE fetch.id = ?"
        )
        url, result, error, first, key, following, record, headline, body = self._connection.execute(
            sql, [number]
        ).fetchone()
        if record is None:
            return Unread(error or "unreadable", is_other_page=result == "not_article")
        paging = None
        if result == "page":
            paging = Paging(url if first == key else f"https://{first}", following, is_first=first == key)
        return ReadPage(unpack(record, headline, body), paging, error)

    def close(self) -> None:
        """Close it."""
        self._connection.close()
