from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extractors.dates import read_stamp
from extractors.rules import SiteRules
from tests.growth import assert_linear

NOW = datetime(2026, 11, 22, 12, 25, 30, tzinfo=UTC)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


MACHINE = [
    ("2026-11-20T14:05:09+01:00", utc(2026, 11, 20, 13, 5, 9), "second"),
    ("2026-11-20T14:05:09.123Z", utc(2026, 11, 20, 14, 5, 9), "second"),
    ("2026-11-20T14:05:09-0500", utc(2026, 11, 20, 19, 5, 9), "second"),
    ("2026-11-20 14:05:09 +0000", utc(2026, 11, 20, 14, 5, 9), "second"),
    ("2026-11-20T14:05+01:00", utc(2026, 11, 20, 13, 5), "minute"),
    ("2026-11-20 14:05:09", datetime(2026, 11, 20, 14, 5, 9), "second"),
    ("2026 11 20 14:05:09", datetime(2026, 11, 20, 14, 5, 9), "second"),
    ("2026-11-20T00:00:00Z", date(2026, 11, 20), "day"),
    ("2026-11-20T00:00:00+01:00", date(2026, 11, 20), "day"),
    ("2026-11-20", date(2026, 11, 20), "day"),
    ("2026/11/20", date(2026, 11, 20), "day"),
    ("20261120", date(2026, 11, 20), "day"),
    ("20261120T140509Z", utc(2026, 11, 20, 14, 5, 9), "second"),
    ("2026-11", date(2026, 11, 1), "month"),
    ("2026", date(2026, 1, 1), "year"),
    ("1790000000", utc(2026, 9, 21, 14, 13, 20), "second"),
    ("1790000000123", utc(2026, 9, 21, 14, 13, 20), "second"),
    ("Fri, 20 Nov 2026 14:05:09 +0000", utc(2026, 11, 20, 14, 5, 9), "second"),
    ("Fri Nov 20 2026 14:05:09 GMT+0100 (CET)", utc(2026, 11, 20, 13, 5, 9), "second"),
    ("Fri Nov 20 14:05:09 EST 2026", utc(2026, 11, 20, 19, 5, 9), "second"),
]


@pytest.mark.parametrize(("raw", "value", "precision"), MACHINE)
def test_what_machines_write(raw: str, value: object, precision: str) -> None:
    stamp = read_stamp(raw, "meta", language="en", base=NOW)
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.source) == (value, precision, "meta")


