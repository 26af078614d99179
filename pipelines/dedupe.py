"""Copies: articles of different outlets with the same text, and whose it was first.

The relation is pairwise: two articles are copies of each other where they stand at different outlets and their texts
are at least `COPY` similar. Each article's `copy_of` is the earliest of its copies that is earlier than itself. That
depends on the articles only, never on the order in which they came in.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from sqlite_utils import Database

from pipelines.minhash import BANDS, band_keys, signature, similarity
from pipelines.rows import insert_rows

COPY = 0.55
"""Estimated Jaccard similarity of the shingles; about one word in nine may differ."""


class _Copy(NamedTuple):
    """An article in the order of who had it first."""

    since: str
    first_seen: str
    id: int
    site: str


def link_copies(db: Database, article_id: int, text: str) -> None:
    """Recognise a new or changed article among all others, and bring `copy_of` up to date for it and for them."""
    execute = db.conn.execute
    signed = signature(text)
    old = execute("SELECT signature FROM article_signature WHERE article_id = ?", [article_id]).fetchone()
    if old and old[0] != signed:
        _forget(db, article_id, old[0])
    if signed and (not old or old[0] != signed):
        execute("INSERT INTO article_signature (article_id, signature) VALUES (?, ?)", [article_id, signed])
        insert_rows(db, "article_band", "key,article_id", [(key, article_id) for key in band_keys(signed)])
    copies = _copies(db, article_id, signed)
    dependent = {row[0] for row in execute("SELECT id FROM article WHERE copy_of = ?", [article_id])}
    _point(db, article_id, copies)
    own = next(copy for copy in copies if copy.id == article_id) if copies else None
    later = {copy.id for copy in copies if own and copy > own}
    for other in sorted(later | dependent):
        _point(db, other, _copies(db, other, _signature(db, other)))


def _point(db: Database, article_id: int, copies: list[_Copy]) -> None:
    """Let an article name the first of its copies, or nobody where that is itself or there are none."""
    first = min(copies).id if copies else article_id
    original = None if first == article_id else first
    db.conn.execute(
        "UPDATE article SET copy_of = ? WHERE id = ? AND copy_of IS NOT ?", [original, article_id, original]
    )


def _copies(db: Database, article_id: int, signed: bytes | None) -> list[_Copy]:
    """Give the copies of an article at other outlets, and itself; nothing where there are none."""
    if signed is None:
        return []
    keys = band_keys(signed)
    candidates = db.conn.execute(
        "SELECT article_id, signature FROM article_signature WHERE article_id IN "
        f"(SELECT article_id FROM article_band WHERE key IN ({','.join('?' * BANDS)})) AND article_id <> ?",
        [*keys, article_id],
    )
    similar = [other for other, its in candidates if similarity(signed, its) >= COPY]
    if not similar:
        return []
    ordered = _ordered(db, [article_id, *similar])
    site = next(copy.site for copy in ordered if copy.id == article_id)
    others = [copy for copy in ordered if copy.site != site]
    return [*others, *(copy for copy in ordered if copy.id == article_id)] if others else []


def _ordered(db: Database, ids: list[int]) -> list[_Copy]:
    """Look up what decides who was first: the publication time, then when it was first seen, then the id.

    A day without a time never beats a time of that day; of a page that says less, or nothing, counts when it was seen.
    """
    found = []
    for article_id, published, precision, first_seen, site in db.conn.execute(
        "SELECT id, published, published_precision, first_seen, site FROM article "
        "WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(ids)],
    ):
        if precision == "day":
            since = published + "T~"
        else:
            since = published if precision in ("second", "minute", "hour") else first_seen
        found.append(_Copy(since, first_seen, article_id, site))
    return found


def _signature(db: Database, article_id: int) -> bytes | None:
    found = db.conn.execute("SELECT signature FROM article_signature WHERE article_id = ?", [article_id]).fetchone()
    return found[0] if found else None


def _forget(db: Database, article_id: int, signed: bytes) -> None:
    db.conn.execute("DELETE FROM article_signature WHERE article_id = ?", [article_id])
    db.conn.executemany(
        "DELETE FROM article_band WHERE key = ? AND article_id = ?", [(key, article_id) for key in band_keys(signed)]
    )
