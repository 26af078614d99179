"""The bundled sample, read by the real extractors and written by the real store."""

from __future__ import annotations

import json
import random
from contextlib import closing
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database

from extractors import ExtractionError, extract
from extractors.site import site_of
from pipelines.database import open_writer, transaction
from pipelines.outcome import Outcome
from pipelines.page import Page
from pipelines.store import write_outcomes

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


@cache
def outcomes() -> tuple[Outcome, ...]:
    """Every article page of the sample, those that change in both states."""
    made = []
    for record in sorted(SAMPLE.glob("*/articles/*/record*.json")):
        about = json.loads(record.read_text(encoding="utf-8"))
        html = record.with_name(record.stem.replace("record", "page") + ".html")
        if html.exists():
            made.append(_outcome(about["url"], html.read_bytes(), datetime.fromisoformat(about["fetched_at"])))
    return tuple(made)


def _outcome(url: str, body: bytes, fetched_at: datetime) -> Outcome:
    page, site = Page(url=url, status=200, body=body, fetched_at=fetched_at), site_of(url)
    assert site
    try:
        return Outcome(page=page, site=site, article=extract(body, url=url, fetched_at=fetched_at))
    except ExtractionError as error:
        return Outcome(page=page, site=site, error=str(error))


def written(db: Database, made: list[Outcome]) -> Database:
    with transaction(db):
        write_outcomes(db, made)
    return db


def state(db: Database) -> dict[str, dict[str, Any]]:
    """Each article by its address, with its parts and its history, without ids."""
    parts = {"block": "position", "quote": "position", "embed": "position", "image": "position", "citation": "id",
             "date_mention": "id", "revision": "number"}  # fmt: skip
    urls = {row["id"]: row["url"] for row in db.table("article").rows}
    stories: dict[int, list[str]] = {}
    for row in db.query("SELECT story_id, url FROM article ORDER BY url"):
        stories.setdefault(row["story_id"], []).append(row["url"])
    found = {}
    for article in db.query("SELECT * FROM article"):
        for part, order in parts.items():
            rows = db.query(f"SELECT * FROM {part} WHERE article_id = ? ORDER BY {order}", [article["id"]])
            article[part] = [{name: row[name] for name in row if name not in ("id", "article_id")} for row in rows]
        article["copy_of"] = urls.get(article["copy_of"])
        story = db.table("story").get(article["story_id"])
        article["story_id"] = stories[article["story_id"]], urls[story["first_article_id"]], story["confidence"]
        article["people"] = list(
            db.query(
                "SELECT person.name, article_person.name AS form, article_person.quotes, mentions FROM article_person "
                "JOIN person ON person.id = person_id WHERE article_id = ? ORDER BY person.name",
                [article["id"]],
            )
        )
        found[article["url"]] = {name: value for name, value in article.items() if name != "id"}
    return found


def test_the_agency_story_of_both_outlets_is_found(db: Database) -> None:
    written(db, list(outcomes()))
    (copy,) = db.query("SELECT * FROM article WHERE copy_of IS NOT NULL")
    original = db.table("article").get(copy["copy_of"])
    assert copy["site"] != original["site"]
    assert "Imelda Farrow" in copy["headline"]
    assert "Imelda Farrow" in original["headline"]
    assert original["published"] < copy["published"]


def test_the_amp_twin_is_no_article_of_its_own(db: Database) -> None:
    written(db, list(outcomes()))
    (article,) = db.query("SELECT * FROM article WHERE url LIKE '%bryony-castellane-baby-boy%'")
    assert not article["url"].endswith("/amp/")
    assert article["revisions"] == 1


def test_an_article_that_changes_between_two_crawls_has_two_revisions(db: Database) -> None:
    written(db, list(outcomes()))
    (article,) = db.query("SELECT * FROM article WHERE url LIKE '%tamsin-ozari-dublin-dates%'")
    assert article["revisions"] == 2
    changed = [row["changed"] for row in db.query("SELECT changed FROM revision WHERE article_id = ?", [article["id"]])]
    assert changed[0] == "[]"
    assert "headline" in changed[1]


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_pages_come_makes_no_difference(db: Database, tmp_path: Path, seed: int) -> None:
    expected = state(written(db, list(outcomes())))
    assert len(expected) > 30
    shuffled = list(outcomes())
    random.Random(seed).shuffle(shuffled)
    with closing(open_writer(tmp_path / "shuffled.db")) as other:
        assert state(written(other, shuffled)) == expected


def test_writing_everything_twice_doubles_nothing(db: Database) -> None:
    once = state(written(db, list(outcomes())))
    assert state(written(db, list(outcomes()))) == once
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
