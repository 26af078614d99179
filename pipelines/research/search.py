"""Articles by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from pipelines.research.filters import Conditions, QueryError, end_of, first_moment, phrase, understood
from pipelines.research.rows import typed

Order = Literal["rank", "date"]

_WEIGHTS = "8.0, 4.0, 1.0"
"""What a word in headline, standfirst and body counts for the rank."""
_ORDERS = {"rank": "score, article.id", "date": "article.published DESC, article.id DESC"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that has the words."""

    id: int
    url: str
    site: str
    headline: str | None
    published: str | None
    """As in the table: a moment with `Z`, or a day."""
    snippet: str
    """The words around the best place, each match between the two marks."""
    score: float
    """BM25, negative; the smaller the better."""


def search(
    db: Database,
    query: str,
    *,
    site: str | None = None,
    speaker: str | None = None,
    since: str | None = None,
    until: str | None = None,
    language: str | None = None,
    has: str | None = None,
    order: Order = "rank",
    limit: int = 20,
    offset: int = 0,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Find articles by an FTS5 query (https://sqlite.org/fts5.html#full_text_query_syntax).

    Args:
        db: of `open_reader`.
        query: words, phrases in double quotes, `prefix*`, AND, OR, NOT, NEAR(a b), `headline : word`.
        site: only of this outlet.
        speaker: only where somebody of this name, or part of a name, is quoted.
        since: only published in or after this year, month, day or moment.
        until: only published before the end of it.
        language: only in this language ("en").
        has: only with an embed of this provider ("instagram").
        order: by rank, or the newest first.
        limit: hits at most.
        offset: hits left out at the beginning.
        marks: put before and after each match in the snippet.

    Raises:
        QueryError: the query or a date cannot be read.
    """
    if not query.strip():
        raise QueryError("the query is empty")
    where = Conditions()
    where.add("article_fts MATCH ?", query)
    where.add("article.site = ?", site and site.lower())
    where.add("article.language = ?", language and language.lower())
    where.add("article.published >= ?", first_moment(since))
    where.add("article.published < ?", end_of(until))
    where.add("EXISTS (SELECT 1 FROM embed WHERE article_id = article.id AND provider = ?)", has and has.lower())
    where.add(
        "article.id IN (SELECT article_id FROM quote JOIN quote_fts ON quote_fts.rowid = quote.id "
        "WHERE quote_fts MATCH ?)",
        speaker and f"speaker : {phrase(speaker)}",
    )
    # The snippet is made of the rows that are shown, not of every row that matches.
    sql = (
        f"WITH hit AS (SELECT article.id, bm25(article_fts, {_WEIGHTS}) AS score FROM article_fts "
        f"JOIN article ON article.id = article_fts.rowid WHERE {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?) "
        "SELECT article.id, article.url, article.site, article.headline, article.published, "
        "snippet(article_fts, -1, ?, ?, '…', 24) AS snippet, hit.score FROM hit "
        "JOIN article_fts ON article_fts.rowid = hit.id JOIN article ON article.id = hit.id "
        f"WHERE article_fts MATCH ? ORDER BY {_ORDERS[order]}"
    )
    with understood(query):
        return typed(Hit, db.conn.execute(sql, [*where.values, limit, offset, *marks, query]))