WRITTEN = [
    ("en", "November 20, 2026 4:32 PM EST", utc(2026, 11, 20, 21, 32), "minute"),
    ("en", "Nov. 20, 2026, 4:32 p.m. ET", utc(2026, 11, 20, 21, 32), "minute"),
    ("en", "18 November 2026, 14:05", datetime(2026, 11, 18, 14, 5), "minute"),
    ("en", "14:05 GMT, 18 November 2026", utc(2026, 11, 18, 14, 5), "minute"),
    ("en", "11:48, Thu, Jul 16, 2026", datetime(2026, 7, 16, 11, 48), "minute"),
    ("en", "16 July 2026 at 11:48 BST", utc(2026, 7, 16, 10, 48), "minute"),
    ("en", "July 16, 2026 5:06pm PT", utc(2026, 7, 17, 0, 6), "minute"),
    ("en", "12:05 AM, July 16, 2026", datetime(2026, 7, 16, 0, 5), "minute"),
    ("en", "July 16, 2026 at 4 PM", datetime(2026, 7, 16, 16), "hour"),
    ("en", "16th of July 2026", date(2026, 7, 16), "day"),
    ("en", "11/20/2026 11:00 AM PST", utc(2026, 11, 20, 19, 0), "minute"),
    ("en", "20/11/2026", date(2026, 11, 20), "day"),
    ("en", "March 2026", date(2026, 3, 1), "month"),
    ("en", "Nov. 3", date(2026, 11, 3), "day"),
    ("en", "December 24", date(2025, 12, 24), "day"),
    ("de", "20.06.2026, 14:39 Uhr", datetime(2026, 6, 20, 14, 39), "minute"),
    ("de", "20. Juni 2026 um 9.05 Uhr", datetime(2026, 6, 20, 9, 5), "minute"),
    ("de", "3/4/2026", date(2026, 4, 3), "day"),
    ("fr", "le 1er décembre 2025 à 12h05", datetime(2025, 12, 1, 12, 5), "minute"),
    ("es", "20 de noviembre de 2026 a las 10:05", datetime(2026, 11, 20, 10, 5), "minute"),
    ("it", "20 novembre 2026 alle 10:05", datetime(2026, 11, 20, 10, 5), "minute"),
    ("pt", "1 de mar. de 2026 às 10h30", datetime(2026, 3, 1, 10, 30), "minute"),
    ("nl", "20 mei 2026 om 10:05", datetime(2026, 5, 20, 10, 5), "minute"),
    ("sv", "20 maj 2026 kl. 10:05", datetime(2026, 5, 20, 10, 5), "minute"),
    ("da", "20. maj 2026 kl. 10:05", datetime(2026, 5, 20, 10, 5), "minute"),
    ("no", "20. desember 2025", date(2025, 12, 20), "day"),
    ("ja", "2026年11月20日 09:05", datetime(2026, 11, 20, 9, 5), "minute"),
    (None, "20 février 2026", date(2026, 2, 20), "day"),
]


@pytest.mark.parametrize(("language", "raw", "value", "precision"), WRITTEN)
def test_what_people_write(language: str | None, raw: str, value: object, precision: str) -> None:
    stamp = read_stamp(raw, "text", language=language, base=NOW)
    assert stamp is not None
    assert (stamp.value, stamp.precision) == (value, precision)


RELATIVE = [
    ("en", "2 weeks ago", date(2026, 11, 8), "week"),
    ("en", "1 day ago", date(2026, 11, 21), "day"),
    ("en", "3 hours ago", utc(2026, 11, 22, 9), "hour"),
    ("en", "10 mins ago", utc(2026, 11, 22, 12, 15), "minute"),
    ("en", "a month ago", date(2026, 10, 22), "month"),
    ("en", "2 years ago", date(2024, 11, 22), "year"),
    ("en", "just now", utc(2026, 11, 22, 12, 25), "minute"),
    ("en", "today", date(2026, 11, 22), "day"),
    ("en", "Yesterday, 4:32 p.m.", datetime(2026, 11, 21, 16, 32), "minute"),
    ("de", "vor 2 Stunden", utc(2026, 11, 22, 10), "hour"),
    ("de", "vor einem Tag", date(2026, 11, 21), "day"),
    ("de", "gestern um 14:05 Uhr", datetime(2026, 11, 21, 14, 5), "minute"),
    ("fr", "il y a 2 jours", date(2026, 11, 20), "day"),
    ("es", "hace 3 semanas", date(2026, 11, 1), "week"),
    ("it", "2 ore fa", utc(2026, 11, 22, 10), "hour"),
    ("pt", "há 2 dias", date(2026, 11, 20), "day"),
    ("nl", "2 uur geleden", utc(2026, 11, 22, 10), "hour"),
    ("sv", "för 2 timmar sedan", utc(2026, 11, 22, 10), "hour"),
    ("da", "for 2 timer siden", utc(2026, 11, 22, 10), "hour"),
    ("no", "for 2 dager siden", date(2026, 11, 20), "day"),
    (None, "hace 2 días", date(2026, 11, 20), "day"),
]


@pytest.mark.parametrize(("language", "raw", "value", "precision"), RELATIVE)
def test_what_counts_from_now(language: str | None, raw: str, value: object, precision: str) -> None:
    stamp = read_stamp(raw, "text", language=language, base=NOW)
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.raw) == (value, precision, raw)


