from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from extractors import Stamp
from extractors.article import Precision
from pipelines.times import finer, moment_of, same_moment


def at(value: datetime | date | None, precision: Precision) -> Stamp:
    return Stamp(value=value, precision=precision, raw="as written", source="text")


SEVEN = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stamp", "value", "precision"),
    [
        (at(SEVEN, "second"), "2026-11-22T07:00:00Z", "second"),
        (at(SEVEN.astimezone(timezone(timedelta(hours=-8))), "minute"), "2026-11-22T07:00:00Z", "minute"),
        (at(SEVEN.replace(tzinfo=None), "minute"), "2026-11-22", "day"),
        (at(date(2026, 11, 8), "week"), "2026-11-08", "week"),
        (at(None, "hour"), None, None),
    ],
)
def test_a_stamp_as_columns(stamp: Stamp, value: str | None, precision: str | None) -> None:
    assert moment_of(stamp) == (value, precision, "as written")
    assert moment_of(None) == (None, None, None)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (at(SEVEN, "second"), at(SEVEN, "second"), True),
        (at(SEVEN, "second"), at(SEVEN + timedelta(seconds=1), "second"), False),
        (at(SEVEN, "hour"), at(SEVEN + timedelta(minutes=40), "hour"), True),
        (at(SEVEN, "hour"), at(SEVEN + timedelta(hours=3), "hour"), False),
        (at(SEVEN, "hour"), at(date(2026, 11, 22), "day"), True),
        (at(SEVEN, "hour"), at(date(2026, 11, 24), "day"), False),
        (at(date(2026, 11, 8), "week"), at(date(2026, 11, 12), "week"), True),
        (at(date(2026, 11, 8), "week"), at(date(2026, 11, 15), "week"), False),
        (at(date(2026, 11, 8), "day"), at(date(2026, 11, 9), "day"), False),
        (None, at(SEVEN, "second"), False),
        (None, at(None, "hour"), True),
        (None, None, True),
    ],
)
def test_whether_two_stamps_can_mean_one_moment(one: Stamp | None, other: Stamp | None, same: bool) -> None:
    assert same_moment(one, other) is same
    assert same_moment(other, one) is same


def test_the_finer_word_is_kept_and_of_two_equal_ones_the_older() -> None:
    hour, day = at(SEVEN, "hour"), at(date(2026, 11, 22), "day")
    assert finer(day, hour) == finer(hour, day) == hour
    assert finer(hour, at(SEVEN + timedelta(minutes=9), "hour")) == hour
    assert finer(None, day) == finer(day, None) == day
