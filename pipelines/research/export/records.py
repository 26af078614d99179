"""Whole records, one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlite_utils import Database

from extractors import Article
from pipelines.record import unpack
from pipelines.research.export.chosen import portions

_PORTION = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An article with its record, and what the database knows beside it."""

    id: int
    article: Article
    """The record, as it was read last."""
    url: str
    """The address that the outlet calls its own."""
    site: str
    words: int
    first_seen: str
    last_fetched: str
    gone_at: str | None
    revisions: int
    copy_of: int | None
    """The id of the earliest article of another outlet with this text, exported or not."""
    copy_of_url: str | None
    story_id: int | None
    extractor_version: str

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain JSON types: the id, the record's fields, then the others."""
        more = {name: getattr(self, name) for name in _BESIDE}
        return {"id": self.id, **self.article.to_dict(), **more}


_BESIDE = tuple(field.name for field in fields(Exported) if field.name not in ("id", "article"))


def records(db: Database, ids: Sequence[int]) -> Iterator[Exported]:
    """Give articles by ascending id.

    Args:
        db: of `open_reader`, inside a `snapshot`.
        ids: of `chosen`.
    """
    columns = ", ".join("original.url" if name == "copy_of_url" else f"article.{name}" for name in _BESIDE)
    sql = (
        f"SELECT article.id, revision.record, revision.headline, revision.body, {columns} FROM article "
        "JOIN revision ON revision.article_id = article.id AND revision.number = article.revisions "
        "LEFT JOIN article AS original ON original.id = article.copy_of "
        "WHERE article.id IN (SELECT value FROM json_each(?)) ORDER BY article.id"
    )
    for portion in portions(ids, _PORTION):
        for number, record, headline, body, *more in db.conn.execute(sql, [portion]).fetchall():
            beside = dict(zip(_BESIDE, more, strict=True))
            yield Exported(id=number, article=unpack(record, headline, body), **beside)