@pytest.mark.parametrize(("raw", "precision"), [("2 weeks ago", "week"), ("3 hours ago", "hour"), ("1 day ago", "day")])
def test_relative_without_a_base_keeps_words_and_precision(raw: str, precision: str) -> None:
    stamp = read_stamp(raw, "text", language="en")
    assert stamp is not None
    assert (stamp.value, stamp.precision, stamp.raw) == (None, precision, raw)


def test_month_ends_are_kept_inside_the_month() -> None:
    stamp = read_stamp("1 month ago", "text", language="en", base=utc(2026, 3, 31, 8))
    assert stamp is not None
    assert stamp.value == date(2026, 2, 28)


@pytest.mark.parametrize(
    "raw",
    ["0000-00-00", "0000-00-00 00:00:00", "2026-13-45", "1970-01-01T00:00:00Z", "00:00-YY-DD-MM", "", "no date here",
     "2026-12-24", "24 December 2027", "31 February 2026", "Call 555 1234", "24/7", "1.5.2"],
)  # fmt: skip
def test_what_is_no_date_or_lies_ahead(raw: str) -> None:
    assert read_stamp(raw, "meta", language="en", base=NOW) is None


def test_raw_is_cut_to_the_words_of_the_date() -> None:
    stamp = read_stamp(
        "By Ada Quill | Published: 18 November 2026, 14:05 | 3 min read", "text", language="en", base=NOW
    )
    assert stamp is not None
    assert stamp.raw == "18 November 2026, 14:05"


def test_a_zone_that_would_put_it_into_the_future_is_not_believed() -> None:
    stamp = read_stamp("2026-11-22T14:05:00Z", "meta", base=NOW)
    assert stamp is not None
    assert stamp.value == datetime(2026, 11, 22, 14, 5)


def test_the_outlet_zone_is_used_where_the_page_gives_none() -> None:
    rules = SiteRules(timezone="Europe/Berlin")
    stamp = read_stamp("20.06.2026, 14:39 Uhr", "text", language="de", base=NOW, rules=rules)
    assert stamp is not None
    assert stamp.value == utc(2026, 6, 20, 12, 39)


def test_an_outlet_that_calls_its_local_time_utc() -> None:
    rules = SiteRules(timezone="America/Los_Angeles", utc_means_local=True)
    stamp = read_stamp("2026-11-20T14:05:00+00:00", "json-ld", base=NOW, rules=rules)
    assert stamp is not None
    assert stamp.value == utc(2026, 11, 20, 22, 5)
    other = read_stamp("2026-11-20T14:05:00-08:00", "json-ld", base=NOW, rules=rules)
    assert other is not None
    assert other.value == utc(2026, 11, 20, 22, 5)


@pytest.mark.parametrize("base", [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)])
def test_a_base_at_the_end_of_the_calendar_is_none(base: datetime) -> None:
    for raw in (
        "2 weeks ago",
        "yesterday",
        "Nov. 3",
        "1 year ago",
        "2026-11-20T14:05:09Z",
        "9999-12-31T23:59:59-14:00",
    ):
        read_stamp(raw, "text", language="en", base=base)
    stamp = read_stamp("2 weeks ago", "text", language="en", base=base)
    assert stamp is not None
    assert stamp.value is None


@pytest.mark.parametrize("raw", ["9999-12-31", "0001-01-01", "1066-10-14T09:00:00Z", "3026-11-20"])
def test_a_year_in_which_nothing_was_published_is_none(raw: str) -> None:
    assert read_stamp(raw, "json-ld") is None


@pytest.mark.parametrize("piece", ["1 ", "12:", "may ", "2026-", "1/1/", "ago ", "+01"])
def test_hostile_strings_take_linear_time(piece: str) -> None:
    assert_linear(lambda times: piece * times, lambda raw: read_stamp(raw, "text", language="en"), 12_500)
