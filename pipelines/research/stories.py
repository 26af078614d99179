"""Articles on one event: which there are, and how one of them ran."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlite_utils import Database

from pipelines.precedence import in_order
from pipelines.research.filters import (
    PERSON,
    Conditions,
    QueryError,
    end_of,
    first_moment,
    full_text,
    person_key,
    understood,
)
from pipelines.research.rows import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story at a glance."""

    id: int
    headline: str | None
    """Of the article that had it first."""
    first_site: str
    """The outlet that had it first."""
    first_published: str | None
    last_published: str | None
    first_by: str
    """`published`, or `first_seen` where the times of publication leave open who was first."""
    articles: int
    sites: int
    confidence: float
    """From 0 to 1: how sure the grouping is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """An article of a story, in the order of who had it first."""

    id: int
    site: str
    headline: str | None
    url: str
    published: str | None
    published_precision: str | None
    first_seen: str
    copy_of: int | None
    agency: str | None
    agency_by: str | None
    """`credit` where the article says so, `text` where it has the text of one that does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationRow:
    """An outlet that an article of a story cites."""

    article_id: int
    site: str
    outlet: str
    cited_site: str | None
    told_it: bool
    """Whether the cited outlet has an article in this story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairRow:
    """Two articles that hold a story together."""

    article_id: int
    other_id: int
    score: float
    reasons: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody in a story."""

    id: int
    name: str
    articles: int
    """Of the story."""
    quotes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story, and everything that the database knows of it."""

    story: StoryRow
    articles: tuple[StoryArticle, ...]
    """In the order of who had it first."""
    people: tuple[PersonRow, ...]
    citations: tuple[CitationRow, ...]
    links: tuple[PairRow, ...]


_COLUMNS = (
    "story.id, story.headline, article.site AS first_site, story.first_published, story.last_published, "
    "story.first_by, story.articles, story.sites, story.confidence"
)
_FROM = "FROM story JOIN article ON article.id = story.first_article_id"


def stories(
    db: Database,
    *,
    query: str | None = None,
    site: str | None = None,
    person: str | None = None,
    since: str | None = None,
    until: str | None = None,
    min_articles: int = 1,
    min_sites: int = 1,
    limit: int | None = None,
    offset: int = 0,
) -> list[StoryRow]:
    """Find stories, those that began last first.

    Args:
        db: of `open_reader`.
        query: an FTS5 query; stories of which an article has the words.
        site: stories that this outlet told.
        person: stories in which somebody of this name, or of whole words of it, is quoted or named.
        since: begun in or after this year, month, day or moment; an undated story began when it was first seen.
        until: begun before the end of it.
        min_articles: articles at least.
        min_sites: outlets at least.
        limit: rows at most; None: all.
        offset: rows left out at the beginning.

    Raises:
        QueryError: the query or a date cannot be read.
    """
    query = None if query is None else full_text(query)
    where = Conditions()
    where.add("story.articles >= ?", min_articles if min_articles > 1 else None)
    where.add("story.sites >= ?", min_sites if min_sites > 1 else None)
    for comparison, moment in ((">=", first_moment(since)), ("<", end_of(until))):
        # Of stories with a date the article's row, which is a long one, is not read.
        began = f"story.first_published {comparison} ?"
        where.add(f"({began} OR story.first_published IS NULL AND article.first_seen {comparison} ?)", moment, moment)
    members = "story.id IN (SELECT story_id FROM article WHERE "
    where.add(f"{members}site = ?)", site and site.lower())
    where.add(f"{members}id IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?))", query)
    where.add(f"{members}id IN (SELECT article_id FROM article_person WHERE {PERSON}))", person_key(person))
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} ORDER BY story.first_published DESC, story.id DESC LIMIT ? OFFSET ?"
    with understood(query):
        return typed(StoryRow, db.conn.execute(sql, [*where.values, -1 if limit is None else limit, offset]))


def story(db: Database, story_id: int) -> StoryView:
    """Give everything about a story.

    Args:
        db: of `open_reader`.
        story_id: its id, or one that it had before it was merged with another.

    Raises:
        QueryError: there is no such story.
    """
    found = db.conn.execute("SELECT story_id FROM story_redirect WHERE old_id = ?", [story_id]).fetchone()
    now = found[0] if found else story_id
    rows = typed(StoryRow, db.conn.execute(f"SELECT {_COLUMNS} {_FROM} WHERE story.id = ?", [now]))
    if not rows:
        raise QueryError(f"no story {story_id}")
    articles = _articles(db, now)
    return StoryView(
        story=rows[0],
        articles=articles,
        people=tuple(typed(PersonRow, db.conn.execute(_PEOPLE, [now]))),
        citations=tuple(
            CitationRow(article_id=number, site=site, outlet=outlet, cited_site=cited, told_it=bool(told))
            for number, site, outlet, cited, told in db.conn.execute(_CITATIONS, [now])
        ),
        links=_links(db, articles),
    )


_PEOPLE = """
SELECT person.id, person.name, count(*) AS articles, sum(article_person.quotes) AS quotes
FROM article JOIN article_person ON article_person.article_id = article.id JOIN person ON person.id = person_id
WHERE article.story_id = ? GROUP BY person.id ORDER BY articles DESC, quotes DESC, person.name
"""
_CITATIONS = """
SELECT DISTINCT article_id, site, outlet, cited_site,
    EXISTS (SELECT 1 FROM article WHERE article.story_id = story_citation.story_id AND article.site = cited_site)
FROM story_citation WHERE story_id = ? ORDER BY article_id, outlet
"""


def _articles(db: Database, story_id: int) -> tuple[StoryArticle, ...]:
    rows = typed(
        StoryArticle,
        db.conn.execute(
            "SELECT id, site, headline, url, published, published_precision, first_seen, copy_of, agency, agency_by "
            "FROM article WHERE story_id = ?",
            [story_id],
        ),
    )
    by_id = {row.id: row for row in rows}
    return tuple(by_id[each.id] for each in sorted(in_order(db, list(by_id))))


def _links(db: Database, articles: tuple[StoryArticle, ...]) -> tuple[PairRow, ...]:
    rows = db.conn.execute(
        "SELECT article_id, other_id, score, reasons FROM story_link "
        "WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY score DESC, article_id, other_id",
        [json.dumps([article.id for article in articles])],
    )
    return tuple(
        PairRow(article_id=one, other_id=other, score=score, reasons=json.loads(reasons))
        for one, other, score, reasons in rows
    )
