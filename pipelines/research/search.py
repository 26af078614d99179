"""Articles by their words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlite_utils import Database

from pipelines.research.filters import QueryError, full_text, understood
from pipelines.research.rows import typed
from pipelines.research.selection import Selection, conditions, speaking

Order = Literal["rank", "date"]

_WEIGHTS = "8.0, 4.0, 1.0"
"""What a word in headline, standfirst and body counts for the rank."""
_ORDERS = {"rank": "score, article.id", "date": "article.published DESC, article.id DESC"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was looked for."""

    id: int
    url: str
    site: str
    headline: str | None
    published: str | None
    """As in the table: a moment with `Z`, or a day."""
    snippet: str
    """The words around the best place, each match between the two marks; without a query the first words."""
    score: float | None
    """BM25, negative; the smaller the better; None without a query."""


def search(
    db: Database,
    only: Selection,
    *,
    order: Order = "rank",
    limit: int = 20,
    offset: int = 0,
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """Find articles.

    Args:
        db: of `open_reader`.
        only: which; at least one condition.
        order: by rank, or the newest first; without a query always the newest first.
        limit: hits at most.
        offset: hits left out at the beginning.
        marks: put before and after each match in the snippet.

    Raises:
        QueryError: nothing is asked for, or the query or a date cannot be read.
    """
    if not only:
        raise QueryError("nothing is asked for: give words, or a filter such as --site")
    source, values = selected(only)
    if only.query is None:
        return _dated(db, source, [*values, limit, offset])
    query = full_text(only.query)
    # The snippet is made of the rows that are shown, not of every row that matches.
    sql = (
        f"WITH hit AS (SELECT article.id, bm25(article_fts, {_WEIGHTS}) AS score {source} "
        f"ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?) "
        "SELECT article.id, article.url, article.site, article.headline, article.published, "
        "snippet(article_fts, -1, ?, ?, '…', 24) AS snippet, hit.score FROM hit "
        "CROSS JOIN article_fts ON article_fts.rowid = hit.id CROSS JOIN article ON article.id = hit.id "
        f"WHERE article_fts MATCH ? ORDER BY {_ORDERS[order]}"
    )
    with understood(query):
        return typed(Hit, db.conn.execute(sql, [*values, limit, offset, *marks, query]))


def count(db: Database, only: Selection) -> int:
    """Count the articles of a selection.

    Raises:
        QueryError: the query or a date cannot be read.
    """
    source, values = selected(only)
    with understood(only.query):
        return int(db.conn.execute(f"SELECT count(*) {source}", values).fetchone()[0])


def selected(only: Selection) -> tuple[str, list[object]]:
    """Give a selection as the FROM and WHERE of a query over `article`, and the values for its places.

    Full text comes first: asked article by article it would be read from its beginning each time.

    Raises:
        QueryError: the query or a date cannot be read.
    """
    where = conditions(only)
    where.add(
        "+article.id IN (SELECT article_id FROM quote WHERE id IN "
        "(SELECT rowid FROM quote_fts WHERE quote_fts.speaker MATCH ?))",
        speaking(only.speakers),
    )
    if only.query is None:
        return f"FROM article WHERE {where}", where.values
    source = (
        f"FROM article_fts CROSS JOIN article ON article.id = article_fts.rowid WHERE article_fts MATCH ? AND {where}"
    )
    return source, [full_text(only.query), *where.values]


def _dated(db: Database, source: str, values: list[object]) -> list[Hit]:
    sql = (
        "SELECT article.id, article.url, article.site, article.headline, article.published, "
        "CASE WHEN length(article.body) > 160 THEN substr(article.body, 1, 159) || '…' ELSE article.body END "
        f"AS snippet, NULL AS score {source} ORDER BY {_ORDERS['date']} LIMIT ? OFFSET ?"
    )
    with understood(None):
        return typed(Hit, db.conn.execute(sql, values))
