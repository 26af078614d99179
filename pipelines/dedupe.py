"""Copies: articles of different outlets with the same text, whose it was first, and which agency's it is.

The relation is pairwise: two articles are copies of each other where they stand at different outlets and their texts,
without template text, are at least `COPY` similar. Each article's `copy_of` is the earliest of its copies that is
earlier than itself; its agency is the one that it credits, else the one that the earliest of its copies credits. That
depends on the articles only, never on the order in which they came in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqlite_utils import Database

from pipelines.minhash import BANDS, band_keys, jaccard, signature, similarity
from pipelines.rows import insert_rows
from pipelines.template import own_text, template_blocks

COPY = 0.32
"""Jaccard similarity of the shingles; a quarter of the words may differ."""
_TELLING = ("second", "minute", "hour", "day")
"""How exact a date must be to decide who was first."""
_UNSURE = (0.2, 0.46)
"""Where the estimate lies between these, the texts themselves decide: three standard errors about `COPY`."""


class Copy(NamedTuple):
    """An article in the order of who had it first."""

    since: str
    first_seen: str
    url: str
    id: int
    site: str
    dated: bool
    """Whether its own date decides."""
    credit: str | None
    """The agency that it credits itself."""


def link_copies(db: Database, article_id: int, text: str) -> dict[int, float]:
    """Recognise a new or changed article among all others, and bring `copy_of` and `agency` up to date for all.

    Args:
        db: in a transaction.
        article_id: of the article, whose rows are written.
        text: without template text.

    Returns:
        The articles with this text, those of the same outlet too, and how similar each is.
    """
    execute = db.conn.execute
    signed = signature(text)
    keys = band_keys(signed) if signed else []
    old = execute("SELECT signature FROM article_signature WHERE article_id = ?", [article_id]).fetchone()
    if old and old[0] != signed:
        _forget(db, article_id, old[0])
    if signed and (not old or old[0] != signed):
        execute("INSERT INTO article_signature (article_id, signature) VALUES (?, ?)", [article_id, signed])
        insert_rows(db, "article_band", "key,article_id", [(key, article_id) for key in keys])
    similar = _similar(db, article_id, signed, keys, text) if signed else {}
    before = set(_pairs(db, article_id))
    execute("DELETE FROM copy_link WHERE article_id = ?", [article_id])
    execute("DELETE FROM copy_link WHERE other_id = ?", [article_id])
    pairs = [(min(article_id, other), max(article_id, other), share) for other, share in similar.items()]
    insert_rows(db, "copy_link", "article_id,other_id,similarity", pairs)
    for other in (article_id, *sorted(before | set(similar))):
        point(db, other)
    return similar


def point(db: Database, article_id: int) -> None:
    """Let an article name the first of its copies, or nobody where that is itself or there are none; and the agency."""
    pairs = _pairs(db, article_id)
    ordered = sorted(in_order(db, [article_id, *pairs])) if pairs else []
    own = next((copy for copy in ordered if copy.id == article_id), None)
    others = [copy for copy in ordered if own and copy.site != own.site]
    original = others[0].id if own and others and others[0] < own else None
    agency = next((copy.credit for copy in others if copy.credit), None)
    db.conn.execute(
        "UPDATE article SET copy_of = ?1, (agency, agency_by) = "
        "(SELECT CASE agency_by WHEN 'credit' THEN agency ELSE ?2 END, "
        "CASE WHEN agency_by = 'credit' THEN agency_by WHEN ?2 IS NOT NULL THEN 'text' END) "
        "WHERE id = ?3 AND (copy_of IS NOT ?1 OR (agency_by IS NOT 'credit' AND agency IS NOT ?2))",
        [original, agency, article_id],
    )


def _pairs(db: Database, article_id: int) -> list[int]:
    rows = db.conn.execute(
        "SELECT other_id FROM copy_link WHERE article_id = ?1 UNION ALL "
        "SELECT article_id FROM copy_link WHERE other_id = ?1",
        [article_id],
    )
    return [other for (other,) in rows]


def _similar(db: Database, article_id: int, signed: bytes, keys: list[int], text: str) -> dict[int, float]:
    """Give the articles with nearly this text, and how similar they are."""
    candidates = db.conn.execute(
        "SELECT article_id, signature FROM article_signature WHERE article_id IN "
        f"(SELECT article_id FROM article_band WHERE key IN ({','.join('?' * BANDS)})) AND article_id <> ?",
        [*keys, article_id],
    ).fetchall()
    low, high = _UNSURE
    found = {}
    for other, its in candidates:
        share = similarity(signed, its)
        if low <= share < high:
            share = jaccard(text, _own_text(db, other))
        if share >= COPY:
            found[other] = share
    return found


def _own_text(db: Database, article_id: int) -> str:
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    rows = db.conn.execute("SELECT text FROM block WHERE article_id = ? ORDER BY position", [article_id])
    paragraphs = [text for (text,) in rows]
    return own_text(paragraphs, template_blocks(db, site, paragraphs))


def in_order(db: Database, ids: Sequence[int]) -> list[Copy]:
    """Look up what decides who was first: the publication time, then when it was first seen, then the address.

    A day without a time never beats a time of that day; of a page that says less, or nothing, counts when it was seen.
    """
    found = []
    for article_id, published, precision, first_seen, url, site, credit in db.conn.execute(
        "SELECT id, published, published_precision, first_seen, url, site, "
        "CASE agency_by WHEN 'credit' THEN agency END FROM article WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(ids))],
    ):
        dated = precision in _TELLING
        since = first_seen if not dated else published + "T~" if precision == "day" else published
        found.append(Copy(since, first_seen, url, article_id, site, dated, credit))
    return found


def _forget(db: Database, article_id: int, signed: bytes) -> None:
    db.conn.execute("DELETE FROM article_signature WHERE article_id = ?", [article_id])
    db.conn.executemany(
        "DELETE FROM article_band WHERE key = ? AND article_id = ?", [(key, article_id) for key in band_keys(signed)]
    )
