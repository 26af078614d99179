"""What is asked of the database page by page leads to few rows, also where SQLite has no statistics yet."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from pipelines.database import open_writer, transaction
from pipelines.merge import Into
from pipelines.merge.shard import examined
from pipelines.store import write_outcomes
from tests.pipelines.merge.press import split, stored, visits

OFTEN = 20
"""Times from which on a statement counts as asked page by page: the press has some two hundred."""
WALK = re.compile(r"^SCAN (?!json_each|CONSTANT|\d|\()|\((site|language|crawl_id)=\?\)$")
"""A plan's step through a whole table, or through all that one outlet, language or run has."""
SMALL = re.compile(r"\b(crawl|temp\.seen|story_outlet|story_redirect)\b")
"""Tables in which that is few rows."""


class Heard(sqlite3.Connection):
    """Counts what it is asked."""

    asked: ClassVar[Counter[str]] = Counter()

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self.asked[sql] += 1
        return super().execute(sql, *values)


@pytest.fixture(autouse=True)
def heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=Heard))
    Heard.asked.clear()


def walks(connection: sqlite3.Connection) -> Iterator[str]:
    """Name the statements that were asked often and look at more and more rows as the database grows."""
    often = [sql for sql, times in Heard.asked.items() if times >= OFTEN and sql.startswith(("SELECT", "UPDATE"))]
    assert len(often) > OFTEN
    for sql in often:
        numbers = [int(number) for number in re.findall(r"\?(\d+)", sql)]
        values = [None] * (max(numbers) if numbers else sql.count("?"))
        steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]
        if any(WALK.search(step) and not SMALL.search(step) for step in steps):
            yield f"{sql}: {steps}"


def test_storing_a_page_walks_through_no_outlet(tmp_path: Path) -> None:
    db = open_writer(tmp_path / "x.db")
    with transaction(db):
        write_outcomes(db, visits())
    assert list(walks(db.conn)) == []
    db.close()


def test_merging_a_page_walks_through_no_outlet(tmp_path: Path) -> None:
    shards = [stored(tmp_path / f"{number}.db", part) for number, part in enumerate(split(visits(), 3, 3))]
    Heard.asked.clear()
    with Into(tmp_path / "x.db") as into:
        into.take(examined(shards))
        assert list(walks(into._db.conn)) == []
