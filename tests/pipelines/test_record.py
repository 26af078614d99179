from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from extractors import Article, Block, Stamp
from pipelines.record import article_from, pack, unpack
from tests.pipelines.builders import article

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
STAMPS = [
    Stamp(value=datetime(2026, 11, 22, 7, tzinfo=UTC), precision="second", raw="x", source="json-ld"),
    Stamp(value=datetime(2026, 11, 22, 7), precision="minute", raw="x", source="text"),
    Stamp(value=date(2026, 11, 8), precision="week", raw="2 weeks ago", source="text"),
    Stamp(value=date(2026, 1, 1), precision="year", raw="2026", source="text"),
    Stamp(value=None, precision="hour", raw="5 hours ago", source="text"),
]


@pytest.mark.parametrize("stamp", STAMPS, ids=lambda stamp: f"{stamp.precision} {stamp.value}")
def test_a_record_comes_back_as_it_was(stamp: Stamp) -> None:
    entry = Block(kind="heading", text="12.30: doors open", level=2, published=stamp)
    before = replace(article(), published=stamp, modified=None, body=(entry, *article().body))
    assert unpack(pack(before), before.headline, before.text) == before
    assert article_from(before.to_dict()) == before


def test_an_empty_record_comes_back_as_it_was() -> None:
    bare = Article(url=None, canonical_url=None, site=None, language=None, headline=None)
    assert unpack(pack(bare), None, "") == bare


def test_no_text_of_the_body_is_kept_twice() -> None:
    packed = pack(article())
    assert "replacement" not in packed
    assert "headline" not in json.loads(packed)
