"""Alarms: an outlet is held against its own past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from pipelines.fetches import finish_crawl, start_crawl
from pipelines.health import SiteRun, alarm
from pipelines.site_runs import write_site_runs
from pipelines.store import write_outcome
from tests.pipelines.builders import NOON, SITE, article, outcome

DAY, HOUR = 86400.0, 3600.0
MONDAY = datetime(2026, 11, 2, tzinfo=UTC).timestamp()


def usual(at: float, new: int = 2) -> SiteRun:
    """A run as this outlet has them: mostly no author, always a date."""
    return SiteRun(
        finished=at, pages=6, failures=0, articles_new=new, refused=0, missing_author=new and 1,
        median_words=400 if new else None,
    )  # fmt: skip


def month(*, sleeps_at_week_ends: bool = True) -> list[SiteRun]:
    """Four weeks of eight runs a day, new articles on working days between nine and six."""
    found = []
    for hour in range(0, 28 * 24, 3):
        at = MONDAY + hour * HOUR
        works = (hour // 24) % 7 < 5 or not sleeps_at_week_ends
        found.append(usual(at, 2 if works and 9 <= hour % 24 < 18 else 0))
    return found


NEXT = MONDAY + 28 * DAY + 9 * HOUR


def test_an_outlet_that_goes_on_as_it_did_is_well() -> None:
    runs = month()
    for count in range(1, len(runs) + 1):
        assert alarm(runs[:count]) is None, count
    assert alarm([*runs, usual(NEXT)]) is None


def test_a_quiet_week_end_is_no_alarm() -> None:
    runs = month()
    friday = runs[: 5 * 8 + 3 * 56]
    quiet = [usual(friday[-1].finished + 3 * HOUR * n, 0) for n in range(1, 20)]
    for count in range(len(quiet)):
        assert alarm(friday + quiet[: count + 1]) is None


def test_a_redesign_raises_the_alarm_within_one_run() -> None:
    redesigned = replace(usual(NEXT, 0), refused=2)
    assert alarm([*month(), usual(NEXT), redesigned]) is not None
    told = alarm([*month(), replace(redesigned, refused=3)])
    assert told == "3 of 3 pages give no article, 0% before"


@pytest.mark.parametrize(
    ("field", "word"),
    [("missing_headline", "headline"), ("missing_date", "publication date"), ("missing_body", "body")],
)
def test_fields_that_were_there_and_are_missing(field: str, word: str) -> None:
    told = alarm([*month(), replace(usual(NEXT, 4), **{field: 4, "missing_author": 2})])
    assert told == f"4 of 4 articles have no {word}, 0% before"


def test_what_an_outlet_never_gave_is_not_missing() -> None:
    assert alarm([*month(), replace(usual(NEXT, 4), missing_author=3)]) is None


def test_texts_that_become_stubs() -> None:
    assert alarm([*month(), replace(usual(NEXT, 4), median_words=60)]) == "articles have 60 words, 400 before"


def test_requests_that_fail() -> None:
    assert alarm([*month(), replace(usual(NEXT, 0), failures=6)]) == "no page answered"
    told = alarm([*month(), replace(usual(NEXT, 0), pages=20, failures=15)])
    assert told == "15 of 20 requests failed, 0% before"
    assert alarm([*month(), replace(usual(NEXT, 0), pages=20, failures=1)]) is None


def test_silence_beyond_the_outlets_rhythm() -> None:
    runs = month()
    silent: list[SiteRun] = []
    for hours in range(3, 24 * 40, 3):
        silent.append(usual(runs[-1].finished + hours * HOUR, 0))
        told = alarm(runs + silent)
        if told:
            silent[-1] = replace(silent[-1], is_alarmed=True)
    first = next(number for number, run in enumerate(silent) if run.is_alarmed)
    assert 2 < first / 8 < 3  # days after Sunday night; the last article came on Friday
    assert all(run.is_alarmed for run in silent[first:])
    assert told is not None
    assert told.endswith("days, never more than 2.8 before")


def test_a_fault_that_lasts_stays_an_alarm() -> None:
    runs = month()
    for number in range(40):
        runs.append(replace(usual(NEXT + number * 3 * HOUR, 0), refused=1))
        told = alarm(runs)
        if told:
            runs[-1] = replace(runs[-1], is_alarmed=True)
    assert [run.is_alarmed for run in runs[-38:]] == [True] * 38


def test_a_new_outlet_has_no_past_to_fall_out_of() -> None:
    assert alarm([replace(usual(NEXT, 5), missing_date=5, missing_author=5)]) is None
    assert alarm([usual(MONDAY, 1), replace(usual(NEXT, 0), refused=1)]) is None


def test_a_run_is_written_down_and_its_alarm_shows_in_the_view(db: Database) -> None:
    at = NOON
    for number in range(12):
        at = NOON + timedelta(days=number)
        crawl = start_crawl(db, at)
        for item in range(4):
            record = article(
                slug=f"/{number}-{item}", paragraphs=tuple(f"{number} {item} {word}" * 40 for word in "abc")
            )
            if number == 11:
                record = replace(record, published=None)
            found = replace(outcome(record, hours=24 * number), crawl_id=crawl)
            write_outcome(db, found)
        finish_crawl(db, crawl, at)
        alarms = write_site_runs(db, crawl, [SITE, "other.example"], at)
        assert bool(alarms) == (number == 11)
    row = next(iter(db.query("SELECT * FROM site_run ORDER BY crawl_id DESC LIMIT 1")))
    assert (row["pages"], row["articles_new"], row["missing_date"], row["missing_author"]) == (4, 4, 4, 0)
    assert (row["statuses"], row["languages"]) == ('{"200": 4}', '{"en": 4}')
    assert row["alarm"] == "4 of 4 articles have no publication date, 0% before"
    assert db.execute("SELECT alarm FROM site_health").fetchall() == [(row["alarm"],)]
