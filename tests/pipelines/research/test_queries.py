"""The research questions answer rightly: the rows are written by hand, from the sample and its records."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from sqlite_utils import Database

from pipelines.database import close_writer, open_reader, open_writer, transaction
from pipelines.research import QueryError
from pipelines.research.questions import ask, read_question, read_questions

FOLDER = Path(__file__).parents[3] / "data" / "queries"
QUESTIONS = read_questions(FOLDER)
GLINT, STARLING = "dailyglint.localhost", "starling.localhost"
FARROW = "Imelda Farrow Cancels the Rest of Her West End Run"
FARROW_COPY = "Saltmarsh star Imelda Farrow steps away from the stage"
FIRST, SECOND = "2026-11-17T12:55:00Z", "2026-11-18T11:30:00Z"
Rows = list[tuple[Any, ...]]
EXPECTED: dict[str, list[tuple[dict[str, str], Rows]]] = {
    "agency_share": [({}, [(GLINT, 18, 1, 0.056, 1, 0.056), (STARLING, 20, 1, 0.05, 0, 0.0)])],
    "agency_stories": [
        ({}, [(FARROW, STARLING, "published", FIRST, "PA", 2, GLINT, ANY)]),
        ({"agency": "PA"}, [(FARROW, STARLING, "published", FIRST, "PA", 2, GLINT, ANY)]),
        ({"agency": "dpa"}, []),
    ],
    "anonymous_by_language": [
        ({}, [("en", 198, 163, 25, 10, 0, 0.126), ("de", 5, 4, 1, 0, 0, 0.2)]),
        ({"site": STARLING}, [("en", 116, 96, 14, 6, 0, 0.121)]),
    ],
    "anonymous_share": [
        ({}, [(GLINT, 87, 71, 12, 0.138, 0), (STARLING, 116, 96, 14, 0.121, 0)]),
        ({"until": "2026-10"}, [(STARLING, 9, 7, 2, 0.222, 0)]),
    ],
    "anonymous_share_by_month": [
        ({"site": GLINT}, [("2026-11", GLINT, 87, 12, 0.138)]),
        ({"since": "2026-10", "site": STARLING},
         [("2026-11", STARLING, 107, 12, 0.112), ("2026-10", STARLING, 2, 2, 1.0)]),
    ],
    "article_length": [
        ({"site": STARLING}, [
            ("2026-11", STARLING, 17, 168.0), ("2026-10", STARLING, 1, 92.0), ("2026-05", STARLING, 1, 131.0),
            ("2026-03", STARLING, 1, 218.0),
        ]),
    ],
    "coverage_by_day": [
        ({"days": "3"}, [
            ("2026-11-20", GLINT, 1, 0, ANY), ("2026-11-20", STARLING, 0, 0, ANY),
            ("2026-11-19", GLINT, 3, 0, ANY), ("2026-11-19", STARLING, 2, 0, ANY),
            ("2026-11-18", GLINT, 4, 1, ANY), ("2026-11-18", STARLING, 2, 0, ANY),
        ]),
        ({"until": "2026-10-29", "days": "2", "site": STARLING}, [
            ("2026-10-29", STARLING, 0, 0, 0), ("2026-10-28", STARLING, 1, 0, 0),
        ]),
    ],
    "crawl_gaps": [({}, [])],
    "deleted_articles": [({}, [])],
    "embedded_accounts": [
        ({"provider": "instagram"}, [
            ("bryonycastellane", "instagram", 1, 1), ("dailyglint", "instagram", 1, 1),
            ("jolandakrestin", "instagram", 1, 1),
        ]),
        ({"provider": "bluesky"}, [("halbrennick.example", "bluesky", 1, 1)]),
    ],
    "embeds_by_provider": [
        ({"site": GLINT}, [
            ("x", GLINT, 4, 22.2), ("instagram", GLINT, 3, 16.7), ("tiktok", GLINT, 1, 5.6), ("youtube", GLINT, 1, 5.6),
        ]),
    ],
    "most_copied": [({}, [(1, 1, FARROW, STARLING, "PA", FIRST, SECOND, ANY)])],
    "most_named": [
        ({"rows": "3"}, [("Maren Tolliver", 4, 1, 7), ("Teddy Amsel", 4, 1, 7), ("Imelda Farrow", 3, 2, 8)]),
    ],
    "most_quoted": [
        ({"rows": "6"}, [
            ("Ines Caldera", 12, 1, 1), ("Tansy Okoro", 11, 2, 1), ("Fiachra Kestle", 9, 1, 1),
            ("Imogen Pellerby", 9, 1, 1), ("Imelda Farrow", 8, 3, 2), ("Delphine Laurier", 8, 1, 1),
        ]),
        ({"site": GLINT, "rows": "4"}, [
            ("Fiachra Kestle", 9, 1, 1), ("Imogen Pellerby", 9, 1, 1), ("Anselm Rookwood", 6, 1, 1),
            ("Imelda Farrow", 5, 2, 1),
        ]),
    ],
    "quoted_about_whom": [
        ({"person": "Maren Tolliver"}, [
            ("Maren Tolliver", "Corin Vale", "person", 3, 1), ("Maren Tolliver", "Maren Tolliver", "person", 2, 1),
            ("Maren Tolliver", "a source close to the couple", "anonymous", 2, 1),
            ("Maren Tolliver", "a rep for Tolliver", "representative", 1, 1),
        ]),
        ({"person": "Nobody At All"}, []),
    ],
    "rewritten_headlines": [
        ({}, [(
            GLINT, "Tamsin Ozari adds second Dublin night to comeback tour",
            "Tamsin Ozari adds third Dublin night to comeback tour", ANY, ANY, ANY,
        )]),
        ({"site": STARLING}, []),
    ],
    "silent_quote_edits": [
        ({}, [(
            GLINT, "Tamsin Ozari", "I thought I would be playing to my cousins,",
            "I thought I would be playing to my cousins, and now the whole county wants in,", ANY, 1, ANY,
            "Tamsin Ozari adds third Dublin night to comeback tour",
        )]),
        ({"site": STARLING}, []),
    ],
    "story_timeline": [
        ({}, [
            (FIRST, STARLING, FARROW, 0.0, "PA", None, ANY), (SECOND, GLINT, FARROW_COPY, 22.6, "PA", ANY, ANY),
        ]),
    ],
    "who_cites_whom": [
        ({"rows": "3"}, [("Deadline", STARLING, 2), ("People", STARLING, 2), ("Us Weekly", STARLING, 2)]),
        ({"site": GLINT}, [
            (outlet, GLINT, 1) for outlet in
            ("Bunte", "Hello!", "Irish Independent", "Page Six", "People", "TMZ", "The Sun", "Us Weekly")
        ]),
    ],
    "who_copied_whom": [
        ({}, [(f"{GLINT} from {STARLING}", GLINT, STARLING, 1, 22.6, 22.6)]),
        ({"site": STARLING}, []),
    ],
    "who_was_first": [({}, [(STARLING, 1, 1, 1, 1.0), (GLINT, 1, 0, 0, 0.0)]), ({"outlets": "3"}, [])],
}  # fmt: skip


@pytest.fixture(scope="module")
def demo(demo_db: Path) -> Iterator[Database]:
    db = open_reader(demo_db)
    yield db
    db.close()


@pytest.mark.parametrize(
    ("name", "values", "rows"), [(name, *case) for name, cases in EXPECTED.items() for case in cases]
)
def test_a_question_answers_the_demo_rightly(demo: Database, name: str, values: dict[str, str], rows: Rows) -> None:
    answer = ask(demo, QUESTIONS[name], values)
    assert list(answer.rows) == rows
    assert all(len(row) == len(answer.columns) for row in answer.rows)


def test_every_question_has_its_expected_rows() -> None:
    assert set(QUESTIONS) == set(EXPECTED)
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_chart_names_columns_that_are_there(demo: Database, name: str) -> None:
    chart = QUESTIONS[name].chart
    if chart:
        assert {chart.x, chart.y, chart.by or chart.x} <= set(ask(demo, QUESTIONS[name]).columns)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_parameter_may_be_null_as_well_as_empty(demo: Database, name: str) -> None:
    question = QUESTIONS[name]
    nothing = demo.conn.execute(question.sql, dict.fromkeys(question.parameters)).fetchall()
    assert nothing == list(ask(demo, question).rows)


@pytest.fixture
def later(demo_db: Path, tmp_path: Path) -> Iterator[Database]:
    """The demo's database after more had happened: a silent edit, an article taken down, a crawl after a pause."""
    file = tmp_path / "later.db"
    shutil.copy(demo_db, file)
    db = open_writer(file)
    said = "I have been told to rest, and for once in my life I am going to do as I am told,"
    with transaction(db):
        db.execute(
            "INSERT INTO revision (article_id, number, fetched_at, headline, dek, authors, published, body, changed,"
            " record, page_digest, extractor_version) SELECT article_id, 2, '2026-12-01T08:00:00Z', headline, dek,"
            " authors, published, replace(body, ?1, ?2), '[\"body\"]', replace(record, ?1, ?2), page_digest,"
            " extractor_version FROM revision WHERE headline = ?3",
            [said, "I have been told to rest,", FARROW],
        )
        db.execute("UPDATE article SET gone_at = '2026-11-20T11:30:00Z' WHERE headline = ?", [FARROW_COPY])
        db.execute("DELETE FROM fetch")
        for day in ("2026-11-10", "2026-11-11", "2026-11-16"):
            db["fetch"].insert({"url": "x", "site": GLINT, "fetched_at": f"{day}T06:00:00Z", "result": "new"})
    yield db
    close_writer(db)


