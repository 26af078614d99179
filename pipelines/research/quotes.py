"""Who said what."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import get_args

from sqlite_utils import Database

from extractors.article import SpeakerKind
from pipelines.research.filters import QueryError, full_text, understood
from pipelines.research.rows import typed
from pipelines.research.selection import Selection, conditions, speaking


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
_FROM = "FROM quote JOIN article ON article.id = quote.article_id"


def quotes(
    db: Database, only: Selection, *, kinds: tuple[str, ...] = (), limit: int | None = None, offset: int = 0
) -> list[QuoteRow]:
    """Find quotations, the newest first, those of one article in the text's order.

    Args:
        db: of `open_reader`.
        only: which; here its query is for the words of the quotation, and its speakers are those who say it.
        kinds: of speaker, one of them: person, group, representative, anonymous, organisation, outlet, document.
        limit: rows at most; None: all.
        offset: rows left out at the beginning.

    Raises:
        QueryError: a kind, the query or a date cannot be read.
    """
    source, values = _selected(only, kinds)
    rest = f"{source} ORDER BY quote.published DESC, quote.article_id DESC, quote.position LIMIT ? OFFSET ?"
    with understood(only.query):
        return _rows(db, rest, [*values, -1 if limit is None else limit, offset])


def count_quotes(db: Database, only: Selection, *, kinds: tuple[str, ...] = ()) -> int:
    """Count what `quotes` finds without a limit.

    Raises:
        QueryError: a kind, the query or a date cannot be read.
    """
    source, values = _selected(only, kinds)
    with understood(only.query):
        return int(db.conn.execute(f"SELECT count(*) {_FROM} {source}", values).fetchone()[0])


def _selected(only: Selection, kinds: tuple[str, ...]) -> tuple[str, list[object]]:
    for kind in kinds:
        if kind not in get_args(SpeakerKind):
            raise QueryError(f"{kind!r} is no kind of speaker: {', '.join(get_args(SpeakerKind))}")
    where = conditions(only, dated="quote")
    # The column before MATCH confines the query to it, whatever columns the query names.
    text = None if only.query is None else full_text(only.query)
    for column, query in (("text", text), ("speaker", speaking(only.speakers))):
        where.add(f"quote.id IN (SELECT rowid FROM quote_fts WHERE quote_fts.{column} MATCH ?)", query)
    where.add_any("quote.speaker_kind", kinds)
    return f"WHERE {where}", where.values


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
    return typed(QuoteRow, db.conn.execute(f"{_SELECT} {_FROM} {rest}", values))
