from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlite_utils import Database

from extractors import Article, Author, Block, Stamp
from pipelines.page import ArchivePlace
from pipelines.revisions import last_revision
from pipelines.store import Stored, write_outcome
from tests.pipelines.builders import FIRST, SITE, article, outcome, page, quotes_of, stamp

URL = f"https://www.{SITE}/maud-leaves"
LONG = tuple(
    f"Paragraph {number} tells of the tour that took the Spoons from Cork to Kraków in a bus." for number in range(9)
)


def write(db: Database, record: Article, **more: Any) -> Stored:
    return write_outcome(db, outcome(record, **more))


def row(db: Database, article_id: int = 1) -> dict[str, Any]:
    return dict(db.table("article").get(article_id))


def content(db: Database) -> dict[str, list[dict[str, Any]]]:
    """Every row but those that count visits."""
    skipped = {"fetch", "fetch_day"}
    return {
        table: [dict(found) for found in db.table(table).rows]
        for table in db.table_names()
        if table not in skipped and not table.startswith(("_sqlite", "sqlite_")) and "_fts" not in table
    }


def test_an_article_is_stored_with_all_its_parts(db: Database) -> None:
    stored = write(db, article())
    assert stored == Stored(state="new", fetch_id=1, article_id=1, revision=1)
    found = row(db)
    assert {name: found[name] for name in ("url", "site", "headline", "dek", "language", "access", "section")} == {
        "url": URL, "site": SITE, "headline": "Maud Perrin quits the Velvet Spoons",
        "dek": "The singer says that she needs a rest", "language": "en", "access": "free", "section": "Music",
    }  # fmt: skip
    assert json.loads(found["authors"]) == ["Ines Okafor", "Showbiz desk"]
    assert json.loads(found["tags"]) == ["Maud Perrin", "Velvet Spoons"]
    assert json.loads(found["provenance"])["headline"] == "h1"
    assert (found["first_seen"], found["last_fetched"], found["revisions"]) == ("2026-11-22T12:00:00Z",) * 2 + (1,)
    assert found["body"].split("\n\n") == [block["text"] for block in db.table("block").rows]
    assert found["words"] == len(found["body"].split())
    assert [(link["position"], link["author_id"]) for link in db.table("article_author").rows] == [(0, 1), (1, 2)]
    assert [author["kind"] for author in db.table("author").rows] == ["person", "organisation"]
    counts = {table: db.table(table).count for table in ("quote", "embed", "image", "citation", "date_mention")}
    assert counts == {"quote": 2, "embed": 1, "image": 1, "citation": 1, "date_mention": 1}


def test_a_quote_s_row_stands_alone(db: Database) -> None:
    write(db, article())
    quote = dict(next(db.table("quote").rows))
    text = db.table("block").get((1, quote["block"]))["text"]
    assert text[quote["start_char"] : quote["end_char"]] == quote["text"] == "I loved every minute of it,"
    assert (quote["speaker"], quote["published"], quote["site"]) == ("Maud Perrin", "2026-11-22T09:30:00Z", SITE)


def test_the_record_can_be_rebuilt_from_the_row(db: Database) -> None:
    write(db, article())
    assert last_revision(db, 1).article == article()


def test_the_same_page_twice_changes_nothing_but_when_it_was_fetched(db: Database) -> None:
    write(db, article())
    before = content(db)
    assert write(db, article(), hours=2).state == "unchanged"
    after = content(db)
    assert after["article"][0].pop("last_fetched") == "2026-11-22T14:00:00Z"
    assert before["article"][0].pop("last_fetched") == "2026-11-22T12:00:00Z"
    assert after == before
    assert [fetch["result"] for fetch in db.table("fetch").rows] == ["new", "unchanged"]


CHANGES = {
    "headline": {"headline": "Maud Perrin storms out"},
    "dek": {"dek": None},
    "authors": {"authors": (Author(name="Ines Okafor"),)},
    "published": {"published": stamp("2026-11-21T09:30:00Z")},
    "body": {"body": (Block(kind="paragraph", text=FIRST),), "quotes": (), "date_mentions": (), "citations": ()},
}


