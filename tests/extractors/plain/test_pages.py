"""Pasted texts of different kinds give the records that were written for them by hand."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from extractors import extract_text
from tests.sample.comparing import differences

RECORDS = sorted(Path(__file__).with_name("pages").glob("*/record.json"))


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.parent.name)
def test_a_pasted_text_gives_its_record(record: Path) -> None:
    expected = json.loads(record.read_text(encoding="utf-8"))
    fetched_at = datetime.fromisoformat(expected["fetched_at"]) if expected["fetched_at"] else None
    text = record.with_name("page.txt").read_text(encoding="utf-8")
    actual = extract_text(text, url=expected["url"], fetched_at=fetched_at).to_dict()
    assert list(differences(expected["article"], actual)) == []
    for mention in actual["date_mentions"]:
        assert actual["body"][mention["block"]]["text"][mention["start"] : mention["end"]] == mention["text"]
