"""Who said what."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import get_args

from sqlite_utils import Database

from extractors.article import SpeakerKind
from pipelines.research.filters import Conditions, QueryError, end_of, first_moment, phrase, understood
from pipelines.research.rows import typed


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """A quotation, and the article it stands in."""

    id: int
    text: str
    speaker: str | None
    speaker_kind: str | None
    principal: str | None
    mention: str | None
    cue: str | None
    site: str
    published: str | None
    article_id: int
    headline: str | None
    url: str


_SELECT = "SELECT " + ", ".join(
    f"article.{field.name}" if field.name in ("headline", "url") else f"quote.{field.name}"
    for field in fields(QuoteRow)
)


def quotes(
    db: Database,
    *,
    speaker: str | None = None,
    kind: str | None = None,
    site: str | None = None,
    since: str | None = None,
    until: str | None = None,
    query: str | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[QuoteRow]:
    """Find quotations, the newest first, those of one article in the text's order.

    Args:
        db: of `open_reader`.
        speaker: a name or part of one, in whole words: "Kunis" finds what Mila Kunis said.
        kind: of speaker: person, group, representative, anonymous, organisation, outlet or document.
        site: the outlet.
        since: published in or after this year, month, day or moment.
        until: published before the end of it.
        query: an FTS5 query for the words of the quotation.
        limit: rows at most; None: all.
        offset: rows left out at the beginning.

    Raises:
        QueryError: the kind, the query or a date cannot be read.
    """
    if kind is not None and kind not in get_args(SpeakerKind):
        raise QueryError(f"{kind!r} is no kind of speaker: {', '.join(get_args(SpeakerKind))}")
    if query is not None and not query.strip():
        raise QueryError("the query is empty")
    where = Conditions()
    found = "quote.id IN (SELECT rowid FROM quote_fts WHERE quote_fts MATCH ?)"
    where.add(found, speaker and f"speaker : {phrase(speaker)}")
    where.add(found, query and f"text : ({query})")
    where.add("quote.speaker_kind = ?", kind)
    where.add("quote.site = ?", site and site.lower())
    where.add("quote.published >= ?", first_moment(since))
    where.add("quote.published < ?", end_of(until))
    with understood(query):
        return _rows(
            db,
            f"WHERE {where} ORDER BY quote.published DESC, quote.article_id DESC, quote.position LIMIT ? OFFSET ?",
            [*where.values, -1 if limit is None else limit, offset],
        )


def one_quote(db: Database) -> QuoteRow | None:
    """Give a quotation to show: by a named person, of a length that fits a line or two, the newest of these."""
    rows = _rows(
        db,
        "WHERE speaker_kind = 'person' "
        "ORDER BY length(text) NOT BETWEEN 40 AND 160, quote.published DESC, quote.id LIMIT 1",
        [],
    )
    return rows[0] if rows else None


def _rows(db: Database, rest: str, values: list[object]) -> list[QuoteRow]:
    sql = f"{_SELECT} FROM quote JOIN article ON article.id = quote.article_id {rest}"
    return typed(QuoteRow, db.conn.execute(sql, values))