@pytest.mark.parametrize("field", CHANGES)
def test_a_change_of_what_the_article_says_is_a_revision(db: Database, field: str) -> None:
    write(db, article())
    changed = replace(article(), **CHANGES[field])
    assert write(db, changed, hours=1) == Stored(state="changed", fetch_id=2, article_id=1, revision=2)
    first, second = db.table("revision").rows
    assert (first["number"], first["changed"], first["fetched_at"]) == (1, "[]", "2026-11-22T12:00:00Z")
    assert (second["number"], second["changed"], second["fetched_at"]) == (2, f'["{field}"]', "2026-11-22T13:00:00Z")
    assert first["headline"] == "Maud Perrin quits the Velvet Spoons"
    assert row(db)["revisions"] == 2
    assert row(db)["headline"] == changed.headline
    assert db.table("block").count == len(changed.body)
    assert db.table("quote").count == len(changed.quotes)


def test_what_else_changes_is_kept_without_a_revision(db: Database) -> None:
    write(db, article())
    later = replace(article(), modified=stamp("2026-11-22T11:00:00Z"), tags=("Dublin",), images=())
    assert write(db, later, hours=1).state == "unchanged"
    assert (row(db)["modified"], row(db)["tags"], row(db)["revisions"]) == ("2026-11-22T11:00:00Z", '["Dublin"]', 1)
    assert db.table("image").count == 0
    assert last_revision(db, 1).article == later


def test_better_extractors_over_the_same_bytes_make_no_revision(db: Database) -> None:
    first = outcome(article(), extractor_version="1")
    write_outcome(db, first)
    better = replace(article(), headline="Maud Perrin quits The Velvet Spoons")
    assert write_outcome(db, replace(first, article=better, extractor_version="2")).state == "unchanged"
    assert (row(db)["headline"], row(db)["extractor_version"], row(db)["revisions"]) == (better.headline, "2", 1)
    assert last_revision(db, 1).article == better


def test_between_extractors_of_two_versions_only_the_article_s_own_change_counts(db: Database) -> None:
    write(db, article(), extractor_version="1")
    before = replace(article(), headline="Maud Perrin quits The Velvet Spoons")
    same = replace(before, modified=None)
    assert write(db, same, hours=1, extractor_version="2", previous=before).state == "unchanged"
    changed = replace(before, headline="Maud Perrin storms out")
    assert write(db, changed, hours=2, extractor_version="3", previous=before).state == "changed"


def test_a_coarser_word_for_the_same_publication_time_does_not_replace_a_finer_one(db: Database) -> None:
    hours = Stamp(value=stamp("2026-11-22T07:00:00Z").value, precision="hour", raw="5 hours ago", source="text")
    write(db, replace(article(), published=hours))
    days = Stamp(value=date(2026, 11, 22), precision="day", raw="yesterday", source="text")
    assert write(db, replace(article(), published=days), hours=20).state == "unchanged"
    assert row(db)["published"] == "2026-11-22T07:00:00Z"


def test_a_time_without_a_zone_counts_as_its_day(db: Database) -> None:
    naive = replace(stamp(), value=datetime(2026, 11, 22, 9, 30), raw="22/11/2026 09:30")
    write(db, replace(article(), published=naive))
    found = row(db)
    assert (found["published"], found["published_precision"], found["published_local"]) == (
        "2026-11-22", "day", "22/11/2026 09:30",
    )  # fmt: skip


