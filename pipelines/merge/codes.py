"""The codes that researchers gave to articles and quotations of a shard."""

from __future__ import annotations

from sqlite_utils import Database

from pipelines.merge.history import Ask

_COLUMNS = "quote_text, occurrence, coder, name, value, note, made_at"


def fold_codes(db: Database, ask: Ask, article_id: int, target_id: int) -> None:
    """Write an article's codes; of one coder's two words for the same the later counts."""
    for row in ask(f"SELECT {_COLUMNS} FROM annotation WHERE article_id = ? ORDER BY id", [article_id]):
        db.conn.execute(
            f"INSERT INTO annotation (article_id, {_COLUMNS}) VALUES (?,?,?,?,?,?,?,?) "
            "ON CONFLICT (article_id, name, coder, coalesce(quote_text, ''), coalesce(occurrence, 0)) DO UPDATE SET "
            "value = excluded.value, note = excluded.note, made_at = excluded.made_at "
            "WHERE (excluded.made_at, ifnull(excluded.value, ''), ifnull(excluded.note, '')) > "
            "(made_at, ifnull(value, ''), ifnull(note, ''))",
            [target_id, *row],
        )
