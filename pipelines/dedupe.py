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
    dependent = [row[0] for row in execute("SELECT id FROM article WHERE copy_of = ?", [article_id])]
    own, copies = _copies(db, article_id, signed)
    _point(db, own, copies)
    for other in sorted({copy.id for copy in copies if copy > own} | set(dependent)):
        _point(db, *_copies(db, other, _signature(db, other)))


def _point(db: Database, own: _Copy, copies: list[_Copy]) -> None:
    first = min([own, *copies])
    original = None if first == own else first.id
    db.conn.execute("UPDATE article SET copy_of = ? WHERE id = ? AND copy_of IS NOT ?", [original, own.id, original])


def _copies(db: Database, article_id: int, signed: bytes | None) -> tuple[_Copy, list[_Copy]]:
    """Give an article, and its copies at other outlets."""
    own = _ordered(db, [article_id])[0]
    if signed is None:
        return own, []
    places = ",".join("?" * BANDS)
    candidates = db.conn.execute(
        "SELECT article_id, signature FROM article_signature WHERE article_id IN "
        f"(SELECT article_id FROM article_band WHERE key IN ({places})) AND article_id <> ?",
        [*band_keys(signed), article_id],
    )
    similar = [other for other, its in candidates if similarity(signed, its) >= COPY]
    return own, [copy for copy in _ordered(db, similar) if copy.site != own.site]


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
