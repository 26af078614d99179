"""The report: one page that needs nothing else, the same for the same database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from sqlite_utils import Database

from pipelines.database import open_reader
from pipelines.report.charts import draw
from pipelines.report.page import to_page
from pipelines.report.sections import sections
from pipelines.research.questions import Answer, Chart, read_questions

QUESTIONS = read_questions(Path(__file__).parents[3] / "data" / "queries")


def page_of(db: Database) -> str:
    return to_page(sections(db, QUESTIONS), title="A report", about="of <this>")


@pytest.fixture(scope="module")
def page(demo_db: Path) -> Iterator[str]:
    db = open_reader(demo_db)
    yield page_of(db)
    db.close()


class Outside(HTMLParser):
    """Collects what a page would load or execute, its ids, and tags left open."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in ("script", "iframe", "img", "object", "embed") or told.get("style", "").count("url("):  # type: ignore[union-attr]
            self.loads.append(tag)
        self.loads += [str(told[name]) for name in ("src", "srcset") if name in told]
        if tag == "link" and not str(told.get("href")).startswith("data:"):
            self.loads.append(str(told.get("href")))
        self.ids += [str(told["id"])] if "id" in told else []
        if tag not in ("meta", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_loads_nothing_and_every_tag_is_closed_and_no_id_stands_twice(page: str) -> None:
    read = Outside()
    read.feed(page)
    assert read.loads == []
    assert read.open == []
    assert len(read.ids) == len(set(read.ids))
    assert not re.search(r"@import|url\((?!#)", page)
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', page))
    assert used <= set(read.ids)


def test_each_answer_has_its_sql_beneath_and_charts_their_numbers(page: str) -> None:
    assert page.count("<summary>The SQL</summary>") == page.count("<section ")
    assert page.count("<summary>The numbers</summary>") == page.count("<svg ") >= 9
    assert "FROM quote_month" in page
    assert "of &lt;this&gt;" in page


def test_labels_stand_as_text_beside_what_they_name(page: str) -> None:
    for label in ("Ines Caldera", "starling.localhost", "dailyglint.localhost from starling.localhost"):
        assert re.search(rf"<text[^>]*>{label}</text>", page), label


def test_the_same_database_gives_the_same_page(page: str, demo_db: Path) -> None:
    db = open_reader(demo_db)
    assert page_of(db) == page
    db.close()


def test_an_empty_database_has_a_report_too(empty: Path) -> None:
    db = open_reader(empty)
    page = page_of(db)
    assert "Nothing in this database." in page
    assert "<svg" not in page
    db.close()


@pytest.mark.parametrize("kind", ["bar", "line", "stack", "strip"])
def test_odd_names_and_many_rows_are_drawn(kind: str) -> None:
    rows = tuple(
        (f"2026-{1 + number % 12:02}", number, f"$x_{number}$ <b> & “Zoë” {'long ' * 20}") for number in range(60)
    )
    x, y, by = ("n", "name", "day") if kind in ("bar", "stack") else ("day", "n", "name")
    chart = Chart(kind=kind, x=x, y=y if kind != "strip" else "name", by=by if kind != "strip" else None)
    drawn = draw(chart, Answer(("day", "n", "name"), rows), "odd")
    assert drawn
    assert "<b>" not in drawn
