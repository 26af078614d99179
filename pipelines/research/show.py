"""Everything about one article."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from extractors import Article
from extractors.canonical import url_key
from pipelines.page import ArchivePlace
from pipelines.research.filters import QueryError
from pipelines.research.rows import typed
from pipelines.revisions import revisions_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLink:
    """Another article, by what tells it apart."""

    id: int
    url: str
    site: str
    headline: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """A state that the article went through."""

    number: int
    fetched_at: str
    headline: str | None
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article, and what the database knows beside its record."""

    id: int
    url: str
    site: str
    article: Article
    """The record, as it was read last."""
    first_seen: str
    last_fetched: str
    gone_at: str | None
    extractor_version: str
    story_id: int | None
    story_articles: int
    """How many articles the story has, this one among them."""
    agency: str | None
    """The agency whose copy it prints."""
    agency_by: str | None
    """`credit` where the article says so, `text` where it has the text of one that does."""
    revisions: tuple[RevisionRow, ...]
    copy_of: ArticleLink | None
    copies: tuple[ArticleLink, ...]
    """What names this article as its original, the earliest first."""
    archive: ArchivePlace | None
    """Where the page last received with a body lies."""


def show(db: Database, which: int | str) -> ArticleView:
    """Give everything about an article.

    Args:
        db: of `open_reader`.
        which: its id, as number or digits, or any of its addresses.

    Raises:
        QueryError: there is no such article.
    """
    article_id = article_id_of(db, which)
    row = db.conn.execute(
        "SELECT url, site, first_seen, last_fetched, gone_at, extractor_version, story_id, copy_of, agency, agency_by, "
        "(SELECT articles FROM story WHERE story.id = story_id) FROM article WHERE id = ?",
        [article_id],
    ).fetchone()
    if row is None:
        raise QueryError(f"no article {which}")
    url, site, first_seen, last_fetched, gone_at, version, story_id, copy_of, agency, agency_by, together = row
    states = revisions_of(db, article_id)
    originals = _links(db, "id = ?", copy_of)
    return ArticleView(
        id=article_id,
        url=url,
        site=site,
        article=states[-1].article,
        first_seen=first_seen,
        last_fetched=last_fetched,
        gone_at=gone_at,
        extractor_version=version,
        story_id=story_id,
        story_articles=together or 1,
        agency=agency,
        agency_by=agency_by,
        revisions=tuple(
            RevisionRow(
                number=state.number, fetched_at=state.fetched_at, headline=state.article.headline, changed=state.changed
            )
            for state in states
        ),
        copy_of=originals[0] if originals else None,
        copies=_links(db, "copy_of = ?", article_id),
        archive=_archive(db, article_id),
    )


def article_id_of(db: Database, which: int | str) -> int:
    """Give the id of an article by its id, which need not exist, or by any of its addresses.

    Raises:
        QueryError: no article is known at this address.
    """
    if isinstance(which, int) or (which.isascii() and which.isdigit() and len(which) < 19):
        return int(which)
    found = db.conn.execute("SELECT min(id) FROM article WHERE url = ?", [which]).fetchone()[0]
    if found is None:
        row = db.conn.execute("SELECT article_id FROM article_address WHERE key = ?", [url_key(which)]).fetchone()
        found = row and row[0]
    if found is None:
        raise QueryError(f"no article at {which}")
    return int(found)


def _links(db: Database, where: str, value: int | None) -> tuple[ArticleLink, ...]:
    sql = f"SELECT id, url, site, headline, published FROM article WHERE {where} ORDER BY published, id"
    return tuple(typed(ArticleLink, db.conn.execute(sql, [value])))


def _archive(db: Database, article_id: int) -> ArchivePlace | None:
    if not db["fetch"].exists():  # a copy made for publishing
        return None
    row = db.conn.execute(
        "SELECT archive_file, archive_offset FROM fetch WHERE article_id = ? AND archive_file IS NOT NULL "
        "AND result IN ('new', 'changed', 'unchanged') AND status <> 304 ORDER BY fetched_at DESC, id DESC LIMIT 1",
        [article_id],
    ).fetchone()
    return ArchivePlace(file=row[0], offset=row[1]) if row else None
