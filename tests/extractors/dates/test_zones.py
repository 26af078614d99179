from __future__ import annotations

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import extractors.dates.zones
from extractors.dates.zones import read_zone, zone_named

TABLE = tomllib.loads(Path(extractors.dates.zones.__file__).with_name("zones.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", [name for name in TABLE["fixed"] if name not in ("UT", "UTC")])
def test_abbreviations_are_those_of_the_time_zone_database(name: str) -> None:
    entry = TABLE["fixed"][name]
    days = [datetime(2026, month, 15, tzinfo=ZoneInfo(entry["zone"])) for month in (1, 7)]
    assert (name, timedelta(hours=entry["hours"])) in [(day.tzname(), day.utcoffset()) for day in days]


@pytest.mark.parametrize(
    ("text", "hours"),
    [("Z", 0), ("+01:00", 1), ("-0500", -5), ("−05:00", -5), ("GMT+2", 2), ("UTC", 0), ("(EST)", -5), ("+05:30", 5.5)],
)
def test_offsets(text: str, hours: float) -> None:
    zone = read_zone(text)
    assert zone is not None
    assert zone.utcoffset(datetime(2026, 1, 1)) == timedelta(hours=hours)


def test_generic_abbreviations_follow_summer_time() -> None:
    zone = read_zone("PT")
    assert zone is not None
    assert [datetime(2026, month, 1, tzinfo=zone).astimezone(UTC).hour for month in (1, 7)] == [8, 7]


@pytest.mark.parametrize("text", ["IST", "BY", "+99:00", "", None])
def test_what_is_no_zone_or_not_a_single_one(text: str | None) -> None:
    assert read_zone(text) is None


@pytest.mark.parametrize("name", ["Nowhere/City", "../etc/passwd", "", None])
def test_unknown_zone_names_give_none(name: str | None) -> None:
    assert zone_named(name) is None
