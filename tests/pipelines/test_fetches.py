from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlite_utils import Database

from pipelines.fetches import finish_crawl, start_crawl, write_failure
from pipelines.store import write_outcome
from tests.pipelines.builders import NOON, SITE, article, outcome, page


def crawled(db: Database, *, hours: float, articles: int, failures: int = 0, finish: bool = True) -> int:
    """A run with so many new articles and so many requests that fail."""
    begun = NOON + timedelta(hours=hours)
    crawl = start_crawl(db, begun)
    for number in range(articles):
        write_outcome(db, outcome(article(f"/{hours}-{number}"), hours=hours, crawl_id=crawl))
    for number in range(failures):
        write_failure(db, f"https://{SITE}/lost-{number}", SITE, begun, "connection refused", crawl)
    if finish:
        finish_crawl(db, crawl, begun + timedelta(minutes=5))
    return crawl


def health(db: Database) -> dict[str, Any]:
    (row,) = db.query("SELECT * FROM site_health")
    return row


def test_a_run_counts_what_it_did(db: Database) -> None:
    crawl = start_crawl(db, NOON)
    for hours in (0, 1):
        write_outcome(db, outcome(article(), hours=hours, crawl_id=crawl))
    write_outcome(db, outcome(article(paragraphs=("All is new.",)), hours=2, crawl_id=crawl))
    lost = page(f"https://{SITE}/x", hours=2, status=500)
    write_outcome(db, outcome(article(), page=lost, article=None, error="500 Server Error", crawl_id=crawl))
    write_failure(db, "https://nowhere.example/", "nowhere.example", NOON, "no such host", crawl)
    assert db.table("crawl").get(crawl)["status"] == "running"
    finish_crawl(db, crawl, NOON + timedelta(hours=3))
    assert db.table("crawl").get(crawl) == {
        "id": crawl, "started": "2026-11-22T12:00:00Z", "finished": "2026-11-22T15:00:00Z", "status": "finished",
        "pages": 5, "articles_new": 1, "articles_changed": 1, "errors": 2,
    }  # fmt: skip


def test_a_request_without_an_answer_has_a_row_with_its_reason(db: Database) -> None:
    write_failure(db, "https://nowhere.example/", "nowhere.example", NOON, "no such host")
    (row,) = db.table("fetch").rows
    assert (row["status"], row["bytes"], row["error"], row["result"]) == (None, None, "no such host", "failed")


def test_the_health_of_an_outlet_is_that_of_seven_days_up_to_its_last_finished_run(db: Database) -> None:
    crawled(db, hours=-24 * 30, articles=5)
    crawled(db, hours=0, articles=3, failures=1)
    assert health(db) == {
        "site": SITE, "last_success": "2026-11-22T12:00:00Z", "pages_7d": 4, "articles_7d": 3, "error_rate_7d": 0.25,
        "missing_headline": 0.0, "missing_date": 0.0, "missing_body": 0.0, "alarm": None,
    }  # fmt: skip


def test_a_run_that_is_not_over_does_not_count_yet(db: Database) -> None:
    crawled(db, hours=0, articles=3)
    crawled(db, hours=5, articles=0, failures=9, finish=False)
    assert health(db)["pages_7d"] == 3


def test_an_outlet_that_yields_nothing_is_told(db: Database) -> None:
    crawled(db, hours=-24 * 30, articles=5)
    crawled(db, hours=0, articles=0, failures=2)
    assert health(db)["alarm"] == "no page answered"
