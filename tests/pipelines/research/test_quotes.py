from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.research import QueryError, quotes


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 8),
        ({"speaker": "Perrin"}, 5),
        ({"speaker": "maud perrin"}, 5),
        ({"speaker": "Perr"}, 0),
        ({"speaker": "Lind"}, 2),
        ({"kind": "anonymous"}, 1),
        ({"kind": "person", "site": "glimmer.example"}, 4),
        ({"site": "tattle.example"}, 2),
        ({"since": "2026-11-22"}, 4),
        ({"until": "2026-11-21"}, 3),
        ({"query": "family OR house"}, 3),
        ({"query": "maud"}, 0),
        ({"speaker": "Lind", "query": "lawyers"}, 1),
        ({"limit": 3}, 3),
        ({"limit": 3, "offset": 7}, 1),
    ],
)
def test_quotations_by_who_where_when_and_what(reader: Database, filters: dict[str, Any], found: int) -> None:
    assert len(quotes(reader, **filters)) == found


def test_the_newest_come_first_and_those_of_an_article_in_its_order(reader: Database) -> None:
    rows = quotes(reader)
    assert [row.published for row in rows] == [*sorted((row.published or "" for row in rows[:-1]), reverse=True), None]
    assert [row.text for row in rows[:2]] == ["I loved every minute of it,", "The boys are my family."]


def test_a_row_says_where_it_was_said(reader: Database) -> None:
    (row,) = quotes(reader, kind="anonymous")
    assert (row.speaker, row.site, row.headline) == ("an insider", "glimmer.example", "Otto Lind in feud")
    assert row.url == "https://www.glimmer.example/insider"


@pytest.mark.parametrize(
    "wrong", [{"kind": "ghost"}, {"query": '"open'}, {"query": " "}, {"since": "soon"}, {"query": "speaker) : x"}]
)
def test_a_wrong_question_gets_one_line(reader: Database, wrong: dict[str, str]) -> None:
    with pytest.raises(QueryError) as caught:
        quotes(reader, **wrong)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
