"""Every page of the sample tabloid gives the record that was written for it by hand."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from extractors import NotAnArticle, extract, extract_text
from tests.sample.comparing import differences

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
RECORDS = sorted(SAMPLE.glob("*/*/*/record*.json"))


def page_of(record: Path) -> Path:
    """`record-2.json` belongs to `page-2.html`; `record.json` to `page.html` or `page.txt`."""
    stem = record.stem.replace("record", "page")
    return next(path for path in (record.parent / f"{stem}.html", record.parent / f"{stem}.txt") if path.exists())


def read(record: Path, expected: dict[str, Any]) -> dict[str, Any]:
    page = page_of(record)
    fetched_at = datetime.fromisoformat(expected["fetched_at"])
    if page.suffix == ".txt":
        return extract_text(page.read_text(encoding="utf-8"), url=expected["url"], fetched_at=fetched_at).to_dict()
    return extract(page.read_bytes(), url=expected["url"], fetched_at=fetched_at).to_dict()


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_page_gives_its_record(record: Path) -> None:
    expected = json.loads(record.read_text(encoding="utf-8"))
    if expected.get("error") == "NotAnArticle":
        with pytest.raises(NotAnArticle):
            read(record, expected)
        return
    actual = read(record, expected)
    assert list(differences(expected["article"], actual)) == []
    for quote in actual["quotes"]:
        assert actual["body"][quote["block"]]["text"][quote["start"] : quote["end"]] == quote["text"]
    for mention in (*actual["date_mentions"], *actual["citations"]):
        words = actual["body"][mention["block"]]["text"][mention["start"] : mention["end"]]
        assert words == mention.get("text", words)
        assert words


def test_the_sample_holds_two_outlets_and_thirty_articles() -> None:
    articles = [path for path in RECORDS if path.parent.parent.name == "articles"]
    assert len({path.parents[2] for path in articles}) == 2
    assert len({path.parent for path in articles}) >= 30
