from __future__ import annotations

import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import formatdate
from pathlib import Path

import pytest
from sqlite_utils import Database

from crawler.frontier.hosts import release_hosts, renew_hosts, set_next_request, take_host
from crawler.frontier.pace import DAY, HOUR, Pace, next_step, rest_after, retry_after
from crawler.frontier.redirects import CIRCLE, settle_redirect
from crawler.frontier.schema import frontier
from crawler.frontier.urls import (
    MAX_HOPS,
    Found,
    Ticket,
    add_found,
    add_roots,
    begin_site,
    due,
    nesting,
    next_due,
    relist_children,
    settle_done,
    settle_failure,
)
from crawler.owner import Owner, this_process
from pipelines.database import close_writer, open_writer

NOW = 1_790_000_000.0
HOST, SITE = "gull.example", "gull.example"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    database = open_writer(tmp_path / "redtop.db", frontier)
    yield database
    close_writer(database)


def article(path: str, lastmod: float | None = None) -> Found:
    return Found(url=f"http://{HOST}/{path}", kind="article", lastmod=lastmod)


def feed(path: str, lastmod: float | None = None) -> Found:
    return Found(url=f"http://{HOST}/{path}", kind="sitemap", lastmod=lastmod)


def list_again(db: Database, *found: Found, crawl_id: int = 2, at: float = NOW) -> int:
    return add_found(db, SITE, found, at, crawl_id=crawl_id, came_from=f"http://{HOST}/feed")


def asked(db: Database, *, crawl_id: int = 1, at: float = NOW) -> list[str]:
    return [ticket.url.rpartition("/")[2] for ticket in tickets(db, crawl_id=crawl_id, at=at)]


def tickets(db: Database, *, crawl_id: int = 1, at: float = NOW) -> list[Ticket]:
    return due(db, HOST, SITE, crawl_id, at, 100, what="articles")


def visit(db: Database, ticket: Ticket, due_at: float | None = None, crawl_id: int = 1) -> None:
    settle_done(db, ticket, crawl_id, due_at, etag='"1"', last_modified="then")


def test_the_newest_is_asked_first_and_the_unseen_before_the_seen(db: Database) -> None:
    list_again(db, article("old", 10), article("new", 30), article("untold"), article("seen", 40))
    visit(db, tickets(db)[0], NOW)
    assert asked(db, crawl_id=2) == ["new", "old", "untold", "seen"]


def test_an_address_is_known_by_its_key_and_asked_without_tracking(db: Database) -> None:
    assert list_again(db, article("a?utm_source=x"), article("a"), article("a/"), article("a#top")) == 1
    assert [ticket.url for ticket in tickets(db)] == [f"http://{HOST}/a"]


def test_what_is_no_address_is_left_out(db: Database) -> None:
    odd = [Found(url=url, kind="sitemap") for url in ("http://gull.example:port/", "http://[gull/", "mailto:a@b", "")]
    assert list_again(db, *odd, article("a")) == 1


def test_credentials_are_never_stored(db: Database) -> None:
    add_found(db, SITE, [Found(url=f"http://u:secret@{HOST}/a", kind="article")], NOW, crawl_id=1, came_from=None)
    assert "secret" not in "".join(map(str, db.conn.execute("SELECT * FROM frontier_url").fetchone()))


def test_a_time_told_by_a_second_listing_counts_while_an_address_waits(db: Database) -> None:
    list_again(db, article("a"), article("b", 10))
    list_again(db, article("a", 20))
    assert asked(db) == ["a", "b"]


def test_what_is_done_comes_back_when_due_or_listed_with_a_newer_change(db: Database) -> None:
    list_again(db, article("a", 10))
    visit(db, tickets(db)[0], NOW + HOUR)
    assert asked(db, crawl_id=2) == []
    assert asked(db, crawl_id=2, at=NOW + HOUR) == ["a"]
    list_again(db, article("a", 10))
    assert asked(db, crawl_id=2) == []
    list_again(db, article("a", 11))
    assert asked(db, crawl_id=2) == ["a"]
    ticket = tickets(db, crawl_id=2)[0]
    assert (ticket.etag, ticket.last_modified, ticket.visits) == ('"1"', "then", 1)


