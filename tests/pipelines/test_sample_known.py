"""The sample's stories, copies, agencies, people and revisions, against rows written by hand."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from pipelines.database import open_reader, open_writer
from tests.pipelines.test_sample import outcomes, written

KNOWN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("sample_known.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, empty: Path) -> Iterator[Database]:
    """Every article of the sample, in both states."""
    file = tmp_path_factory.mktemp("known") / "redtop.db"
    shutil.copy(empty, file)
    with closing(open_writer(file)) as db:
        written(db, list(outcomes()))
    with closing(open_reader(file)) as reader:
        yield reader


def name_of(url: str) -> str:
    """The last part of an address; of a gallery's page with its number."""
    found = re.search(r"[^/]*[a-z][^/]*(?:/\d+)?/?$", url)
    assert found
    return found[0].rstrip("/")


def names(db: Database) -> dict[int, str]:
    return {row["id"]: name_of(row["url"]) for row in db.query("SELECT id, url FROM article")}


def test_the_stories_are_those_that_a_reader_finds(sample: Database) -> None:
    name = names(sample)
    found = []
    for story in sample.query("SELECT * FROM story WHERE articles > 1 ORDER BY articles"):
        members = [row["id"] for row in sample.query("SELECT id FROM article WHERE story_id = ?", [story["id"]])]
        assert story["id"] == min(members)
        assert len(members) == story["articles"]
        assert 0.5 < story["confidence"] <= 1
        found.append(
            {
                "articles": sorted(name[member] for member in members), "first": name[story["first_article_id"]],
                **{key: story[key] for key in ("headline", "first_published", "last_published", "first_by", "sites")},
            }
        )  # fmt: skip
    assert found == KNOWN["stories"]


def test_every_other_article_is_a_story_of_its_own(sample: Database) -> None:
    together = sum(len(story["articles"]) for story in KNOWN["stories"])
    alone = sample.execute("SELECT count(*), min(confidence), max(confidence) FROM story WHERE articles = 1").fetchone()
    assert alone == (sample.table("article").count - together, 1.0, 1.0)
    assert sample.execute("SELECT count(*) FROM article WHERE story_id IS NULL").fetchone() == (0,)


@pytest.mark.parametrize(("column", "known"), [("copy_of", "copies"), ("agency", "agencies")])
def test_copies_and_agencies_are_those_that_a_reader_finds(sample: Database, column: str, known: str) -> None:
    name = names(sample)
    rows = sample.query(f"SELECT id, {column} AS found FROM article WHERE {column} IS NOT NULL")
    assert {name[row["id"]]: name.get(row["found"], row["found"]) for row in rows} == KNOWN[known]


def test_the_revisions_are_those_that_a_reader_finds(sample: Database) -> None:
    name = names(sample)
    rows = sample.query("SELECT article_id, changed FROM revision WHERE number > 1")
    assert {name[row["article_id"]]: json.loads(row["changed"]) for row in rows} == KNOWN["revisions"]


@pytest.mark.parametrize("article", KNOWN["people"])
def test_the_people_are_those_that_a_reader_finds(sample: Database, article: str) -> None:
    number = next(key for key, name in names(sample).items() if name == article)
    rows = sample.query("SELECT * FROM article_person WHERE article_id = ?", [number])
    found = {row["name"]: [row["quotes"], bool(row["in_headline"]), bool(row["tagged"])] for row in rows}
    assert found == KNOWN["people"][article]


def test_a_person_is_counted_over_all_articles(sample: Database) -> None:
    rows = sample.query("SELECT name, articles, quotes FROM person WHERE name IN ('Imelda Farrow', 'Dax Morrowby')")
    assert {row["name"]: (row["articles"], row["quotes"]) for row in rows} == {
        "Imelda Farrow": (3, 8), "Dax Morrowby": (2, 2),
    }  # fmt: skip
