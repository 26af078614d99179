from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.research import QueryError, search


def slugs(db: Database, query: str, **more: Any) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in search(db, query, **more)]


def test_words_find_articles_with_a_snippet_around_them(reader: Database) -> None:
    hits = search(reader, "replacement", site="tattle.example", marks=("<b>", "</b>"))
    assert [(hit.id, hit.site, hit.headline) for hit in hits] == [
        (1, "tattle.example", "Maud Perrin quits after nine years")
    ]
    assert hits[0].snippet.endswith("without a <b>replacement</b>.")
    assert hits[0].published == "2026-11-22T09:30:00Z"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("feud", ["insider"]), ("FEUD", ["insider"]), ("sohne", ["trennung"]), ("trenn*", ["trennung"]),
        ("otto NOT velvet", ["insider"]), ("headline : maud", ["maud-leaves", "maud"]), ("nobody", []),
        ("NEAR(lawyers grown, 3)", ["insider"]), ('"o\'brien"', ["trennung"]),
    ],
)  # fmt: skip
def test_the_whole_query_language_is_there(reader: Database, query: str, found: list[str]) -> None:
    assert sorted(slugs(reader, query)) == sorted(found)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {"maud-leaves", "maud", "insider", "trennung"}),
        ({"site": "Glimmer.example"}, {"maud", "insider", "trennung"}),
        ({"speaker": "perrin"}, {"maud-leaves", "maud", "insider"}),
        ({"speaker": 'per"rin'}, set()),
        ({"speaker": "lind maud"}, set()),
        ({"since": "2026-11-22"}, {"maud-leaves", "maud"}),
        ({"since": "2026-11-22T10:00Z"}, {"maud"}),
        ({"until": "2026-11-20"}, {"insider"}),
        ({"until": "2026-11"}, {"maud-leaves", "maud", "insider"}),
        ({"since": "2027"}, set()),
        ({"language": "DE"}, {"trennung"}),
        ({"has": "Instagram"}, {"maud-leaves", "maud"}),
        ({"has": "instagram", "site": "tattle.example"}, {"maud-leaves"}),
    ],
)
def test_filters_narrow_the_search(reader: Database, filters: dict[str, str], found: set[str]) -> None:
    assert set(slugs(reader, "maud OR lind OR feud OR trennung OR vorbei", **filters)) == found


def test_order_and_paging(reader: Database) -> None:
    newest = ["maud", "maud-leaves", "insider", "trennung"]
    query = "maud OR lind OR vorbei OR otto OR trennung"
    assert slugs(reader, query, order="date") == newest
    assert slugs(reader, query, order="date", limit=2, offset=1) == newest[1:3]
    scores = [hit.score for hit in search(reader, query)]
    assert scores == sorted(scores)


@pytest.mark.parametrize("query", ["", "  ", '"open', "o'brien", "AND", "nocolumn : x", "(a", "NEAR(a", "*"])
def test_a_wrong_query_gets_one_line_and_no_sql(reader: Database, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        search(reader, query)
    assert "\n" not in str(caught.value)
    assert "SELECT" not in str(caught.value)


@pytest.mark.parametrize("date", ["yesterday", "2026-13", "2026-02-30", "0000", "9999-12-31T23:59:59Z", ""])
def test_a_wrong_date_is_named(reader: Database, date: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        search(reader, "maud", since=date)
