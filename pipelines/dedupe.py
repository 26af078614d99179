"""Copies: articles of different outlets with the same text, whose it was first, and which agency's it is.

The relation is pairwise: two articles are copies of each other where they stand at different outlets and their texts,
without template text, are at least `COPY` similar and not more than `WINDOW` apart in time, or have one signature: the
same words, whenever. Each article's `copy_of` is the earliest of its copies that is earlier than itself; its agency is
the one that it credits, else the one that the earliest of its copies credits. That depends on the articles only, never
on the order in which they came in.
"""

from __future__ import annotations

from collections.abc import Sized
from functools import partial
from zlib import crc32

from sqlite_utils import Database

from pipelines.compared import changed, compared
from pipelines.features import own_text
from pipelines.minhash import band_keys, jaccard, shingles, similarity
from pipelines.periods import period_of, periods_within
from pipelines.precedence import in_order
from pipelines.rows import insert_rows
from pipelines.template import template_blocks

COPY = 0.32
"""Jaccard similarity of the shingles; a quarter of the words may differ."""
WINDOW = 14 * 86400
"""Seconds within which a changed text is looked for. Without a bound every article would be compared with strangers of
all years that share a key by chance, and the more of them the larger the database."""
_UNSURE = (0.2, 0.46)
"""Where the estimate lies between these, the texts themselves decide: three standard errors about `COPY`."""


def link_copies(db: Database, article_id: int, moment: int, text: str, signed: bytes | None) -> dict[int, float]:
    """Recognise a new or changed article among all others, and bring `copy_of` and `agency` up to date for all.

    Args:
        db: in a transaction.
        article_id: of the article, whose rows are written.
        moment: the second since 1970 that counts for it, as `Copy.moment` gives it.
        text: without template text.
        signed: the signature of that text.

    Returns:
        The articles with this text, those of the same outlet too, and how similar each is.
    """
    execute = db.conn.execute
    changed(db, [article_id])
    keys = band_keys(signed) if signed else []
    old = execute("SELECT moment, signature FROM article_signature WHERE article_id = ?", [article_id]).fetchone()
    if old and old != (moment, signed):
        _forget(db, article_id, *old)
    if signed and old != (moment, signed):
        row = [article_id, moment, crc32(signed), signed]
        execute("INSERT INTO article_signature (article_id, moment, digest, signature) VALUES (?, ?, ?, ?)", row)
        period = period_of(moment)
        insert_rows(db, "article_band", "period,key,article_id", [(period, key, article_id) for key in keys])
    similar = _similar(db, article_id, moment, signed, keys, text) if signed else {}
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


def _similar(db: Database, article_id: int, moment: int, signed: bytes, keys: list[int], text: str) -> dict[int, float]:
    """Give the articles with nearly this text, and how similar they are."""
    low, high = _UNSURE
    mine: frozenset[int] = frozenset()
    found = {}
    for other, its in _candidates(db, article_id, moment, signed, keys).items():
        share = similarity(signed, its)
        if low <= share < high:
            mine = mine or frozenset(compared(db, article_id, partial(shingles, text)))
            share = jaccard(mine, compared(db, other, partial(_shingles, db, other)))
        if share >= COPY:
            found[other] = share
    return found


def _candidates(db: Database, article_id: int, moment: int, signed: bytes, keys: list[int]) -> dict[int, bytes]:
    """Give the articles that may have nearly this text, with their signatures."""
    near = periods_within(db, "article_band", moment, WINDOW)
    found = dict(
        db.conn.execute(
            "SELECT article_id, signature FROM article_signature WHERE article_id IN (SELECT article_id "
            f"FROM article_band WHERE period IN ({_places(near)}) AND key IN ({_places(keys)})) "
            "AND moment BETWEEN ? AND ?",
            [*near, *keys, moment - WINDOW, moment + WINDOW],
        )
    )
    same = db.conn.execute(
        "SELECT article_id FROM article_signature WHERE digest = ? AND signature = ?", [crc32(signed), signed]
    )
    found.update((other, signed) for (other,) in same)
    del found[article_id]
    return found


def _places(values: Sized) -> str:
    return ",".join("?" * len(values))


def _shingles(db: Database, article_id: int) -> frozenset[int]:
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    rows = db.conn.execute("SELECT text FROM block WHERE article_id = ? ORDER BY position", [article_id])
    paragraphs = [text for (text,) in rows]
    return shingles(own_text(paragraphs, template_blocks(db, site, paragraphs)))


def _forget(db: Database, article_id: int, moment: int, signed: bytes) -> None:
    db.conn.execute("DELETE FROM article_signature WHERE article_id = ?", [article_id])
    period = period_of(moment)
    db.conn.executemany(
        "DELETE FROM article_band WHERE period = ? AND key = ? AND article_id = ?",
        [(period, key, article_id) for key in band_keys(signed)],
    )
