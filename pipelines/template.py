"""Text that an outlet repeats on many pages: no article is told by it.

A paragraph that stands in `MANY` articles of one outlet is template text there. That depends on the articles only:
where a count passes the limit, the articles that have the paragraph are to be recognised anew.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from zlib import crc32

from sqlite_utils import Database

from pipelines.compared import changed
from pipelines.rows import insert_rows

MANY = 4
"""Articles of an outlet from which on a paragraph that they share is template text."""
FEWEST = 4
"""Words below which a paragraph is too short to matter."""


class Noted(NamedTuple):
    """What follows from an article's paragraphs."""

    template: frozenset[int]
    """Positions of those that are template text."""
    affected: set[int]
    """The other articles for which a paragraph has become template text by it, or has ceased to be."""


def note_blocks(
    db: Database, article_id: int, site: str, paragraphs: Sequence[str], before: Sequence[str] = ()
) -> Noted:
    """Write down which paragraphs an article has; `before` are those that it had."""
    keys = _keys(site, paragraphs)
    new = set(keys.values())
    old = set(_keys(site, before).values())
    if old - new:
        rows = [(article_id, key) for key in old - new]
        db.conn.executemany("DELETE FROM block_print WHERE article_id = ? AND key = ?", rows)
    insert_rows(db, "block_print", "article_id,key", [(article_id, key) for key in sorted(new - old)])
    counts = _counts(db, new | old)
    crossed = {key for key in old - new if counts[key] == MANY - 1} | {key for key in new - old if counts[key] == MANY}
    affected = _having(db, crossed) - {article_id}
    changed(db, affected)
    return Noted(_template(keys, counts), affected)


def template_blocks(db: Database, site: str, paragraphs: Sequence[str]) -> frozenset[int]:
    """Give the positions of an article's paragraphs that are template text of its outlet."""
    keys = _keys(site, paragraphs)
    return _template(keys, _counts(db, set(keys.values())))


def _template(keys: Mapping[int, int], counts: Mapping[int, int]) -> frozenset[int]:
    return frozenset(index for index, key in keys.items() if counts[key] >= MANY)


def _counts(db: Database, keys: set[int]) -> dict[int, int]:
    """Count the articles that have each paragraph, one more than `MANY` at most."""
    return dict(
        db.conn.execute(
            f"SELECT value, (SELECT count(*) FROM (SELECT 1 FROM block_print WHERE key = value LIMIT {MANY + 1})) "
            "FROM json_each(?)",
            [json.dumps(list(keys))],
        )
    )


def _having(db: Database, keys: set[int]) -> set[int]:
    """Give the articles that have any of these paragraphs."""
    rows = (db.conn.execute("SELECT article_id FROM block_print WHERE key = ?", [key]) for key in keys)
    return {article_id for found in rows for (article_id,) in found}


def _keys(site: str, paragraphs: Sequence[str]) -> dict[int, int]:
    """Give for each block that is long enough the key of its text at this outlet; 62 bits of two CRCs."""
    salt = crc32(site.encode())
    keys = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.count(" ") + 1 >= FEWEST:
            text = paragraph.encode("utf-8", "replace")
            keys[index] = (crc32(text, salt) << 30) | (crc32(text[::-1], salt) >> 2)
    return keys