def test_nothing_is_asked_twice_in_a_run(db: Database) -> None:
    list_again(db, article("a", 10))
    visit(db, tickets(db)[0], NOW)
    list_again(db, article("a", 20), crawl_id=1)
    assert asked(db, crawl_id=1, at=NOW + DAY) == []
    assert asked(db, crawl_id=2, at=NOW + DAY) == ["a"]


def test_a_failure_waits_longer_each_time_and_is_given_up_with_its_reason(db: Database) -> None:
    pace = Pace(retries=(1.0, 5.0), chance=float)
    list_again(db, article("a"))
    pauses, now = [], NOW
    while found := tickets(db, at=now):
        pause = pace.after_failure(found[0].attempts + 1, slow=False)
        settle_failure(db, found[0], 1, now, "answered 500", pause)
        pauses.append(pause)
        now += pause or 0
    assert pauses == [1.0, 5.0, None]
    assert db.conn.execute("SELECT state, reason, attempts FROM frontier_url").fetchone() == (
        "gave_up", "answered 500", 3,
    )  # fmt: skip
    list_again(db, article("a", 50))
    assert tickets(db, crawl_id=2)[0].attempts == 0


def test_what_failed_is_asked_again_in_the_same_run_and_known_as_such(db: Database) -> None:
    list_again(db, article("a"), article("b"))
    settle_failure(db, tickets(db)[0], 1, NOW, "answered 500", 5.0)
    assert asked(db) == ["b"]
    assert next_due(db, HOST, SITE, 1, NOW, NOW + 60) == NOW + 5
    assert [ticket.key for ticket in due(db, HOST, SITE, 1, NOW + 5, 9, what="again")] == [f"{HOST}/a"]


def test_the_listings_of_a_site_are_asked_in_every_run_in_their_order(db: Database) -> None:
    page = Found(url=f"http://{HOST}/", kind="section")
    for crawl_id in (1, 2):
        begin_site(db, SITE, [page, feed("news.xml"), feed("index.xml")], NOW)
        found = due(db, HOST, SITE, crawl_id, NOW, 9, what="listings")
        assert [ticket.url.rpartition("/")[2] for ticket in found] == ["news.xml", "index.xml", ""]
        for ticket in found:
            visit(db, ticket, crawl_id=crawl_id)
        add_roots(db, SITE, [feed("news.xml")], NOW, crawl_id=crawl_id)
        assert due(db, HOST, SITE, crawl_id, NOW, 9, what="listings") == []


def test_a_listing_below_another_comes_back_when_it_changed_or_cannot_tell(db: Database) -> None:
    list_again(db, feed("told.xml", 10), feed("untold.xml"), crawl_id=1)
    for ticket in due(db, HOST, SITE, 1, NOW, 9, what="listings"):
        visit(db, ticket)
    list_again(db, feed("told.xml", 10), feed("untold.xml"))
    assert [t.url[-10:] for t in due(db, HOST, SITE, 2, NOW, 9, what="listings")] == ["untold.xml"]
    for ticket in due(db, HOST, SITE, 2, NOW, 9, what="listings"):
        visit(db, ticket, crawl_id=2)
    relist_children(db, f"http://{HOST}/feed", NOW)
    assert [t.url[-10:] for t in due(db, HOST, SITE, 3, NOW, 9, what="listings")] == ["untold.xml"]


def redirect(db: Database, path: str, target: str) -> str | None:
    (ticket,) = [ticket for ticket in tickets(db) if ticket.url == f"http://{HOST}/{path}"]
    return settle_redirect(db, ticket, 1, target, NOW)


def test_a_redirect_leads_to_an_address_of_its_own(db: Database) -> None:
    list_again(db, article("short", 10))
    assert redirect(db, "short", f"http://{HOST}/long") is None
    (ticket,) = tickets(db)
    assert (ticket.url, ticket.hops, ticket.came_from) == (f"http://{HOST}/long", 1, f"http://{HOST}/short")


def test_a_redirect_to_the_same_page_in_other_words_keeps_the_address(db: Database) -> None:
    list_again(db, article("a"))
    assert redirect(db, "a", "https://www.gull.example/a/") is None
    (ticket,) = due(db, "www.gull.example", SITE, 1, NOW, 9, what="articles")
    assert (ticket.url, ticket.key, ticket.hops) == ("https://www.gull.example/a/", "gull.example/a", 1)


