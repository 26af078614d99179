from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.research import QueryError, Selection, count_quotes, quotes


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, 8),
        ({"speakers": ("Perrin",)}, 5),
        ({"speakers": ("maud perrin",)}, 5),
        ({"speakers": ("Perr",)}, 0),
        ({"speakers": ("Lind",)}, 2),
        ({"kinds": ("anonymous",)}, 1),
        ({"kinds": ("person",), "sites": ("glimmer.example",)}, 4),
        ({"sites": ("tattle.example",)}, 2),
        ({"since": "2026-11-22"}, 4),
        ({"until": "2026-11-21"}, 3),
        ({"query": "family OR house"}, 3),
        ({"query": "maud"}, 0),
        ({"speakers": ("Lind",), "query": "lawyers"}, 1),
        ({"query": "speaker : maud"}, 0),
        ({"speakers": ("Lind", "an insider")}, 3),
        ({"kinds": ("anonymous", "person")}, 7),
        ({"copies": False}, 6),
        ({"has": ("instagram",)}, 4),
        ({"languages": ("de",)}, 1),
        ({"limit": 3}, 3),
        ({"limit": 3, "offset": 7}, 1),
    ],
)
def test_quotations_by_who_where_when_and_what(reader: Database, filters: dict[str, Any], found: int) -> None:
    kinds = {"kinds": filters.pop("kinds")} if "kinds" in filters else {}
    paging = {name: filters.pop(name) for name in ("limit", "offset") if name in filters}
    assert len(quotes(reader, Selection(**filters), **kinds, **paging)) == found
    if not paging:
        assert count_quotes(reader, Selection(**filters), **kinds) == found


def test_the_newest_come_first_and_those_of_an_article_in_its_order(reader: Database) -> None:
    rows = quotes(reader, Selection())
    assert [row.published for row in rows] == [*sorted((row.published or "" for row in rows[:-1]), reverse=True), None]
    assert [row.text for row in rows[:2]] == ["I loved every minute of it,", "The boys are my family."]


def test_a_row_says_where_it_was_said(reader: Database) -> None:
    (row,) = quotes(reader, Selection(), kinds=("anonymous",))
    assert (row.speaker, row.site, row.headline) == ("an insider", "glimmer.example", "Otto Lind in feud")
    assert row.url == "https://www.glimmer.example/insider"


@pytest.mark.parametrize(
    "wrong", [{"kinds": ("ghost",)}, {"query": '"open'}, {"query": " "}, {"since": "soon"}, {"query": "speaker) : x"}]
)
def test_a_wrong_question_gets_one_line(reader: Database, wrong: dict[str, Any]) -> None:
    kinds = wrong.pop("kinds", ())
    with pytest.raises(QueryError) as caught:
        quotes(reader, Selection(**wrong), kinds=kinds)
    assert "\n" not in str(caught.value)