def test_a_page_older_than_those_known_finds_its_place_among_the_revisions(db: Database) -> None:
    write(db, replace(article(), headline="Second"), hours=2)
    write(db, replace(article(), headline="Fourth"), hours=4)
    write(db, replace(article(), headline="Third"), hours=3)
    write(db, replace(article(), headline="First"), hours=1)
    assert [(found["number"], found["headline"]) for found in db.query("SELECT * FROM revision ORDER BY number")] == [
        (1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"),
    ]  # fmt: skip
    assert (row(db)["headline"], row(db)["revisions"]) == ("Fourth", 4)
    assert (row(db)["first_seen"], row(db)["last_fetched"]) == ("2026-11-22T13:00:00Z", "2026-11-22T16:00:00Z")


def test_a_change_taken_back_between_two_visits_of_the_same_state_is_two_revisions(db: Database) -> None:
    write(db, article(), hours=1)
    write(db, article(), hours=5)
    assert write(db, replace(article(), headline="A slip"), hours=3).state == "changed"
    assert [found["headline"] for found in db.query("SELECT headline FROM revision ORDER BY number")] == [
        article().headline, "A slip", article().headline,
    ]  # fmt: skip
    assert row(db)["headline"] == article().headline


@pytest.mark.parametrize("status", [404, 410])
def test_a_vanished_article_is_marked_and_kept(db: Database, status: int) -> None:
    write(db, article())
    for hours in (1, 2):
        gone = write_outcome(db, outcome(article(), page=page(URL, hours=hours, status=status), article=None))
        assert (gone.state, gone.article_id) == ("gone", 1)
    assert row(db)["gone_at"] == "2026-11-22T13:00:00Z"
    assert db.table("quote").count == 2
    write(db, article(), hours=3)
    assert row(db)["gone_at"] is None


def test_not_modified_counts_as_a_visit(db: Database) -> None:
    write(db, article())
    answer = write_outcome(db, outcome(article(), page=page(URL, hours=5, status=304, body=b""), article=None))
    assert (answer.state, answer.article_id) == ("unchanged", 1)
    assert row(db)["last_fetched"] == "2026-11-22T17:00:00Z"


@pytest.mark.parametrize(("status", "state"), [(200, "not_article"), (404, "failed"), (500, "failed"), (403, "failed")])
def test_a_page_without_an_article_is_only_a_fetch(db: Database, status: int, state: str) -> None:
    front = outcome(article(), page=page(f"https://{SITE}/", status=status), article=None, error="no article")
    assert write_outcome(db, front).state == state
    assert db.table("article").count == 0
    (fetch,) = db.table("fetch").rows
    assert (fetch["status"], fetch["error"], fetch["result"]) == (status, "no article", state)


def test_a_fetch_says_where_the_bytes_lie(db: Database) -> None:
    write(db, article(), archive=ArchivePlace(file="a.warc.gz", offset=77))
    (fetch,) = db.table("fetch").rows
    assert (fetch["archive_file"], fetch["archive_offset"], fetch["article_id"]) == ("a.warc.gz", 77, 1)
    assert fetch["bytes"] > 0


def test_several_speakers_of_one_quote_each_have_a_row(db: Database) -> None:
    (both,) = quotes_of(("“We are done,” said Maud Perrin and Otto Lind.",))
    both = replace(both, speaker="Maud Perrin and Otto Lind", speakers=("Maud Perrin", "Otto Lind"))
    write(db, replace(article(), quotes=(both, *article().quotes)))
    names = [(found["quote_id"], found["name"], found["kind"]) for found in db.query("SELECT * FROM quote_speaker")]
    assert sorted(names) == [
        (1, "Maud Perrin", "person"), (1, "Otto Lind", "person"), (2, "Maud Perrin", "person"),
        (3, "Maud Perrin", "person"),
    ]  # fmt: skip


def matches(db: Database, table: str, query: str) -> list[int]:
    return [found[0] for found in db.execute(f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH ?", [query])]


def test_full_text_search_follows_every_change(db: Database) -> None:
    write(db, article())
    assert matches(db, "article", "velvet") == [1]
    assert matches(db, "quote", "family") == [2]
    quiet = replace(article(paragraphs=("The band says nothing.",)), headline="Silence", dek=None)
    write(db, replace(quiet, date_mentions=(), citations=()), hours=1)
    assert matches(db, "article", "velvet") == []
    assert matches(db, "article", "silence") == [1]
    assert matches(db, "quote", "family") == []
    for table in ("article", "quote"):
        db.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")


def test_full_text_search_survives_rows_deleted_and_replaced_by_other_programs(db: Database) -> None:
    write(db, article())
    db.execute("UPDATE quote SET text = 'I hated it' WHERE id = 2")
    db.execute("INSERT OR REPLACE INTO quote SELECT * FROM quote WHERE id = 1")
    assert (matches(db, "quote", "family"), matches(db, "quote", "hated"), matches(db, "quote", "minute")) == (
        [],
        [2],
        [1],
    )
    db.execute("DELETE FROM quote")
    assert matches(db, "quote", "hated") == []
    db.execute("INSERT INTO quote_fts (quote_fts, rank) VALUES ('integrity-check', 1)")


def test_half_a_character_in_a_record_does_not_keep_it_out(db: Database) -> None:
    broken = replace(article(), headline="Maud \ud83d leaves", tags=("\udc00",))
    assert write(db, broken).state == "new"
    assert (row(db)["headline"], row(db)["tags"]) == ("Maud \ufffd leaves", '["\ufffd"]')


def test_a_page_that_cannot_be_written_leaves_nothing_behind(db: Database) -> None:
    broken = replace(article(), quotes=(*article().quotes, replace(article().quotes[0], block=2**70)))
    before = content(db)
    with db.atomic():
        with pytest.raises(OverflowError):
            write(db, broken)
        write(db, article("/another"))
    assert [found["url"] for found in db.table("article").rows] == [f"https://www.{SITE}/another"]
    assert len(content(db)["revision"]) == len(before["revision"]) + 1