def test_redirects_in_a_circle_are_seen(db: Database) -> None:
    list_again(db, article("a"))
    assert redirect(db, "a", f"http://{HOST}/a") == CIRCLE
    assert redirect(db, "a", f"http://{HOST}/b") is None
    assert redirect(db, "b", f"http://{HOST}/c") is None
    assert redirect(db, "c", f"http://{HOST}/a") == CIRCLE


def test_redirects_without_end_are_given_up(db: Database) -> None:
    list_again(db, article("0"))
    answers = [redirect(db, str(hop), f"http://{HOST}/{hop + 1}") for hop in range(MAX_HOPS + 1)]
    assert answers == [None] * MAX_HOPS + [f"redirects more than {MAX_HOPS} times"]


def test_a_host_belongs_to_one_living_process(db: Database) -> None:
    me, other = this_process(), replace(this_process(), namespace="elsewhere")
    assert take_host(db, HOST, me, NOW, 60) is not None
    assert take_host(db, HOST, me, NOW, 60) is not None
    assert take_host(db, HOST, other, NOW, 60) is None
    silent = take_host(db, HOST, other, NOW + 61, 60)
    assert silent is not None
    assert silent.is_abandoned
    assert renew_hosts(db, [HOST], me, NOW, 60) == {HOST}
    release_hosts(db, other)
    free = take_host(db, HOST, me, NOW, 60)
    assert free is not None
    assert not free.is_abandoned


def test_a_dead_owner_is_followed_at_once(db: Database) -> None:
    code = "from crawler.owner import this_process; print(this_process())"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    dead = Owner.parse(said.strip())
    assert dead is not None
    assert dead.is_dead
    assert not this_process().is_dead
    assert replace(this_process(), boot="another boot").is_dead
    take_host(db, HOST, dead, NOW, 60)
    taken = take_host(db, HOST, this_process(), NOW, 60)
    assert taken is not None
    assert taken.is_abandoned


def test_the_next_moment_of_a_host_never_moves_back(db: Database) -> None:
    take_host(db, HOST, this_process(), NOW, 60)
    set_next_request(db, HOST, NOW + 10)
    set_next_request(db, HOST, NOW + 5)
    state = take_host(db, HOST, this_process(), NOW, 60)
    assert state is not None
    assert state.next_request_at == NOW + 10


def test_revisits_grow_rarer_and_end() -> None:
    pace = Pace()
    assert [pace.after_visit(step) for step in range(1, 8)] == [
        HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, None,
    ]  # fmt: skip


@pytest.mark.parametrize(("chance", "factor"), [(0.0, 1.0), (0.5, 1.125), (0.9999999, 1.25)])
def test_pauses_after_failures_are_up_to_a_quarter_longer_and_never_shorter(chance: float, factor: float) -> None:
    pace = Pace(chance=lambda: chance)
    pauses = [pace.after_failure(attempts, slow=False) for attempts in range(1, 6)]
    pauses += [pace.after_failure(1, slow=True), pace.after_absence(1), pace.after_trouble(2), pace.after_trouble(99)]
    assert pauses == [pytest.approx(factor * pause) for pause in (*pace.retries, DAY, 600, 5, 6 * HOUR)]
    assert all(0 <= Pace().chance() < 1 for _ in range(100))
    assert pickle.loads(pickle.dumps(Pace())).after_visit(1) == pace.after_visit(1) == HOUR


def test_an_article_that_fails_for_long_goes_back_to_its_revisits() -> None:
    pace = Pace(chance=float)
    assert [pace.after_failure(attempts, slow=True, step=4) for attempts in range(1, 8)] == [
        DAY, 3 * DAY, 3 * DAY, 7 * DAY, 30 * DAY, None, None,
    ]  # fmt: skip
    assert [pace.after_failure(attempts, slow=True, step=7) for attempts in (3, 4)] == [30 * DAY, None]
    assert pace.after_failure(3, slow=True) is None
    assert pace.after_failure(6, slow=False, step=1) == HOUR


