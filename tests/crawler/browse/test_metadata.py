"""What Datasette is told is true of the database, and says something of all of it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from crawler.browse import DATABASE
from crawler.browse.metadata import metadata
from crawler.bundled import data_dictionary, data_folder
from pipelines.database import open_reader
from pipelines.research.dictionary import read_dictionary
from pipelines.research.questions import read_questions

TABLES = tomllib.loads((Path(__file__).parents[3] / "crawler" / "browse" / "tables.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def columns(demo_db: Path) -> dict[str, list[str]]:
    db = open_reader(demo_db)
    names = [*db.table_names(), *db.view_names()]
    found = {name: [row[1] for row in db.execute(f"PRAGMA table_xinfo([{name}])")] for name in names}
    db.close()
    return found


@pytest.fixture(scope="module")
def told(columns: dict[str, list[str]]) -> dict[str, Any]:
    questions = read_questions(data_folder("queries"))
    made = metadata(columns, read_dictionary(data_dictionary()), questions)
    tables: dict[str, Any] = made["databases"][DATABASE]["tables"]
    return tables


def test_what_is_named_is_there(columns: dict[str, list[str]]) -> None:
    for table, shown in TABLES.items():
        named = [*shown.get("facets", []), *shown.get("units", {})]
        named += [shown[key] for key in ("label", "sort", "sort_desc") if key in shown]
        if table not in ("dataset", "coverage"):  # of a published copy
            assert set(named) <= set(columns[table]), table


def test_every_table_is_shown_with_a_title_or_is_the_program_s_own(told: dict[str, Any]) -> None:
    assert {table for table, what in told.items() if not what.get("hidden") and "title" not in what} == set()
    assert not {"article", "quote", "story", "person", "revision", "annotation", "fetch"} & {
        table for table, what in told.items() if what.get("hidden")
    }


def test_a_table_of_the_researcher_s_own_is_shown() -> None:
    made = metadata(["my_codes", "frontier_url"], {}, {})
    tables = made["databases"][DATABASE]["tables"]
    assert tables == {"my_codes": {}, "frontier_url": {"hidden": True}}


def test_every_column_that_is_shown_is_described(told: dict[str, Any], columns: dict[str, list[str]]) -> None:
    for table, what in told.items():
        if not what.get("hidden"):
            assert set(what["columns"]) == set(columns[table]), table


def test_facets_are_counted_with_an_index(demo_db: Path) -> None:
    db = open_reader(demo_db)
    for table, shown in TABLES.items():
        for column in shown.get("facets", []):
            sql = f"SELECT [{column}], count(*) FROM [{table}] WHERE [{column}] IS NOT NULL GROUP BY 1"
            plan = str(db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
            small = table in ("author", "crawl") or table.endswith(("_day", "_month", "_site", "_delay"))
            assert "INDEX" in plan or small, (table, column)
    db.close()


def test_every_question_is_there_with_its_parameters_explained(columns: dict[str, list[str]]) -> None:
    questions = read_questions(data_folder("queries"))
    made = metadata(columns, {}, questions)
    queries = made["databases"][DATABASE]["queries"]
    assert set(queries) == set(questions)
    for name, question in questions.items():
        assert queries[name]["params"] == list(question.parameters)
        assert all(
            f"<code>{parameter}</code>" in queries[name]["description_html"] for parameter in question.parameters
        )
    charts = made["plugins"]["datasette-dashboards"]["charts"]["charts"]
    assert set(charts) == {name for name, question in questions.items() if question.chart}
