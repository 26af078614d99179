"""What a researcher codes stays with its quotation, whatever redtop reads anew."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from sqlite_utils import Database

from extractors import Article
from pipelines.database import close_writer, open_writer, transaction
from pipelines.store import write_outcome
from tests.pipelines.builders import SITE, article, outcome, quotes_of

TWICE = ("“Never again,” Perrin said. Nobody moved.", "Then she rose. “Never again,” she said. “Or at least not here.”")


def store(db: Database, record: Article, hours: float, version: str, body: bytes | None = None) -> None:
    made = outcome(record, hours=hours, extractor_version=version)
    with transaction(db):
        write_outcome(db, replace(made, page=replace(made.page, body=body or made.page.body)))


def read_anew(db: Database, record: Article) -> None:
    """Have the same page of the first article read by a later redtop; another article has come in between."""
    store(db, article("/other", paragraphs=("“A word that has nothing to do with it.”",)), 1, "1")
    (before,) = db.conn.execute("SELECT max(id) FROM quote").fetchone()
    store(db, record, 0, "2", body=b"the page")
    assert db.conn.execute("SELECT min(id) > ? FROM quote WHERE article_id = 1", [before]).fetchone() == (1,)


def coded(db: Database) -> list[tuple[Any, ...]]:
    return db.conn.execute(
        "SELECT quote_id, (SELECT position FROM quote WHERE id = quote_id), quote_text, occurrence, coder, name, value "
        "FROM quote_annotation ORDER BY annotation_id"
    ).fetchall()


@pytest.fixture
def book(db: Database) -> Database:
    """An article whose first and second quotation have the same words; the second and third are coded."""
    record = article(paragraphs=TWICE)
    store(db, replace(record, date_mentions=(), citations=()), 0, "1", body=b"the page")
    ids = [number for (number,) in db.conn.execute("SELECT id FROM quote ORDER BY position")]
    assert len(ids) == 3
    for number, value in ((ids[1], "angry"), (ids[2], "calm")):
        db.conn.execute(
            "INSERT INTO quote_annotation (quote_id, coder, name, value) VALUES (?, 'ann', 'tone', ?)", [number, value]
        )
    return db


def test_a_code_survives_that_the_page_is_read_anew(book: Database) -> None:
    before = coded(book)
    record = article(paragraphs=TWICE)
    read_anew(book, replace(record, date_mentions=(), citations=(), section="Showbiz"))
    after = coded(book)
    assert [row[1:] for row in after] == [row[1:] for row in before] == [
        (1, "Never again,", 2, "ann", "tone", "angry"), (2, "Or at least not here.", 1, "ann", "tone", "calm"),
    ]  # fmt: skip
    assert {row[0] for row in after}.isdisjoint({row[0] for row in before})
    assert book.conn.execute("SELECT extractor_version, revisions FROM article WHERE id = 1").fetchall() == [("2", 1)]


def test_a_code_for_words_that_are_gone_is_kept_and_says_so(book: Database) -> None:
    paragraphs = (TWICE[0], "Then she rose. “Never once more,” she said. “Or at least not here.”")
    store(book, replace(article(paragraphs=paragraphs), date_mentions=(), citations=()), 1, "1")
    assert [(row[1], row[-1]) for row in coded(book)] == [(None, "angry"), (2, "calm")]
    store(book, replace(article(paragraphs=TWICE), date_mentions=(), citations=()), 2, "1")
    assert [(row[1], row[-1]) for row in coded(book)] == [(1, "angry"), (2, "calm")]


def test_a_second_word_on_the_same_takes_the_place_of_the_first_and_others_stand_beside(book: Database) -> None:
    (number,) = book.conn.execute("SELECT id FROM quote WHERE position = 2").fetchone()
    for coder, name, value in (("ann", "tone", "sad"), ("ben", "tone", "calm"), ("ann", "topic", "work")):
        book.conn.execute(
            "INSERT INTO quote_annotation (quote_id, coder, name, value) VALUES (?, ?, ?, ?)",
            [number, coder, name, value],
        )
    assert [row[4:] for row in coded(book)] == [
        ("ann", "tone", "angry"), ("ann", "tone", "sad"), ("ben", "tone", "calm"), ("ann", "topic", "work"),
    ]  # fmt: skip
    book.conn.execute("DELETE FROM quote_annotation WHERE coder = 'ben'")
    assert len(coded(book)) == 3


def test_a_table_of_codes_goes_in_by_pandas(book: Database) -> None:
    (number,) = book.conn.execute("SELECT id FROM quote WHERE position = 0").fetchone()
    frame = pd.DataFrame({"quote_id": [number], "coder": ["ben"], "name": ["tone"], "value": ["tired"]})
    frame.to_sql("quote_annotation", book.conn, if_exists="append", index=False)
    assert coded(book)[-1] == (number, 0, "Never again,", 1, "ben", "tone", "tired")


def test_articles_are_coded_too(book: Database) -> None:
    book.conn.execute("INSERT INTO annotation (article_id, name, value) VALUES (1, 'topic', 'farewell')")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
        book.conn.execute("INSERT INTO annotation (article_id, name, value) VALUES (1, 'topic', 'return')")
    assert len(coded(book)) == 2


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("INSERT INTO quote_annotation (quote_id, name) VALUES (4711, 'tone')", "no such quotation"),
        ("INSERT INTO annotation (article_id, name) VALUES (4711, 'tone')", "FOREIGN KEY"),
        ("INSERT INTO annotation (article_id, quote_text, name) VALUES (1, 'x', 'tone')", "CHECK"),
    ],
)
def test_a_code_for_nothing_is_refused(book: Database, sql: str, problem: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=problem):
        book.conn.execute(sql)


def test_the_quotations_of_every_state_are_kept(book: Database) -> None:
    paragraphs = ("“Never,” Perrin said. Nobody moved.",)
    changed = replace(article(paragraphs=paragraphs), date_mentions=(), citations=(), quotes=quotes_of(paragraphs))
    store(book, changed, 1, "1")
    sql = (
        "SELECT revision, position, text, speaker, speaker_kind FROM revision_quote WHERE article_id = 1 ORDER BY 1, 2"
    )
    assert book.conn.execute(sql).fetchall() == [
        (1, 0, "Never again,", "Maud Perrin", "person"),
        (1, 1, "Never again,", "Maud Perrin", "person"),
        (1, 2, "Or at least not here.", "Maud Perrin", "person"),
        (2, 0, "Never,", "Maud Perrin", "person"),
    ]
    assert changed.site == SITE


def test_a_table_of_your_own_is_left_alone(book: Database) -> None:
    book.conn.execute("CREATE TABLE my_codes (article_id INTEGER REFERENCES article(id), code TEXT)")
    book.conn.execute("INSERT INTO my_codes VALUES (1, 'farewell')")
    read_anew(book, replace(article(paragraphs=TWICE), date_mentions=(), citations=(), section="Showbiz"))
    file = book.conn.execute("PRAGMA database_list").fetchone()[2]
    close_writer(open_writer(file))
    assert book.conn.execute("SELECT * FROM my_codes").fetchall() == [(1, "farewell")]
    assert not [name for (name,) in book.conn.execute("SELECT name FROM sqlite_schema") if name.startswith("my_")][1:]