def test_what_was_given_up_is_heeded_again_after_some_days_once(db: Database) -> None:
    list_again(db, article("a"))
    for crawl_id, days in ((1, 3), (2, 3), (3, 3), (4, 4)):
        settle_failure(db, tickets(db, crawl_id=crawl_id)[0], crawl_id, NOW, "answered 404", None)
        list_again(db, article("a"), crawl_id=9, at=NOW + days * DAY - 1)
        assert asked(db, crawl_id=9) == []
        list_again(db, article("a"), crawl_id=9, at=NOW + days * DAY)
        assert asked(db, crawl_id=9, at=NOW + days * DAY) == ["a"]
        db.conn.execute("UPDATE frontier_url SET due_at = ?", [NOW])
    assert [rest_after(attempts) / DAY for attempts in (1, 3, 4, 30, 300)] == [3, 3, 4, 30, 30]


def test_a_newer_time_that_was_in_vain_is_heeded_again_after_a_while(db: Database) -> None:
    list_again(db, article("a", 10))
    visit(db, tickets(db)[0])
    list_again(db, article("a", 11))
    (ticket,) = tickets(db, crawl_id=2)
    assert ticket.misled == 1
    settle_done(db, ticket, 2, None, etag=None, last_modified=None, step=2, misled=1, heed_at=NOW + HOUR)
    list_again(db, article("a", 12), crawl_id=3, at=NOW + HOUR - 1)
    assert asked(db, crawl_id=3) == []
    list_again(db, article("a", 12), crawl_id=3, at=NOW + HOUR)
    assert [ticket.misled for ticket in tickets(db, crawl_id=3, at=NOW + HOUR)] == [2]
    pace = Pace()
    assert [pace.after_vain(misled) for misled in (0, 1, 2, 9)] == [0, HOUR, 6 * HOUR, 30 * DAY]


def test_an_article_that_keeps_changing_is_visited_sooner() -> None:
    step, steps = 0, []
    for number, changed in enumerate((False, False, False, True, True, True, False)):
        step = next_step(step, is_first=number == 0, has_changed=changed)
        steps.append(step)
    assert steps == [1, 2, 3, 2, 1, 1, 2]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (formatdate(NOW + 90, usegmt=True), 90.0),
        (formatdate(NOW - 90, usegmt=True), 0.0),
        (formatdate(NOW + 90, usegmt=True).replace("GMT", "-0000"), 90.0),
        (formatdate(NOW + 90, usegmt=True).replace(" GMT", ""), 90.0),
        (formatdate(NOW + 90, usegmt=True).replace("GMT", "+0100"), 0.0),
        (time.asctime(time.gmtime(NOW + 90)), 90.0),
        (f"{datetime.fromtimestamp(NOW + 90, UTC):%A, %d-%b-%y %H:%M:%S GMT}", 90.0),
        ("172800", 2 * DAY),
        ("99999999999", 7 * DAY),
        (formatdate(NOW + 20 * DAY, usegmt=True), 7 * DAY),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles", "Asia/Tokyo"])
def test_retry_after_in_both_forms(
    value: str, seconds: float | None, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert retry_after({"retry-after": value}, NOW) == seconds
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_listing_below_others_counts_them_and_no_redirects(db: Database) -> None:
    add_found(db, SITE, [feed("top")], NOW, crawl_id=1, came_from=None)
    add_found(db, SITE, [feed("moved")], NOW, crawl_id=1, came_from=f"http://{HOST}/top", hops=1)
    add_found(db, SITE, [feed("below")], NOW, crawl_id=1, came_from=f"http://{HOST}/moved")
    add_found(db, SITE, [feed("deep")], NOW, crawl_id=1, came_from=f"http://{HOST}/below")
    known = {
        ticket.url.rpartition("/")[2]: nesting(db, ticket, 2)
        for ticket in due(db, HOST, SITE, 1, NOW, 100, what="listings")
    }
    assert known == {"top": 0, "moved": 0, "below": 1, "deep": 2}


def test_counting_the_listings_above_one_ends_in_a_circle(db: Database) -> None:
    add_found(db, SITE, [feed("a")], NOW, crawl_id=1, came_from=f"http://{HOST}/b", hops=1)
    add_found(db, SITE, [feed("b")], NOW, crawl_id=1, came_from=f"http://{HOST}/a", hops=1)
    (first, _) = due(db, HOST, SITE, 1, NOW, 100, what="listings")
    assert nesting(db, first, 2) == 0