def test_a_quotation_that_was_cut_is_a_silent_edit(later: Database) -> None:
    (row,) = ask(later, QUESTIONS["silent_quote_edits"], {"site": STARLING}).rows
    assert row[:2] == (STARLING, "Imelda Farrow")
    assert row[2].startswith("I have been told to rest, and for once")  # type: ignore[union-attr]
    assert row[3:6] == ("I have been told to rest,", "2026-12-01T08:00:00Z", 0)


def test_an_article_that_was_taken_down_is_listed_with_the_days_it_stood(later: Database) -> None:
    (row,) = ask(later, QUESTIONS["deleted_articles"]).rows
    assert row[:5] == ("2026-11-20T11:30:00Z", GLINT, FARROW_COPY, SECOND, 2.0)


def test_a_pause_of_the_crawl_is_a_gap_and_not_a_quiet_time(later: Database) -> None:
    assert ask(later, QUESTIONS["crawl_gaps"]).rows == ((GLINT, "2026-11-12", "2026-11-15", 4, 4),)
    assert ask(later, QUESTIONS["crawl_gaps"], {"days": "5"}).rows == ()
    rows = ask(later, QUESTIONS["coverage_by_day"], {"until": "2026-11-12", "days": "2", "site": GLINT}).rows
    assert rows == (("2026-11-12", GLINT, 1, 0, 0), ("2026-11-11", GLINT, 1, 0, 1))


def test_a_wrong_parameter_is_told(demo: Database) -> None:
    with pytest.raises(QueryError, match="most_quoted has no parameter year; it has: site, rows"):
        ask(demo, QUESTIONS["most_quoted"], {"year": "2026"})


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("SELECT 1;", "no question"),
        ("-- Articles by day\nSELECT 1;", "no question"),
        ("-- Which?\nSELECT :site;", "does not name"),
        ("-- Which?\n-- :site  one outlet\nSELECT 1;", "does not name"),
    ],
)
def test_a_file_without_a_proper_head_is_refused(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "wrong.sql"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=word):
        read_question(file)
