"""Stories over a small invented press: as its makers know them, in whatever order its articles come in."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.database import open_writer, transaction
from pipelines.outcome import Outcome
from pipelines.rebuild import rebuild
from pipelines.store import write_outcome
from tests.pipelines.builders import outcome
from tests.pipelines.stories.world import Told, world

Pair = tuple[str, str]


def written(file: Path, empty: Path, pages: Iterable[Outcome]) -> Database:
    shutil.copy(empty, file)
    db = open_writer(file)
    with transaction(db):
        for page in pages:
            write_outcome(db, page)
    return db


def state(db: Database) -> dict[str, Any]:
    """Everything that follows from the articles, without ids."""
    url = dict(db.execute("SELECT id, url FROM article").fetchall())
    groups: dict[int, list[str]] = {}
    for story, address in db.execute("SELECT story_id, url FROM article ORDER BY url"):
        groups.setdefault(story, []).append(address)
    told = "id, first_article_id, headline, first_published, last_published, first_by, articles, sites, confidence"
    return {
        "stories": sorted((groups[row[0]], url[row[1]], *row[2:]) for row in db.execute(f"SELECT {told} FROM story")),
        "links": sorted(
            (*sorted((url[one], url[other])), score, reasons)
            for one, other, score, reasons in db.execute("SELECT * FROM story_link")
        ),
        "copies": sorted(
            (*sorted((url[one], url[other])), share) for one, other, share in db.execute("SELECT * FROM copy_link")
        ),
        "articles": sorted(
            (address, url.get(copy), agency, by)
            for address, copy, agency, by in db.execute("SELECT url, copy_of, agency, agency_by FROM article")
        ),
        "people": sorted(db.execute("SELECT key, name, articles, quotes FROM person")),
        "in": sorted(
            (url[row[0]], *row[1:])
            for row in db.execute(
                "SELECT article_id, key, article_person.name, article_person.quotes, mentions, in_headline, tagged "
                "FROM article_person JOIN person ON person.id = person_id"
            )
        ),
    }


def pages(told: list[Told], seed: int) -> list[Outcome]:
    """The articles as pages; some are copied elsewhere, under an agency's line."""
    chance = random.Random(seed)
    made = []
    for number, each in enumerate(told):
        made.append(outcome(each.article, hours=number / 100))
        if chance.random() < 0.15:
            site = f"copier{chance.randrange(3)}.example"
            address = f"https://www.{site}/{number}"
            copied = replace(each.article, url=address, canonical_url=address, site=site)
            line = replace(copied.body[0], text="Reporting by Cover Media")
            made.append(outcome(replace(copied, body=(*copied.body, line)), hours=number / 100))
    return made


OUTLETS = (
    "SELECT story.id, article.site, count(*), story.sites, max(article.id = story.first_article_id), "
    "story.first_by = 'published' FROM story JOIN article ON article.story_id = story.id WHERE story.sites > 1 "
    "GROUP BY story.id, article.site ORDER BY 1, 2"
)


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_arrival_gives_the_same_and_so_does_computing_it_anew(
    tmp_path: Path, empty: Path, seed: int
) -> None:
    first = pages(world(seed, events=25), seed)
    earlier = [replace(page, article=replace(page.article, headline="Another headline for it")) for page in first[::7]
               if page.article]  # fmt: skip
    shuffled = first[:]
    random.Random(seed).shuffle(shuffled)
    with closing(written(tmp_path / "one.db", empty, first)) as db:
        expected = state(db)
        assert Counter(row[6] for row in expected["stories"])[1] < len(expected["stories"])
        assert expected["copies"]
        outlets = db.execute("SELECT * FROM story_outlet ORDER BY 1, 2").fetchall()
        assert outlets == db.execute(OUTLETS).fetchall()
        with transaction(db):
            assert rebuild(db) == len(first)
        assert state(db) == expected
    again = [
        replace(page, page=replace(page.page, body=b"later", fetched_at=page.page.fetched_at)) for page in shuffled
    ]
    with closing(written(tmp_path / "other.db", empty, [*earlier, *again])) as db:
        found = state(db)
        assert found["links"] == expected["links"]
        assert db.execute("SELECT * FROM story_outlet").fetchall() == db.execute(OUTLETS).fetchall()
        assert found == expected


@pytest.mark.parametrize("seed", [11, 12])
def test_stories_are_what_the_press_told(tmp_path: Path, empty: Path, seed: int) -> None:
    told = world(seed, events=90)
    with closing(written(tmp_path / "press.db", empty, [outcome(each.article) for each in told])) as db:
        story = dict(db.execute("SELECT url, story_id FROM article").fetchall())
    truth = pairs((each.article.url or "", each.event) for each in told)
    found = pairs(story.items())
    assert len(truth) > 200
    assert len(truth & found) / len(found) >= 0.95
    assert len(truth & found) / len(truth) >= 0.85


def pairs(labelled: Iterable[tuple[str, int]]) -> set[Pair]:
    groups: dict[int, list[str]] = {}
    for name, label in labelled:
        groups.setdefault(label, []).append(name)
    return {pair for group in groups.values() for pair in combinations(sorted(group), 2)}
