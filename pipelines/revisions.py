"""The states that an article went through."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import blake2b

from sqlite_utils import Database

from extractors import Article
from pipelines.record import pack, unpack
from pipelines.times import finer, moment_of, same_moment

FIELDS = ("headline", "dek", "authors", "published", "body")
"""What makes a revision when it changes; nothing else does."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A page as it was read."""

    article: Article
    fetched_at: str
    page_digest: bytes
    extractor_version: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A stored state."""

    id: int
    number: int
    fetched_at: str
    changed: tuple[str, ...]
    article: Article
    page_digest: bytes
    extractor_version: str


def page_digest(body: bytes) -> bytes:
    """Give what tells two pages' bytes apart."""
    return blake2b(body, digest_size=16).digest()


def last_revision(db: Database, article_id: int) -> Revision:
    """Give the present state of an article.

    Raises:
        LookupError: there is no such article.
    """
    if found := _read(db, "article_id = ? ORDER BY number DESC LIMIT 1", article_id):
        return found
    raise LookupError(f"no article {article_id}")


def revisions_of(db: Database, article_id: int) -> list[Revision]:
    """Give every state of an article, oldest first."""
    return _read_all(db, "article_id = ? ORDER BY number", article_id)


def revisions_between(db: Database, article_id: int, first: int, last: int) -> dict[int, Revision]:
    """Give the states of an article from one number to another, both included, by number; those that there are."""
    found = _read_all(db, "article_id = ? AND number BETWEEN ? AND ? ORDER BY number", article_id, first, last)
    return {state.number: state for state in found}


def changed_fields(before: Article, after: Article) -> tuple[str, ...]:
    """Name what counts as a change of the article between two readings of it."""
    same = {
        "headline": before.headline == after.headline,
        "dek": before.dek == after.dek,
        "authors": [author.name for author in before.authors] == [author.name for author in after.authors],
        "published": same_moment(before.published, after.published),
        "body": before.text == after.text,
    }
    return tuple(name for name in FIELDS if not same[name])


def settled(before: Article, after: Article) -> Article:
    """Keep the publication time that an earlier reading gave, where it is the finer or the older word for the same."""
    if not same_moment(before.published, after.published):
        return after
    kept = finer(before.published, after.published)
    return after if kept == after.published else replace(after, published=kept)


def add_revision(db: Database, article_id: int, number: int, reading: Reading, changed: tuple[str, ...]) -> None:
    """Write a new state, and count it."""
    db.conn.execute(
        f"INSERT INTO revision (article_id, number, changed, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        [article_id, number, json.dumps(changed), *_values(reading)],
    )
    db.conn.execute("UPDATE article SET revisions = revisions + 1 WHERE id = ?", [article_id])


def replace_revision(db: Database, old: Revision, reading: Reading) -> None:
    """Put a better reading of the same state in place of the old one; when it was first seen stays."""
    db.conn.execute(
        f"UPDATE revision SET ({_COLUMNS}) = (?,?,?,?,?,?,?,?,?) WHERE id = ?",
        [*_values(replace(reading, fetched_at=min(old.fetched_at, reading.fetched_at))), old.id],
    )


def insert_older(db: Database, article_id: int, reading: Reading) -> bool:
    """Put a page that is older than the last one received in its place among the states.

    Returns:
        False where it is no state of its own: it says what its neighbour in time says, or is a known page read anew.
    """
    known = _read(db, "article_id = ? AND page_digest = ?", article_id, reading.page_digest)
    if known:
        if known.extractor_version != reading.extractor_version:
            replace_revision(db, known, reading)
        return False
    before = _read(
        db, "article_id = ? AND fetched_at <= ? ORDER BY number DESC LIMIT 1", article_id, reading.fetched_at
    )
    if before and not changed_fields(before.article, reading.article):
        return False
    after = _read(db, "article_id = ? AND fetched_at > ? ORDER BY number LIMIT 1", article_id, reading.fetched_at)
    if after and not changed_fields(reading.article, after.article):
        db.conn.execute("UPDATE revision SET fetched_at = ? WHERE id = ?", [reading.fetched_at, after.id])
        return False
    changed = changed_fields(before.article, reading.article) if before else ()
    _insert_between(db, article_id, before, after, reading, changed)
    return True


def _insert_between(
    db: Database,
    article_id: int,
    before: Revision | None,
    after: Revision | None,
    reading: Reading,
    changed: tuple[str, ...],
) -> None:
    """Number the later states anew; where there is none, the state before was also the one after."""
    number = before.number + 1 if before else 1
    execute = db.conn.execute
    execute("UPDATE revision SET number = -1 - number WHERE article_id = ? AND number >= ?", [article_id, number])
    execute("UPDATE revision SET number = -number WHERE article_id = ? AND number < 0", [article_id])
    add_revision(db, article_id, number, reading, changed)
    if after:
        changed = changed_fields(reading.article, after.article)
        execute("UPDATE revision SET changed = ? WHERE id = ?", [json.dumps(changed), after.id])
    elif before:
        (at,) = execute("SELECT last_fetched FROM article WHERE id = ?", [article_id]).fetchone()
        again = Reading(before.article, at, before.page_digest, before.extractor_version)
        add_revision(db, article_id, number + 1, again, changed_fields(reading.article, before.article))


_COLUMNS = "fetched_at,headline,dek,authors,published,body,record,page_digest,extractor_version"


def _values(reading: Reading) -> list[object]:
    article = reading.article
    return [
        reading.fetched_at,
        article.headline,
        article.dek,
        json.dumps([author.name for author in article.authors], ensure_ascii=False),
        moment_of(article.published).value,
        article.text,
        pack(article),
        reading.page_digest,
        reading.extractor_version,
    ]


def _read(db: Database, where: str, *values: object) -> Revision | None:
    return next(iter(_read_all(db, where, *values)), None)


def _read_all(db: Database, where: str, *values: object) -> list[Revision]:
    rows = db.conn.execute(
        "SELECT id, number, fetched_at, changed, record, headline, body, page_digest, extractor_version "
        f"FROM revision WHERE {where}",
        values,
    )
    return [
        Revision(identity, number, at, tuple(json.loads(changed)), unpack(record, headline, body), digest, version)
        for identity, number, at, changed, record, headline, body, digest, version in rows
    ]
