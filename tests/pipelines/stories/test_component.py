"""Stories that merge and fall apart."""

from __future__ import annotations

from dataclasses import replace

from sqlite_utils import Database

from extractors import Article, Stamp
from pipelines.rebuild import rebuild
from pipelines.store import write_outcome
from tests.pipelines.builders import outcome, stamp
from tests.pipelines.test_dedupe import DAY, prose, story


def text(site: str, words: list[str], at: str | Stamp = "2026-11-20T08:00:00Z") -> Article:
    return replace(story(site, words, stamp(at) if isinstance(at, str) else at), embeds=(), tags=(), headline=site)


def stories(db: Database) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row in db.query("SELECT story_id, site FROM article"):
        found.setdefault(row["story_id"], set()).add(row["site"])
    return found


LEFT, RIGHT = prose(1, 150), prose(2, 150)


def bridge(db: Database) -> None:
    """Two stories, and then an article that has the text of both."""
    for number, words in enumerate((LEFT, RIGHT, LEFT + RIGHT), start=1):
        write_outcome(db, outcome(text(f"site{number}.example", words)))


def test_an_article_that_joins_two_stories_merges_them_and_the_later_id_leads_to_the_earlier(db: Database) -> None:
    bridge(db)
    assert stories(db) == {1: {"site1.example", "site2.example", "site3.example"}}
    assert db.execute("SELECT id, articles, sites FROM story").fetchall() == [(1, 3, 3)]
    assert db.execute("SELECT old_id, story_id FROM story_redirect").fetchall() == [(2, 1)]


def test_a_story_falls_apart_when_what_held_it_together_is_rewritten(db: Database) -> None:
    bridge(db)
    write_outcome(db, outcome(text("site3.example", prose(3, 150)), hours=2))
    assert stories(db) == {1: {"site1.example"}, 2: {"site2.example"}, 3: {"site3.example"}}
    assert db.table("story").count == 3
    assert db.table("story_redirect").count == 0
    assert {row["confidence"] for row in db.table("story").rows} == {1.0}


def test_former_ids_lead_on_after_everything_is_computed_anew(db: Database) -> None:
    bridge(db)
    rebuild(db)
    assert db.execute("SELECT old_id, story_id FROM story_redirect").fetchall() == [(2, 1)]


def test_the_confidence_is_that_of_the_weakest_pair_that_is_needed(db: Database) -> None:
    bridge(db)
    scores = sorted(row["score"] for row in db.table("story_link").rows)
    assert len(scores) == 2
    assert db.execute("SELECT confidence FROM story").fetchone() == (scores[0],)


def test_a_day_without_a_time_is_not_first_and_equal_times_leave_it_to_what_was_seen(db: Database) -> None:
    write_outcome(db, outcome(text("day.example", LEFT, DAY)))
    write_outcome(db, outcome(text("time.example", LEFT, "2026-11-20T22:00:00Z"), hours=1))
    told = "SELECT site, first_by FROM story JOIN article ON article.id = first_article_id"
    assert db.execute(told).fetchall() == [("time.example", "published")]
    write_outcome(db, outcome(text("same.example", LEFT, "2026-11-20T22:00:00Z"), hours=-1))
    assert db.execute(told).fetchall() == [("same.example", "first_seen")]


def test_the_same_text_weeks_later_is_another_story(db: Database) -> None:
    write_outcome(db, outcome(text("one.example", LEFT)))
    write_outcome(db, outcome(text("two.example", LEFT, "2026-12-20T08:00:00Z")))
    assert len(stories(db)) == 2
    assert db.execute("SELECT copy_of FROM article WHERE site = 'two.example'").fetchone() == (1,)
