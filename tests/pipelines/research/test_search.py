from __future__ import annotations

from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.database import transaction
from pipelines.research import QueryError, Selection, count, search
from pipelines.store import write_outcome
from tests.pipelines.builders import article, outcome


def slugs(db: Database, query: str | None, *, filters: dict[str, Any] | None = None, **more: Any) -> list[str]:
    return [hit.url.rpartition("/")[2] for hit in search(db, Selection(query=query, **(filters or {})), **more)]


def test_words_find_articles_with_a_snippet_around_them(reader: Database) -> None:
    hits = search(reader, Selection(query="replacement", sites=("tattle.example",)), marks=("<b>", "</b>"))
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
        ({"sites": ("Glimmer.example",)}, {"maud", "insider", "trennung"}),
        ({"speakers": ("perrin",)}, {"maud-leaves", "maud", "insider"}),
        ({"speakers": ('per"rin',)}, set()),
        ({"speakers": ("lind maud",)}, set()),
        ({"since": "2026-11-22"}, {"maud-leaves", "maud"}),
        ({"since": "2026-11-22T10:00Z"}, {"maud"}),
        ({"until": "2026-11-20"}, {"insider"}),
        ({"until": "2026-11"}, {"maud-leaves", "maud", "insider"}),
        ({"since": "2027"}, set()),
        ({"languages": ("DE",)}, {"trennung"}),
        ({"has": ("Instagram",)}, {"maud-leaves", "maud"}),
        ({"has": ("instagram",), "sites": ("tattle.example",)}, {"maud-leaves"}),
        ({"has": ("instagram", "tiktok")}, set()),
        ({"sites": ("glimmer.example", "tattle.example")}, {"maud-leaves", "maud", "insider", "trennung"}),
        ({"speakers": ("an insider", "nobody")}, {"insider"}),
        ({"languages": ("de", "en")}, {"maud-leaves", "maud", "insider", "trennung"}),
        ({"author": "okafor"}, {"maud-leaves", "maud", "insider", "trennung"}),
        ({"author": "oka"}, set()),
        ({"person": "lind"}, {"insider", "trennung"}),
        ({"person": "maud perrin", "copies": False}, {"maud-leaves", "insider", "trennung"}),
        ({"person": "perr"}, set()),
        ({"agency": "pa"}, set()),
        ({"cites": "glimmer"}, {"maud-leaves", "maud"}),
        ({"copies": False}, {"maud-leaves", "insider", "trennung"}),
    ],
)
def test_filters_narrow_the_search(reader: Database, filters: dict[str, Any], found: set[str]) -> None:
    query = "maud OR lind OR feud OR trennung OR vorbei"
    assert set(slugs(reader, query, filters=filters)) == found
    assert count(reader, Selection(query=query, **filters)) == len(found)
    assert count(reader, Selection(**filters)) == len(found)
    if filters:
        assert set(slugs(reader, None, filters=filters)) == found


def test_without_words_the_newest_come_first_with_their_first_words(reader: Database) -> None:
    hits = search(reader, Selection(sites=("glimmer.example",)))
    assert [hit.published for hit in hits] == ["2026-11-22T10:30:00Z", "2026-11-20T08:00:00Z", None]
    assert hits[0].snippet.startswith("Singer Maud Perrin has left her band")
    assert len(hits[0].snippet) == 160
    assert hits[2].snippet == "“Es ist vorbei”"
    assert {hit.score for hit in hits} == {None}


def test_copy_of_an_agency_is_found_by_its_name(db: Database) -> None:
    with transaction(db):
        write_outcome(db, outcome(article()))
        write_outcome(db, outcome(article("/own", paragraphs=("Nobody else has this text about gulls.",))))
        db.conn.execute("UPDATE article SET agency = 'PA' WHERE id = 2")
    assert slugs(db, None, filters={"agency": "pa"}) == ["own"]


def test_order_and_paging(reader: Database) -> None:
    newest = ["maud", "maud-leaves", "insider", "trennung"]
    query = "maud OR lind OR vorbei OR otto OR trennung"
    assert slugs(reader, query, order="date") == newest
    assert slugs(reader, query, order="date", limit=2, offset=1) == newest[1:3]
    scores = [hit.score for hit in search(reader, Selection(query=query))]
    assert scores == sorted(scores)


@pytest.mark.parametrize(
    "query", ["", "  ", '"open', "o'brien", "AND", "nocolumn : x", "(a", "NEAR(a", "*", "*id", " *reads"]
)
def test_a_wrong_query_gets_one_line_and_no_sql(reader: Database, query: str) -> None:
    with pytest.raises(QueryError) as caught:
        search(reader, Selection(query=query))
    assert "\n" not in str(caught.value)
    assert "SELECT" not in str(caught.value)


@pytest.mark.parametrize("date", ["yesterday", "2026-13", "2026-02-30", "0000", "9999-12-31T23:59:59Z", ""])
def test_a_wrong_date_is_named(reader: Database, date: str) -> None:
    with pytest.raises(QueryError, match="is no date"):
        search(reader, Selection(query="maud", since=date))


def test_a_question_about_nothing_is_none(reader: Database) -> None:
    with pytest.raises(QueryError, match="nothing is asked for"):
        search(reader, Selection())
