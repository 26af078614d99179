"""Shingles are made once, and only so many are kept."""

from __future__ import annotations

from functools import partial

import pytest
from sqlite_utils import Database

from pipelines.compared import compared
from pipelines.database import transaction
from pipelines.minhash import shingles, signature


def _text(number: int) -> str:
    return " ".join(f"word{number}x{place}" for place in range(40))


def _signature(number: int) -> bytes:
    found = signature(_text(number))
    assert found
    return found


def _counted(made: list[int], number: int) -> frozenset[int]:
    made.append(number)
    return shingles(_text(number))


def test_shingles_of_a_text_are_made_once(db: Database) -> None:
    made: list[int] = []
    for _ in range(2):
        assert set(compared(db, _signature(1), partial(_counted, made, 1))) == shingles(_text(1))
    assert made == [1]


def test_shingles_of_another_text_than_the_signature_tells_are_not_kept(db: Database) -> None:
    assert compared(db, _signature(1), partial(shingles, _text(2))) == shingles(_text(2))
    assert compared(db, _signature(1), partial(shingles, _text(1))) == shingles(_text(1))


def test_what_was_kept_in_a_transaction_that_was_taken_back_is_made_again(db: Database) -> None:
    made: list[int] = []

    def fail() -> None:
        with transaction(db):
            compared(db, _signature(1), partial(_counted, made, 1))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with transaction(db):
        assert set(compared(db, _signature(1), partial(_counted, made, 1))) == shingles(_text(1))
    assert made == [1, 1]


def test_of_many_those_that_came_first_are_forgotten(db: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.compared.MOST", 20)
    monkeypatch.setattr("pipelines.compared._TIDIED", 10)
    made: list[int] = []
    for number in (*range(50), 49, 31, 2):
        compared(db, _signature(number), partial(_counted, made, number))
    assert made == [*range(50), 2]
    assert db.execute("SELECT count(*) FROM temp.compared").fetchone() == (21,)
