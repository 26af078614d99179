from __future__ import annotations

from sqlite_utils import Database

from extractors.people import Cast, Named
from pipelines.people import preferred, write_people
from pipelines.store import write_outcome
from tests.pipelines.builders import article, outcome


def people(db: Database) -> list[tuple[str, int, int]]:
    return db.execute("SELECT name, articles, quotes FROM person ORDER BY name").fetchall()


def cast(*named: tuple[str, int]) -> Cast:
    return Cast(tuple(Named(name=name, quotes=quotes, mentions=1) for name, quotes in named), ())


def articles(db: Database, count: int = 2) -> None:
    """Articles without anybody."""
    for number in range(1, count + 1):
        write_outcome(db, outcome(article(f"/{number}", paragraphs=(f"Number {number} says nothing of anybody.",))))
        write_people(db, number, cast())
    assert people(db) == []


def test_one_person_in_two_writings_is_one_row_under_the_more_careful_one(db: Database) -> None:
    articles(db)
    write_people(db, 1, cast(("ZOE BRANDL", 2)))
    assert people(db) == [("ZOE BRANDL", 1, 2)]
    write_people(db, 2, cast(("Zoë Brandl", 1), ("Otto Lind", 0)))
    assert people(db) == [("Otto Lind", 1, 0), ("Zoë Brandl", 2, 3)]
    assert db.execute("SELECT count(*), sum(quotes) FROM article_person").fetchone() == (3, 3)


def test_a_person_who_is_taken_out_of_an_article_is_counted_down_and_renamed_or_forgotten(db: Database) -> None:
    articles(db)
    write_people(db, 1, cast(("ZOE BRANDL", 2)))
    write_people(db, 2, cast(("Zoë Brandl", 1)))
    write_people(db, 2, cast(("Otto Lind", 4)))
    assert people(db) == [("Otto Lind", 1, 4), ("ZOE BRANDL", 1, 2)]
    write_people(db, 1, cast())
    assert people(db) == [("Otto Lind", 1, 4)]


def test_two_writings_in_one_article_are_counted_together(db: Database) -> None:
    articles(db, 1)
    write_people(db, 1, cast(("Sir Leo Marsh", 2), ("Leo Marsh", 1)))
    assert people(db) == [("Leo Marsh", 1, 3)]


def test_the_preferred_writing_does_not_depend_on_which_comes_first() -> None:
    forms = ["ZOË BRANDL", "Zoe Brandl", "Zoë Brandl", "zoe brandl"]
    assert {preferred(preferred(one, other), third) for one in forms for other in forms for third in forms
            if {one, other, third} >= {"Zoë Brandl"}} == {"Zoë Brandl"}  # fmt: skip
