"""Alarms: an outlet is held against its own past."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from pipelines.alarm_news import alarm_news
from pipelines.fetches import finish_crawl, start_crawl, write_failure
from pipelines.health import SiteRun, alarm
from pipelines.outage import outage, unanswered
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


@pytest.mark.parametrize(
    "broken",
    [
        replace(usual(NEXT, 0), failures=6),
        replace(usual(NEXT, 0), refused=9),
        replace(usual(NEXT, 9), missing_date=9),
        replace(usual(NEXT, 9), median_words=20),
    ],
)
def test_what_nobody_has_seen_three_times_is_no_past(broken: SiteRun) -> None:
    before = [replace(usual(NEXT - 3 * HOUR * n, 200), pages=200) for n in (3, 2, 1)]
    assert alarm([*before, broken]) is not None
    assert alarm([*before[1:], broken]) is None
    assert alarm([replace(before[0], failures=200, articles_new=0, median_words=None), *before[1:], broken]) is None
    assert alarm([broken]) is None


def test_one_request_that_fails_says_nothing_yet() -> None:
    small = [replace(usual(at * HOUR, 0), pages=1) for at in range(2000)]
    bad = replace(small[-1], failures=1)
    assert alarm([*small, bad]) is None
    assert alarm([*small, bad, bad]) == "2 of 3 requests failed, 0% before"
    assert alarm([*small, bad, bad, small[-1]]) is None


def asleep(days: float) -> list[SiteRun]:
    """Twenty days of a run every six hours that each bring articles, and then one after some days without any run."""
    runs = [usual(MONDAY + number * 6 * HOUR) for number in range(80)]
    return [*runs, usual(runs[-1].finished + days * DAY, 0)]


def test_no_gap_between_runs_is_an_outlets_silence() -> None:
    for days in (1, 7, 60):
        assert alarm(asleep(days)) is None
    twice = asleep(7)
    twice.append(usual(twice[-1].finished + 7 * DAY, 0))
    assert alarm(twice) is None


def test_a_gap_between_runs_does_not_become_the_rhythm() -> None:
    def silent_for(runs: list[SiteRun]) -> int:
        """How many silent runs it takes until the alarm."""
        for number in range(1, 100):
            runs = [*runs, usual(runs[-1].finished + 6 * HOUR, 0)]
            if alarm(runs):
                return number
        return 100

    woken = [*asleep(7)[:-1], replace(usual(0), finished=asleep(7)[-1].finished)]
    assert silent_for(asleep(7)[:-1]) <= silent_for(woken) <= 5


def test_an_outlet_that_is_not_asked_any_more_falls_silent_and_is_not_well() -> None:
    rests = [replace(usual(NEXT + number * 3 * HOUR, 0), pages=0) for number in range(40)]
    assert alarm([*month(), usual(NEXT), rests[1]]) is None
    assert alarm([*month(), usual(NEXT), *rests[1:]]) == "no new article for 4.9 days, never more than 2.8 before"
    down = replace(usual(NEXT, 0), failures=6)
    assert alarm([*month(), replace(down, is_alarmed=True), rests[1]]) == "no page answered"


def test_a_run_without_a_network_is_as_if_it_had_not_been() -> None:
    out = [replace(usual(NEXT + number * 3 * HOUR, 0), failures=6, is_outage=True) for number in range(80)]
    assert alarm([*month(), *out]) is None
    assert alarm([*month(), *out, usual(NEXT + 80 * 3 * HOUR, 0)]) is None
    redesigned = replace(usual(NEXT, 0), refused=4, is_alarmed=True)
    assert alarm([*month(), redesigned, *out]) == "4 of 4 pages give no article, 0% before"


def ended(db: Database, number: int, **pages: int | str) -> dict[str, str]:
    """End a run that asked outlets for pages, or got no answer where a word stands; nothing new, but in the first."""
    at = NOON + timedelta(hours=6 * number)
    crawl = start_crawl(db, at)
    for name, told in pages.items():
        for item in range(4 if isinstance(told, str) else told):
            if isinstance(told, str):
                write_failure(db, f"https://{name}/{item}", name, at, told, crawl)
            else:
                record = article(slug=f"/{name}/{number}-{item}", paragraphs=(f"{name} {number} {item} told " * 40,))
                write_outcome(db, replace(outcome(record, hours=6 * number), crawl_id=crawl, site=name))
    finish_crawl(db, crawl, at)
    return write_site_runs(db, crawl, [*pages, "rests", "never"], at, unasked=["rests"])


def test_where_no_outlet_answers_none_is_to_blame(db: Database) -> None:
    for number in range(6):
        assert ended(db, number, gull=4, tern=4, puffin=4) == {}
    assert ended(db, 6, gull="down", tern=4, puffin=4) == {"gull": "no page answered"}
    assert outage(db, 7) is None
    assert ended(db, 7, gull="down", tern="down", puffin="down") == {"gull": "no page answered"}
    assert outage(db, 8) == (
        "no answer from all 3 outlets: this machine's network, its name server or its proxy is at fault"
    )
    assert ended(db, 8, tern="down") == {"tern": "no page answered"}
    assert unanswered(db, 8) == ["gull", "puffin", "tern"]
    rests = db.execute("SELECT pages, statuses, median_words FROM site_run WHERE site = 'rests'").fetchall()
    assert rests == [(0, "{}", None)] * 9
    assert db.execute("SELECT count(*) FROM site_run WHERE site = 'never'").fetchone() == (0,)


def test_an_alarm_is_news_when_it_begins_once_a_day_and_when_it_ends(db: Database) -> None:
    said = "no page answered"
    told = []
    for number in range(16):
        ended(db, number, gull="down" if 5 <= number < 14 else 4, tern=4)
        news = alarm_news(db, number + 1)
        told.append("".join(word for word in ("begun", "lasting", "ended") if getattr(news, word)))
        assert bool(news) == bool(told[-1])
        assert all(getattr(news, word) == {"gull": said} for word in (told[-1],) if word)
    assert told == [*[""] * 5, "begun", *[""] * 3, "lasting", *[""] * 3, "lasting", "ended", ""]


def test_an_outage_is_news_when_it_begins_and_when_it_is_over(db: Database) -> None:
    told = []
    for number in range(7):
        ended(db, number, gull="down" if number in (3, 4) else 4, tern="down" if number in (3, 4) else 4)
        news = alarm_news(db, number + 1)
        told.append((news.outage is not None, news.is_outage_over, news.begun or news.ended))
    assert told == [(False, False, {})] * 3 + [
        (True, False, {}),
        (False, False, {}),
        (False, True, {}),
        (False, False, {}),
    ]


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
