"""The pages of articles that stand on several.

Each page is kept as it was read, in every state it was in. The article's record is their join, made anew whenever one
of them comes, so that it is the same in whatever order they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from sqlite_utils import Database

from extractors import Article
from extractors.address import url_key
from extractors.join import adds, continues, join
from extractors.paging import MAX_PAGES, Paging
from pipelines.address import is_plain
from pipelines.record import pack, unpack
from pipelines.revisions import Reading, changed_fields

Kept = Literal["first", "changed", "same", "older"]
"""What a page was to those known: the first of its address; a later state; nothing new; an earlier state."""


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """One page in one state."""

    id: int
    key: str
    url: str
    next_key: str | None
    next_url: str | None
    fetched_at: str
    article: Article
    page_digest: bytes
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Chain:
    """The pages of an article, from the first on, as far as they are known."""

    pages: tuple[ArticlePage, ...]
    missing: str | None
    """The address of the page that is named as the following one and was never received."""

    def joined(self, first: Article | None = None) -> Article:
        """Make the article's record, with another reading of the first page if there is one."""
        articles = [page.article for page in self.pages]
        if first is not None:
            articles[:1] = [first]
        return join(articles) if len(articles) > 1 else articles[0]


def keep_page(db: Database, site: str, url: str, paging: Paging, reading: Reading) -> Kept:
    """Write a page down where it is new or says something else than before."""
    first_key, key = url_key(paging.first), url_key(url)
    known = list(_states(db, site, first_key, key))
    if not known:
        insert_page(db, site, first_key, url, paging, reading)
        return "first"
    if is_plain(known[-1].url) and not is_plain(url):
        return "same"  # a twin of the page adds nothing
    before = [state for state in known if state.fetched_at <= reading.fetched_at]
    after = [state for state in known if state.fetched_at > reading.fetched_at]
    if before and _says_the_same(before[-1], paging, reading):
        if (before[-1].page_digest, before[-1].extractor_version) != (reading.page_digest, reading.extractor_version):
            replace_page(db, before[-1], paging, reading)
        return "same"
    if after and _says_the_same(after[0], paging, reading):
        db.conn.execute("UPDATE article_page SET fetched_at = ? WHERE id = ?", [reading.fetched_at, after[0].id])
        return "same"
    insert_page(db, site, first_key, url, paging, reading)
    return "older" if after else "changed"


def chain(db: Database, site: str, first_key: str, before: str | None = None) -> Chain | None:
    """Give the pages of an article as they were before a moment, or are now; None where its first one is not known.

    A page that was first received later stands in for itself. The chain ends at a page that is of another article or
    adds nothing, as where an outlet answers every number with the last page.
    """
    rows: dict[str, ArticlePage] = {}
    for state in _states(db, site, first_key):
        if state.key not in rows or before is None or state.fetched_at < before:
            rows[state.key] = state
    page = rows.get(first_key)
    if page is None:
        return None
    pages = [page]
    while page.next_key is not None and len(pages) < MAX_PAGES:
        following = rows.get(page.next_key)
        if following is None:
            return Chain(tuple(pages), page.next_url)
        before_it = [one.article for one in pages]
        if (
            following in pages
            or not continues(pages[0].article, following.article)
            or not adds(before_it, following.article)
        ):
            break
        pages.append(following)
        page = following
    return Chain(tuple(pages), None)


def page_addresses(db: Database, article_id: int) -> list[str]:
    """Give the addresses of the pages that an article was joined of, in order; none where it stands on one."""
    site, read = db.conn.execute("SELECT site, read_from FROM article WHERE id = ?", [article_id]).fetchone()
    known = chain(db, site, url_key(read))
    return [page.url for page in known.pages] if known else []


def is_paged(db: Database, site: str, first_key: str) -> bool:
    """Whether an article is known to stand on several pages."""
    found = db.conn.execute("SELECT 1 FROM article_page WHERE site = ? AND first_key = ?", [site, first_key])
    return found.fetchone() is not None


def further_pages(db: Database, version: str | None) -> list[tuple[str, str, ArticlePage]]:
    """Give the outlet, the key of the article and the page of every page but first ones that another program read.

    Args:
        db: open.
        version: of the program whose readings are left out; None: of nobody.
    """
    rows = db.conn.execute(
        f"SELECT {_COLUMNS}, site, first_key FROM article_page WHERE key <> first_key "
        "AND (?1 IS NULL OR extractor_version <> ?1) ORDER BY id",
        [version],
    ).fetchall()
    return [(site, first_key, _page(row)) for *row, site, first_key in rows]


def replace_page(db: Database, old: ArticlePage, paging: Paging | None, reading: Reading) -> None:
    """Put another reading of the same state in place of an earlier one; when it was first seen stays."""
    following = paging.next if paging else old.next_url
    db.conn.execute(
        "UPDATE article_page SET (next_key, next_url, fetched_at, headline, body, record, page_digest, "
        "extractor_version) = (?,?,?,?,?,?,?,?) WHERE id = ?",
        [*_values(following, replace(reading, fetched_at=min(old.fetched_at, reading.fetched_at))), old.id],
    )


_COLUMNS = "id, key, url, next_key, next_url, fetched_at, headline, body, record, page_digest, extractor_version"


def _states(db: Database, site: str, first_key: str, key: str | None = None) -> Iterator[ArticlePage]:
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM article_page WHERE site = ?1 AND first_key = ?2 AND (?3 IS NULL OR key = ?3) "
        "ORDER BY fetched_at, id",
        [site, first_key, key],
    )
    return map(_page, rows.fetchall())


def _page(row: list[object]) -> ArticlePage:
    number, key, url, next_key, next_url, at, headline, body, record, digest, version = row
    article = unpack(str(record), None if headline is None else str(headline), str(body))
    return ArticlePage(number, key, url, next_key, next_url, at, article, digest, version)  # type: ignore[arg-type]


def _says_the_same(state: ArticlePage, paging: Paging, reading: Reading) -> bool:
    following = url_key(paging.next) if paging.next else None
    return state.page_digest == reading.page_digest or (
        following == state.next_key and not changed_fields(state.article, reading.article)
    )


def insert_page(db: Database, site: str, first_key: str, url: str, paging: Paging, reading: Reading) -> None:
    """Write a page down as it was read, whatever is known of it already."""
    db.conn.execute(
        "INSERT INTO article_page (site, first_key, key, url, next_key, next_url, fetched_at, headline, body, record, "
        "page_digest, extractor_version) VALUES (?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING",
        [site, first_key, url_key(url), url, *_values(paging.next, reading)],
    )


def _values(following: str | None, reading: Reading) -> list[object]:
    return [
        url_key(following) if following else None, following, reading.fetched_at, reading.article.headline,
        reading.article.text, pack(reading.article), reading.page_digest, reading.extractor_version,
    ]  # fmt: skip
