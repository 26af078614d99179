from __future__ import annotations

import pytest
from sqlite_utils import Database

from pipelines.research import QueryError, show, stories, story


def ids(db: Database, **asked: object) -> list[int]:
    return [row.id for row in stories(db, **asked)]  # type: ignore[arg-type]


def test_stories_are_listed_newest_first_with_what_is_known_of_them(reader: Database) -> None:
    maud, feud, undated = stories(reader)
    assert (maud.articles, maud.sites, maud.first_site, maud.first_by) == (2, 2, "tattle.example", "published")
    assert (maud.headline, maud.first_published) == ("Maud Perrin quits after nine years", "2026-11-22T09:30:00Z")
    assert maud.last_published == "2026-11-22T10:30:00Z"
    assert 0.9 < maud.confidence < 1
    assert (feud.articles, feud.confidence) == (1, 1.0)
    assert (undated.first_published, undated.first_by) == (None, "first_seen")


def test_filters_narrow_the_list(reader: Database) -> None:
    everything = ids(reader)
    assert (
        ids(reader, min_articles=2) == ids(reader, min_sites=2) == ids(reader, site="tattle.example") == everything[:1]
    )
    assert ids(reader, query="nine years") == everything[:1]
    assert ids(reader, since="2026-11-22") == [everything[0], everything[2]]
    assert ids(reader, until="2026-11-20") == everything[1:2]
    assert ids(reader, limit=1, offset=1) == everything[1:2]


@pytest.mark.parametrize("name", ["Otto Lind", "lind", "OTTO LIND"])
def test_a_person_is_found_in_any_capitals_and_by_whole_words(reader: Database, name: str) -> None:
    assert ids(reader, person=name) == ids(reader)[1:]


@pytest.mark.parametrize("name", ["Lin", "%", "L_nd"])
def test_part_of_a_word_or_a_wildcard_finds_nobody(reader: Database, name: str) -> None:
    assert ids(reader, person=name) == []


def test_a_story_has_its_articles_in_the_order_of_who_was_first(reader: Database) -> None:
    told = story(reader, ids(reader)[0])
    assert [row.site for row in told.articles] == ["tattle.example", "glimmer.example"]
    assert told.articles[1].copy_of == told.articles[0].id
    assert [row.name for row in told.people] == ["Maud Perrin"]
    assert told.people[0].quotes == 4
    (link,) = told.links
    assert "copy" in link.reasons


def test_who_cites_whom_is_told_with_whether_they_told_it_too(reader: Database) -> None:
    told = story(reader, ids(reader)[0])
    assert {(row.site, row.outlet, row.cited_site, row.told_it) for row in told.citations} == {
        ("tattle.example", "Glimmer", "glimmer.example", True),
        ("glimmer.example", "Glimmer", "glimmer.example", True),
    }


def test_an_article_names_its_story(reader: Database) -> None:
    told = story(reader, ids(reader)[0])
    view = show(reader, told.articles[1].id)
    assert (view.story_id, view.story_articles, view.agency) == (told.story.id, 2, None)


def test_what_cannot_be_answered_is_said(reader: Database) -> None:
    with pytest.raises(QueryError, match="no story 777"):
        story(reader, 777)
    with pytest.raises(QueryError, match="the query is empty"):
        stories(reader, query=" ")
    with pytest.raises(QueryError, match="cannot read the query"):
        stories(reader, query='"open')
    with pytest.raises(QueryError, match="is no date"):
        stories(reader, since="lately")
