"""A record as one JSON text beside its headline and body, and back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from functools import cache
from typing import Any

from extractors import Article, Author, Block, Citation, DateMention, Embed, Image, Provenance, Quote, Stamp
from extractors.serial import iso

_SURROGATE = re.compile("[\ud800-\udfff]")
_TIMES = ("second", "minute", "hour")


def pack(article: Article) -> str:
    """Give the record as JSON without the headline and the blocks' texts, which stand in columns beside it.

    Of a block remains its kind, level and stamp; the rest is what `Article.to_dict` gives.
    """
    data = _fields(article)
    del data["headline"]
    data["body"] = [(block.kind, block.level, block.published) for block in article.body]
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_part)


def unpack(record: str, headline: str | None, body: str) -> Article:
    """Rebuild the record that `pack` was given.

    Args:
        record: what `pack` gave.
        headline: of the article.
        body: the blocks' texts joined by blank lines, as `Article.text` gives them.
    """
    data = json.loads(record)
    texts = body.split("\n\n") if body else []
    blocks = [
        {"kind": kind, "text": text, "level": level, "published": published}
        for (kind, level, published), text in zip(data["body"], texts, strict=True)
    ]
    return article_from({**data, "headline": headline, "body": blocks})


def article_from(data: Mapping[str, Any]) -> Article:
    """Rebuild a record from the plain JSON types of `Article.to_dict`."""
    built: dict[str, Any] = dict(data)
    built["authors"] = tuple(Author(**item) for item in data["authors"])
    built["published"] = _stamp(data["published"])
    built["modified"] = _stamp(data["modified"])
    built["tags"] = tuple(data["tags"])
    built["body"] = tuple(Block(**{**item, "published": _stamp(item["published"])}) for item in data["body"])
    built["images"] = tuple(Image(**item) for item in data["images"])
    built["embeds"] = tuple(Embed(**item) for item in data["embeds"])
    built["quotes"] = tuple(Quote(**{**item, "speakers": tuple(item["speakers"])}) for item in data["quotes"])
    built["date_mentions"] = tuple(DateMention(**item) for item in data["date_mentions"])
    built["citations"] = tuple(Citation(**item) for item in data["citations"])
    built["provenance"] = Provenance(data["provenance"])
    return Article(**built)


def _stamp(data: Mapping[str, Any] | None) -> Stamp | None:
    if data is None:
        return None
    return Stamp(**{**data, "value": _moment(data["value"], data["precision"])})


def _moment(value: str | None, precision: str) -> datetime | date | None:
    if value is None:
        return None
    return datetime.fromisoformat(value) if precision in _TIMES else date.fromisoformat(value)


def whole_characters(article: Article) -> Article:
    """Give the record with U+FFFD for each lone surrogate; offsets into its texts stay right."""
    text = json.dumps(article.to_dict(), ensure_ascii=False)
    return article_from(json.loads(_SURROGATE.sub("\ufffd", text)))


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def _fields(part: Any) -> dict[str, Any]:
    return {name: getattr(part, name) for name in _names(part.__class__)}


def _part(part: Any) -> Any:
    """Give a part of a record that JSON does not know as one that it does."""
    if isinstance(part, (datetime, date)):
        return iso(part)
    return dict(part) if isinstance(part, Provenance) else _fields(part)
