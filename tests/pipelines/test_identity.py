from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlite_utils import Database

from extractors import Article
from pipelines.address import is_plain
from pipelines.outcome import Outcome
from pipelines.store import Stored, write_outcome
from tests.pipelines.builders import SITE, article, outcome, page

URL = f"https://www.{SITE}/maud-leaves"
LONG = tuple(
    f"Paragraph {number} tells of the tour that took the Spoons from Cork to Kraków in a bus." for number in range(9)
)


def at(url: str, record: Article, *, hours: float = 0, asked: str | None = None) -> Outcome:
    """A record read from a page at an address of its own."""
    made = outcome(replace(record, url=url), hours=hours)
    return replace(made, page=replace(made.page, url=url, requested_url=asked))


def write(db: Database, *outcomes: Outcome) -> list[Stored]:
    return [write_outcome(db, made) for made in outcomes]


def articles(db: Database) -> list[dict[str, Any]]:
    return [dict(row) for row in db.query("SELECT id, url, headline, revisions FROM article ORDER BY id")]


@pytest.mark.parametrize(
    "twin",
    [
        f"https://www.{SITE}/maud-leaves/",
        f"http://{SITE}/maud-leaves",
        f"https://m.{SITE}/maud-leaves",
        f"https://amp.{SITE}/maud-leaves",
        f"https://www.{SITE}/maud-leaves/amp/",
        f"https://www.{SITE}/maud-leaves?utm_source=feed#comments",
    ],
)
def test_other_addresses_of_a_page_are_the_same_article(db: Database, twin: str) -> None:
    stored = write(db, at(URL, article()), at(twin, article(), hours=1))
    assert [(one.state, one.article_id) for one in stored] == [("new", 1), ("unchanged", 1)]


@pytest.mark.parametrize("first_comes", ["twin", "page"])
def test_what_a_twin_renders_differently_is_no_change_of_the_article(db: Database, first_comes: str) -> None:
    amp = replace(article(), dek=None, images=(), headline="Maud quits")
    both = [at(f"{URL}/amp/", amp, hours=1), at(URL, article(), hours=1)]
    write(db, *(both if first_comes == "twin" else reversed(both)))
    assert articles(db) == [{"id": 1, "url": URL, "headline": article().headline, "revisions": 1}]
    assert db.table("image").count == 1


def test_a_page_elsewhere_that_names_an_article_as_its_own_address_belongs_to_it(db: Database) -> None:
    printed = f"https://www.{SITE}/print/4711"
    stored = write(db, at(URL, article()), at(printed, article()), at(printed, article(), hours=1))
    assert [one.article_id for one in stored] == [1, 1, 1]
    assert articles(db)[0]["url"] == URL


def test_a_print_page_that_came_first_gives_way_to_the_page_itself(db: Database) -> None:
    write(db, at(f"https://www.{SITE}/print/4711", replace(article(), images=())), at(URL, article()))
    assert articles(db) == [{"id": 1, "url": URL, "headline": article().headline, "revisions": 1}]
    assert db.table("image").count == 1


@pytest.mark.parametrize("wrong", ["https://elsewhere.example/maud", f"https://www.{SITE}/", f"https://www.{SITE}"])
def test_a_canonical_on_another_site_or_a_front_page_is_not_believed(db: Database, wrong: str) -> None:
    for number in range(2):
        record = replace(article(f"/story-{number}", paragraphs=(f"Text {number}.",)), canonical_url=wrong)
        write(db, at(f"https://www.{SITE}/story-{number}", record))
    assert [row["url"] for row in articles(db)] == [f"https://www.{SITE}/story-0", f"https://www.{SITE}/story-1"]


def test_pages_with_different_texts_that_name_one_address_stay_apart(db: Database) -> None:
    for number in range(3):
        text = " ".join(f"word{number}{place}" for place in range(60))
        record = replace(article(paragraphs=(text,)), headline=f"Story {number}", quotes=())
        wrong = replace(record, canonical_url=f"https://www.{SITE}/celebrities")
        write(db, at(f"https://www.{SITE}/story-{number}", wrong))
    assert [row["url"] for row in articles(db)] == [f"https://www.{SITE}/story-{number}" for number in range(3)]


def test_a_page_is_itself_though_another_one_claimed_its_address_before(db: Database) -> None:
    other = replace(article(paragraphs=("Nothing of it is here.",)), headline="Another headline", quotes=())
    write(db, at(f"https://www.{SITE}/other", other), at(URL, article()))
    assert [row["url"] for row in articles(db)] == [f"https://www.{SITE}/other", URL]


def test_an_article_keeps_its_row_when_everything_but_its_address_changes(db: Database) -> None:
    other = replace(article(paragraphs=("Nothing is left of it.",)), headline="Another headline", dek=None)
    stored = write(db, at(URL, article()), at(URL, replace(other, canonical_url=None), hours=1))
    assert (stored[1].state, stored[1].article_id, stored[1].revision) == ("changed", 1, 2)


def test_the_same_text_in_two_sections_of_one_outlet_is_one_article(db: Database) -> None:
    stored = []
    for section in ("music", "showbiz"):
        url = f"https://www.{SITE}/{section}/maud-leaves"
        stored += write(db, at(url, replace(article(paragraphs=LONG), canonical_url=url, quotes=())))
    assert [one.article_id for one in stored] == [1, 1]


def test_the_same_few_words_on_two_pages_are_two_articles(db: Database) -> None:
    for section in ("music", "showbiz"):
        url = f"https://www.{SITE}/{section}/maud-leaves"
        write(db, at(url, replace(article(paragraphs=("Watch the clip.",)), canonical_url=url, quotes=())))
    assert len(articles(db)) == 2


def test_the_same_article_at_two_outlets_is_two_rows(db: Database) -> None:
    write(db, outcome(article(paragraphs=LONG)), outcome(article(site="glimmer.example", paragraphs=LONG)))
    assert len(articles(db)) == 2


def test_an_address_that_led_to_the_article_finds_it_when_it_is_gone(db: Database) -> None:
    short = f"https://www.{SITE}/?p=4711"
    write(db, at(URL, article(), asked=short))
    lost = page(f"https://www.{SITE}/404", hours=1, status=404)
    gone = replace(outcome(article()), page=replace(lost, requested_url=URL), article=None)
    assert write_outcome(db, gone).state == "gone"


def test_a_vanished_twin_does_not_take_the_article_with_it(db: Database) -> None:
    write(db, at(URL, article()), at(f"{URL}/amp/", article()))
    gone = replace(outcome(article()), page=page(f"{URL}/amp/", hours=1, status=404), article=None)
    assert write_outcome(db, gone).state == "failed"
    assert db.table("article").get(1)["gone_at"] is None


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        (URL, True), (f"{URL}/", True), (f"http://{SITE}/maud-leaves", True), (f"{URL}?page=2", True),
        (f"{URL}?utm_source=x", True), (f"{URL}/amp", False), (f"https://m.{SITE}/maud-leaves", False),
    ],
)  # fmt: skip
def test_a_twin_s_address_is_told_from_a_plain_one(address: str, plain: bool) -> None:
    assert is_plain(address) is plain
