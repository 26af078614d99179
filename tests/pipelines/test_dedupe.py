from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any

import pytest
from sqlite_utils import Database

from extractors import Article, Author, Block, Stamp
from pipelines.minhash import jaccard, shingles, signature
from pipelines.rebuild import rebuild
from pipelines.store import write_outcome
from tests.pipelines.builders import article, outcome, stamp

WORDS = [f"{first}{last}" for first in ("ba", "ko", "ri", "mu", "ste", "pla") for last in ("len", "tor", "mik", "sand")]


def prose(seed: int, words: int = 200) -> list[str]:
    """Words in an order of their own."""
    chance = random.Random(seed)
    return [chance.choice(WORDS) + str(chance.randrange(40)) for _ in range(words)]


def story(site: str, words: list[str], published: Stamp | None, slug: str = "/story") -> Article:
    paragraphs = tuple(" ".join(words[start : start + 40]) for start in range(0, len(words), 40))
    return replace(article(slug, site=site, paragraphs=paragraphs), published=published, quotes=())


def altered(words: list[str], share: float) -> list[str]:
    chance = random.Random(5)
    return [word if chance.random() > share else f"other{chance.randrange(99)}" for word in words]


def copies(db: Database) -> dict[str, Any]:
    """For each outlet whose copy its article is."""
    return {
        row["site"]: row["original"]
        for row in db.query(
            "SELECT article.site, original.site AS original FROM article "
            "LEFT JOIN article AS original ON original.id = article.copy_of"
        )
    }


def test_the_same_agency_story_at_two_outlets_is_found_whoever_comes_first(db: Database) -> None:
    early, late = stamp("2026-11-20T08:00:00Z"), stamp("2026-11-20T11:00:00Z")
    write_outcome(db, outcome(story("late.example", prose(1), late)))
    assert copies(db) == {"late.example": None}
    write_outcome(db, outcome(story("early.example", altered(prose(1), 0.05), early), hours=9))
    assert copies(db) == {"late.example": "early.example", "early.example": None}


def test_the_order_of_arrival_does_not_matter(tmp_path: Any, db: Database) -> None:
    texts = [prose(1), altered(prose(1), 0.05), prose(1) + prose(9, 20), prose(2)]
    times = ["2026-11-20T08:00:00Z", "2026-11-19T08:00:00Z", "2026-11-21T08:00:00Z", "2026-11-18T08:00:00Z"]
    records = [
        story(f"outlet{number}.example", words, stamp(time))
        for number, (words, time) in enumerate(zip(texts, times, strict=True))
    ]
    expected = {
        "outlet0.example": "outlet1.example", "outlet1.example": None, "outlet2.example": "outlet1.example",
        "outlet3.example": None,
    }  # fmt: skip
    for order in permutations(records):
        with db.atomic():
            for record in order:
                write_outcome(db, outcome(record))
            assert copies(db) == expected
            db.execute("PRAGMA defer_foreign_keys = ON")
            for table in set(db.table_names()) - {"_sqlite_migrations"}:
                if "_fts" not in table:
                    db.execute(f"DELETE FROM {table}")


DAY = Stamp(value=stamp("2026-11-20T00:00:00Z").value.date(), precision="day", raw="20 Nov", source="text")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("one", "other", "hours", "original"),
    [
        (DAY, stamp("2026-11-20T23:00:00Z"), 1, "other.example"),
        (DAY, stamp("2026-11-21T01:00:00Z"), 1, "one.example"),
        (DAY, DAY, 1, "one.example"),
        (DAY, DAY, -1, "other.example"),
        (None, stamp("2026-11-22T11:59:00Z"), 1, "other.example"),
        (None, None, 1, "one.example"),
        (None, None, -1, "other.example"),
        (None, None, 0, "one.example"),
    ],
    ids=[
        "a day never beats a time of that day", "a day beats a later day", "of two equal days the first seen counts",
        "whoever was seen first", "a page without a date counts from when it was seen", "without dates the first seen",
        "without dates, whoever comes later", "then the smaller id",
    ],
)  # fmt: skip
def test_who_was_first(db: Database, one: Stamp | None, other: Stamp | None, hours: float, original: str) -> None:
    write_outcome(db, outcome(story("one.example", prose(1), one)))
    write_outcome(db, outcome(story("other.example", prose(1), other), hours=hours))
    assert {site for site, whose in copies(db).items() if whose is None} == {original}


