"""Readers beside a writer see whole articles and right counts, and are never turned away."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.corpus import corpus
from benchmarks.readers import run, torn
from pipelines.database import close_writer, open_writer, transaction
from pipelines.store import write_outcomes


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = open_writer(tmp_path / "readers.db")
    with transaction(db):
        write_outcomes(db, [piece.outcome for piece in islice(corpus(), 40)])
    close_writer(db)
    opened = sqlite3.connect(tmp_path / "readers.db", isolation_level=None)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE block SET text = text || '!' WHERE position = 1", "the body is not its blocks"),
        ("UPDATE article SET revisions = revisions + 1", "revisions"),
        ("UPDATE revision SET headline = 'another one'", "not its newest revision"),
        ("UPDATE quote SET text = text || '!'", "quotations stand elsewhere"),
        ("INSERT INTO article_fts(article_fts) VALUES ('delete-all')", "does not find its headline"),
    ],
)
def test_what_does_not_agree_is_told(connection: sqlite3.Connection, damage: str, told: str) -> None:
    chance = random.Random(1)
    assert [line for _ in range(5) for line in torn(connection, chance)] == []
    connection.execute(damage)
    assert any(told in line for _ in range(5) for line in torn(connection, chance))


def test_a_writer_and_five_readers_for_some_seconds(tmp_path: Path) -> None:
    outcome = run(tmp_path / "readers.db", 8)
    assert outcome.problems == []
    assert outcome.pages > 50
    assert outcome.readings > 200


@pytest.mark.soak
def test_a_writer_and_five_readers_for_ten_minutes(tmp_path: Path) -> None:
    outcome = run(tmp_path / "readers.db", 600)
    assert outcome.problems == []
    assert outcome.pages > 5000
    assert outcome.readings > 20_000
