"""What changed between two states of an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlite_utils import Database

from extractors import Article
from pipelines.research.filters import QueryError
from pipelines.research.show import article_id_of
from pipelines.research.words import Piece, words_between
from pipelines.revisions import Revision, changed_fields, revisions_of
from pipelines.times import moment_of

BREAK = "\n\n"
"""Stands in a piece for the end of a block."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One of the two revisions."""

    number: int
    fetched_at: str
    """When this state was first seen."""
    extractor_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDiff:
    """A field other than the body that is not the same in both."""

    field: str
    """headline, dek, authors, published."""
    pieces: tuple[Piece, ...]
    """Authors are joined by commas; a date is one piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDiff:
    """Two states of an article, word by word."""

    article_id: int
    url: str
    site: str
    headline: str | None
    before: State
    after: State
    fields: tuple[FieldDiff, ...]
    body: tuple[tuple[Piece, ...], ...]
    """Every block, the same ones too, or nothing where the body is the same. A block is one piece, or several where
    words of it changed; a piece with `BREAK` in it reaches over the end of a block that only one of the states has."""


def diff(db: Database, which: int | str, before: int | None = None, after: int | None = None) -> ArticleDiff:
    """Compare two revisions of an article.

    Args:
        db: of `open_reader`.
        which: the article's id, as number or digits, or any of its addresses.
        before: a revision's number; None: the last but one.
        after: a revision's number; None: the last.

    Raises:
        QueryError: there is no such article or revision, or only one.
    """
    article_id = article_id_of(db, which)
    row = db.conn.execute("SELECT url, site, headline FROM article WHERE id = ?", [article_id]).fetchone()
    if row is None:
        raise QueryError(f"no article {which}")
    states = {state.number: state for state in revisions_of(db, article_id)}
    if len(states) == 1 and before is None:
        raise QueryError(f"article {article_id} has one revision: no change of it was seen")
    last = max(states)
    old, new = (_state(states, article_id, number) for number in (before or last - 1, after or last))
    return ArticleDiff(
        article_id=article_id,
        url=row[0],
        site=row[1],
        headline=row[2],
        before=_about(old),
        after=_about(new),
        fields=_fields(old.article, new.article),
        body=_body(old.article, new.article),
    )


def _state(states: dict[int, Revision], article_id: int, number: int) -> Revision:
    if number not in states:
        have = f"revisions 1 to {len(states)}" if len(states) > 1 else "one revision"
        raise QueryError(f"article {article_id} has {have}, and no {number}")
    return states[number]


def _about(state: Revision) -> State:
    return State(number=state.number, fetched_at=state.fetched_at, extractor_version=state.extractor_version)


def _fields(old: Article, new: Article) -> tuple[FieldDiff, ...]:
    compared = {
        "headline": lambda: words_between(old.headline or "", new.headline or ""),
        "dek": lambda: words_between(old.dek or "", new.dek or ""),
        "authors": lambda: words_between(_byline(old), _byline(new)),
        "published": lambda: _replaced(_date(old), _date(new)),
    }
    return tuple(
        FieldDiff(field=name, pieces=compared[name]()) for name in changed_fields(old, new) if name in compared
    )


def _byline(article: Article) -> str:
    return ", ".join(author.name for author in article.authors)


def _date(article: Article) -> str:
    moment = moment_of(article.published)
    return moment.value or moment.local or ""


def _replaced(old: str, new: str) -> tuple[Piece, ...]:
    both = (Piece("removed", old), Piece("added", new))
    return tuple(piece for piece in both if piece.text)


def _body(old: Article, new: Article) -> tuple[tuple[Piece, ...], ...]:
    """Leave aside the blocks that are the same, and compare the words of what lies between them."""
    if old.text == new.text:
        return ()
    mine, its = ([block.text for block in article.body] for article in (old, new))
    found: list[tuple[Piece, ...]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, mine, its, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [(Piece("same", text),) for text in mine[i1:i2]]
        elif tag == "replace":
            found += _blocks(words_between(BREAK.join(mine[i1:i2]), BREAK.join(its[j1:j2])))
        else:
            found += [(Piece("removed", text),) for text in mine[i1:i2]]
            found += [(Piece("added", text),) for text in its[j1:j2]]
    return tuple(found)


def _blocks(pieces: Sequence[Piece]) -> list[tuple[Piece, ...]]:
    """Part pieces where both states end a block."""
    blocks: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *more = piece.text.split(BREAK) if piece.change == "same" else [piece.text]
        blocks[-1].append(Piece(piece.change, first))
        blocks += [[Piece("same", text)] for text in more]
    return [tuple(piece for piece in block if piece.text) for block in blocks]