def test_an_outlet_that_repeats_itself_copies_nobody(db: Database) -> None:
    write_outcome(db, outcome(story("one.example", prose(1), stamp(), "/first")))
    write_outcome(db, outcome(story("one.example", altered(prose(1), 0.02), stamp(), "/second")))
    assert [row["copy_of"] for row in db.table("article").rows] == [None, None]


def test_different_stories_are_no_copies(db: Database) -> None:
    for number in range(8):
        write_outcome(db, outcome(story(f"outlet{number}.example", prose(number), stamp())))
    assert set(copies(db).values()) == {None}


def test_a_short_text_is_nobody_s_copy(db: Database) -> None:
    for site in ("one.example", "other.example"):
        write_outcome(db, outcome(story(site, prose(1, 15), stamp())))
    assert set(copies(db).values()) == {None}


def test_an_original_that_is_rewritten_lets_go_of_its_copies(db: Database) -> None:
    write_outcome(db, outcome(story("one.example", prose(1), stamp("2026-11-20T08:00:00Z"))))
    write_outcome(db, outcome(story("other.example", prose(1), stamp("2026-11-20T09:00:00Z"))))
    write_outcome(db, outcome(story("third.example", prose(1), stamp("2026-11-20T10:00:00Z"))))
    assert copies(db) == {"one.example": None, "other.example": "one.example", "third.example": "one.example"}
    write_outcome(db, outcome(story("one.example", prose(2), stamp("2026-11-20T08:00:00Z")), hours=5))
    assert copies(db) == {"one.example": None, "other.example": None, "third.example": "other.example"}


def test_a_rewrite_that_leaves_the_signature_as_it_is_is_compared_as_it_stands(db: Database) -> None:
    words, others = prose(1), altered(prose(1), 0.25)
    signed = signature(" ".join(words))
    added = next(word for word in prose(2, 999) if signature(" ".join([*words, word])) == signed)
    for hours, text in enumerate((words, [*words, added])):
        write_outcome(db, outcome(story("one.example", text, stamp("2026-11-20T08:00:00Z")), hours=hours))
        write_outcome(db, outcome(story(f"two{hours}.example", others, stamp("2026-11-20T08:00:00Z")), hours=hours))
    mine, its = shingles(" ".join([*words, added])), shingles(" ".join(others))
    assert mine != shingles(" ".join(words))
    expected = jaccard(mine, its)
    assert list(db.execute("SELECT similarity FROM copy_link WHERE similarity < 1")) == [(expected,), (expected,)]


def test_a_corrected_publication_time_decides_anew_who_was_first(db: Database) -> None:
    write_outcome(db, outcome(story("one.example", prose(1), stamp("2026-11-20T08:00:00Z"))))
    write_outcome(db, outcome(story("other.example", prose(1), stamp("2026-11-20T09:00:00Z"))))
    write_outcome(db, outcome(story("one.example", prose(1), stamp("2026-11-20T10:00:00Z")), hours=5))
    assert copies(db) == {"one.example": "other.example", "other.example": None}


LINES = ("Reporting by Reuters", "— PA", "© 2026 Cover Media", "BANG Showbiz")


@pytest.mark.parametrize("share", [0.05, 0.2])
def test_copies_are_found_with_words_changed_and_agency_lines_added(db: Database, share: float) -> None:
    chance = random.Random(3)
    for number in range(60):
        words = prose(1000 + number, chance.randint(120, 500))
        changed = [word if chance.random() > share else f"other{chance.randrange(9999)}" for word in words]
        first = story("one.example", words, stamp("2026-11-20T08:00:00Z"), f"/{number}")
        second = story("two.example", changed, stamp("2026-11-20T09:00:00Z"), f"/{number}")
        line = Block(kind="paragraph", text=LINES[number % 4])
        write_outcome(db, outcome(first))
        write_outcome(db, outcome(replace(second, body=(*second.body, line))))
    pairs = [
        (row["url"].rpartition("/")[2], row["original"].rpartition("/")[2])
        for row in db.query(
            "SELECT article.url, original.url AS original FROM article "
            "JOIN article AS original ON original.id = article.copy_of"
        )
    ]
    right = sum(one == other for one, other in pairs)
    assert right / len(pairs) >= 0.97
    assert right / 60 >= 0.95


