"""What is found of an article beside the database counts as if the database had found it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from sqlite_utils import Database

from benchmarks.contents import rows
from benchmarks.corpus import corpus
from pipelines.database import close_writer, open_writer, transaction
from pipelines.derive import stored_features
from pipelines.features import features_of
from pipelines.store import write_outcome
from tests.pipelines.builders import article, outcome
from tests.pipelines.test_dedupe import prose

LONG = tuple(" ".join(prose(number, 40)) + "." for number in range(4))


def test_what_is_known_of_a_record_is_not_looked_for_again() -> None:
    record = article()
    known = features_of(record)
    assert features_of(record, known=known) is known


def test_where_other_blocks_are_template_text_only_who_is_named_still_holds() -> None:
    record = article(paragraphs=LONG)
    known, template = features_of(record), frozenset({3})
    found = features_of(record, template, known)
    assert found == features_of(record, template)
    assert found.cast is known.cast
    assert found.signature != known.signature


def test_what_is_known_of_another_record_does_not_count() -> None:
    record = article(paragraphs=LONG)
    known = features_of(article(paragraphs=LONG[:2]))
    assert features_of(record, known=known) == features_of(record)


def test_a_database_remembers_the_features_of_an_article_but_not_who_is_no_person(db: Database) -> None:
    record = article(paragraphs=LONG)
    stored = write_outcome(db, outcome(record))
    assert stored.article_id
    remembered = stored_features(db, stored.article_id, record.site or "", record)
    found = features_of(record)
    assert remembered
    assert remembered.signs.to_json() == found.signs.to_json()
    known = replace(found, cast=replace(found.cast, others=()), signs=remembered.signs, is_whole=False)
    assert remembered == known
    assert features_of(record, frozenset({3}), remembered) == features_of(record, frozenset({3}))


def test_a_database_that_is_given_features_is_the_one_that_looks_for_them(tmp_path: Path) -> None:
    pages = [piece.outcome for piece in islice(corpus(4), 250)]
    given = [replace(page, features=page.article and features_of(page.article)) for page in pages]
    contents = []
    for name, outcomes in (("alone.db", pages), ("given.db", given)):
        db = open_writer(tmp_path / name)
        with transaction(db):
            for each in outcomes:
                write_outcome(db, each)
        close_writer(db)
        contents.append(rows(tmp_path / name))
    alone, beside = contents
    assert [table for table in alone if alone[table] != beside[table]] == ["_sqlite_migrations"]
    assert any(row for row in alone["revision"] if row[2] > 1)
