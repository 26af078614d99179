"""Figures on the bundled sample tabloid: how many fields of the hand-written records are met."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path

from extractors import NotAnArticle, extract

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "sample"


def records() -> dict[str, float]:
    """The share of pages on which each field is as written by hand, and of other pages that were refused."""
    met: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for path in sorted(SAMPLE.glob("*/*/*/record.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        page = path.with_name("page.html")
        if not page.exists():
            continue
        refused = expected.get("error") == "NotAnArticle"
        try:
            article = extract(
                page.read_bytes(), url=expected["url"], fetched_at=datetime.fromisoformat(expected["fetched_at"])
            )
        except NotAnArticle:
            met["pages"] += refused
        else:
            met["pages"] += not refused
            if not refused:
                actual = article.to_dict()
                met.update(field for field, value in expected["article"].items() if _same(value, actual[field]))
        seen.update(["pages", *(() if refused else expected["article"])])
    return {field: met[field] / seen[field] for field in seen}


def _same(expected: object, actual: object) -> bool:
    if isinstance(expected, dict) and isinstance(actual, dict):
        return all(_same(value, actual.get(key)) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(_same, expected, actual))
    return expected == actual