def test_an_agency_is_named_by_the_text_where_another_outlet_credits_it(db: Database) -> None:
    credited = replace(
        story("one.example", prose(1), stamp("2026-11-20T08:00:00Z")), authors=(Author(name="PA Media"),)
    )
    bare = replace(story("two.example", altered(prose(1), 0.1), stamp("2026-11-20T07:00:00Z")), authors=())
    write_outcome(db, outcome(bare))
    assert agencies(db) == {"two.example": (None, None)}
    write_outcome(db, outcome(credited))
    assert agencies(db) == {"one.example": ("PA", "credit"), "two.example": ("PA", "text")}
    write_outcome(db, outcome(replace(credited, authors=()), hours=2))
    assert agencies(db) == {"one.example": (None, None), "two.example": (None, None)}


def agencies(db: Database) -> dict[str, tuple[str | None, str | None]]:
    return {row["site"]: (row["agency"], row["agency_by"]) for row in db.table("article").rows}


def dated(site: str, words: list[str], day: int) -> Article:
    """An article of so many days after the 20th of November."""
    return story(site, words, stamp((datetime(2026, 11, 20, 8, tzinfo=UTC) + timedelta(days=day)).isoformat()))


@pytest.mark.parametrize("day", [-14, -13, -1, 1, 13, 14])
@pytest.mark.parametrize("shift", [0, 5, 11, 16, 22])
def test_a_changed_text_is_found_within_two_weeks_wherever_a_period_begins(db: Database, day: int, shift: int) -> None:
    write_outcome(db, outcome(dated("one.example", prose(1), shift)))
    write_outcome(db, outcome(dated("two.example", altered(prose(1), 0.1), shift + day)))
    first, second = ("one.example", "two.example") if day > 0 else ("two.example", "one.example")
    assert copies(db) == {first: None, second: first}


@pytest.mark.parametrize("day", [-15, 15, 40, 400])
def test_a_changed_text_of_another_time_is_a_text_of_its_own(db: Database, day: int) -> None:
    write_outcome(db, outcome(dated("one.example", prose(1), 0)))
    write_outcome(db, outcome(dated("two.example", altered(prose(1), 0.1), day)))
    assert set(copies(db).values()) == {None}


@pytest.mark.parametrize("day", [15, 400])
def test_the_same_words_are_a_copy_after_any_time(db: Database, day: int) -> None:
    write_outcome(db, outcome(dated("two.example", prose(1), day)))
    write_outcome(db, outcome(dated("one.example", prose(1), 0)))
    assert copies(db) == {"one.example": None, "two.example": "one.example"}


def test_a_text_without_a_date_counts_from_when_it_was_seen(db: Database) -> None:
    write_outcome(db, outcome(story("one.example", prose(1), None)))
    write_outcome(db, outcome(story("near.example", altered(prose(1), 0.1), None), hours=24 * 13))
    write_outcome(db, outcome(story("far.example", altered(prose(1), 0.05), None), hours=24 * 60))
    assert copies(db) == {"one.example": None, "near.example": "one.example", "far.example": None}


def test_a_text_that_turns_out_to_be_older_is_held_against_those_of_its_time(db: Database) -> None:
    write_outcome(db, outcome(dated("one.example", prose(1), 0)))
    write_outcome(db, outcome(dated("two.example", altered(prose(1), 0.1), 40)))
    assert set(copies(db).values()) == {None}
    write_outcome(db, outcome(dated("two.example", altered(prose(1), 0.1), 9), hours=1))
    assert copies(db) == {"one.example": None, "two.example": "one.example"}
    write_outcome(db, outcome(dated("two.example", altered(prose(1), 0.1), 40), hours=2))
    assert set(copies(db).values()) == {None}


def test_copies_of_several_weeks_are_the_same_in_any_order_and_computed_anew(db: Database) -> None:
    told = {"a.example": (0.0, 0), "b.example": (0.1, 12), "c.example": (0.0, 24), "d.example": (0.05, 36)}
    records = [dated(site, altered(prose(1), share), day) for site, (share, day) in told.items()]
    expected = {"a.example": None, "b.example": "a.example", "c.example": "a.example", "d.example": "c.example"}
    for order in permutations(records):
        with db.atomic():
            for record in order:
                write_outcome(db, outcome(record))
            assert copies(db) == expected
            rebuild(db)
            assert copies(db) == expected
            db.execute("PRAGMA defer_foreign_keys = ON")
            for table in set(db.table_names()) - {"_sqlite_migrations"}:
                if "_fts" not in table:
                    db.execute(f"DELETE FROM {table}")
