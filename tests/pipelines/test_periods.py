"""Periods of publication, and the windows that lie across them."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from sqlite_utils import Database

from pipelines.periods import PERIOD, period_of, periods_within


@pytest.mark.parametrize(
    ("moment", "period"), [(0, 0), (PERIOD - 1, 0), (PERIOD, 1), (-1, -1), (-PERIOD, -1), (-PERIOD - 1, -2)]
)
def test_a_period_has_its_first_second_and_not_that_of_the_next_before_1970_too(moment: int, period: int) -> None:
    assert period_of(moment) == period


@pytest.mark.parametrize("window", [1, PERIOD // 4, PERIOD // 2, PERIOD, 3 * PERIOD])
def test_whatever_lies_within_a_window_lies_in_its_periods(window: int) -> None:
    chance = random.Random(4)
    db = table(range(-12, 12))
    for _ in range(200):
        moment = chance.randrange(-5 * PERIOD, 5 * PERIOD)
        near = periods_within(db, "kept", moment, window)
        for other in (moment - window, moment + window, moment + chance.randint(-window, window)):
            assert period_of(other) in near
        assert not {period_of(moment - window - PERIOD), period_of(moment + window + PERIOD)} & set(near)


def test_periods_of_which_nothing_is_kept_are_not_looked_into() -> None:
    db = table([-1, 1, 9])
    assert periods_within(db, "kept", 5, PERIOD) == [-1, 1]
    assert periods_within(db, "kept", 5 * PERIOD, PERIOD) == []


def table(periods: Iterable[int]) -> Database:
    db = Database(memory=True)
    db.execute("CREATE TABLE kept (period INTEGER)")
    db.conn.executemany("INSERT INTO kept VALUES (?)", [(period,) for period in periods])
    return db
