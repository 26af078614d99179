"""Shingles are made once, as long as their text stands, and only so many are kept."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.compared import changed, compared
from pipelines.database import open_writer, transaction
from pipelines.minhash import shingles


def _text(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(40))


def _counted(made: list[int], number: int) -> frozenset[int]:
    made.append(number)
    return shingles(_text(number))


def test_shingles_of_a_text_are_made_once(db: Database) -> None:
    made: list[int] = []
    for _ in range(2):
        assert set(compared(db, 1, partial(_counted, made, 1))) == shingles(_text(1))
    assert made == [1]


def test_shingles_of_a_text_that_has_changed_are_made_again(db: Database) -> None:
    compared(db, 1, partial(shingles, _text(1)))
    changed(db, [1])
    assert set(compared(db, 1, partial(shingles, _text(2)))) == shingles(_text(2))
    assert set(compared(db, 1, partial(shingles, _text(3)))) == shingles(_text(2))


def test_what_another_process_may_have_changed_is_made_again(db: Database, file: Path) -> None:
    compared(db, 1, partial(shingles, _text(1)))
    with closing(open_writer(file)) as other, transaction(other):
        other.execute("PRAGMA user_version = 7")
    assert set(compared(db, 1, partial(shingles, _text(2)))) == shingles(_text(2))


def test_what_was_kept_in_a_transaction_that_was_taken_back_is_made_again(db: Database) -> None:
    made: list[int] = []

    def fail() -> None:
        with transaction(db):
            compared(db, 1, partial(_counted, made, 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction(db):
        assert set(compared(db, 1, partial(_counted, made, 1))) == shingles(_text(1))
    assert made == [1, 1]


def test_of_many_those_that_came_first_are_forgotten(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.compared.MOST", 20)
    monkeypatch.setattr("pipelines.compared._TIDIED", 10)
    made: list[int] = []
    for number in (*range(50), 49, 31, 2):
        compared(db, number, partial(_counted, made, number))
    assert made == [*range(50), 2]
    assert db.execute("SELECT count(*) FROM temp.compared").fetchone() == (21,)
