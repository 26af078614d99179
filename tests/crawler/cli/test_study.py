"""A study goes on when redtop is updated: codes stay with their quotations through a real `redtop reextract`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.crawler.cli.command import redtop
from tests.crawler.cli.test_import import page, rows
from tests.crawler.test_warc_pages import warc


def test_codes_survive_that_the_archive_is_read_anew(tmp_path: Path) -> None:
    (tmp_path / "gull.warc.gz").write_bytes(warc(*map(page, range(6))))
    db = tmp_path / "x.db"
    ran = redtop("import", tmp_path / "gull.warc.gz", "--db", db, "--workers", "1", "--keep", "-q")
    assert ran.status == 0, ran.err
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute(
            "INSERT INTO quote_annotation (quote_id, coder, name, value) "
            "SELECT id, 'ann', 'tone', 'code of ' || article_id || ', ' || position FROM quote WHERE article_id % 2"
        )
        connection.execute("INSERT INTO annotation (article_id, name, value) VALUES (2, 'topic', 'gulls')")
        connection.execute("CREATE TABLE my_codes AS SELECT id AS article_id, 'mine' AS code FROM article")
        for table in ("article", "revision"):
            connection.execute(f"UPDATE {table} SET headline = 'worse', extractor_version = '0.0.1'")
        connection.execute("UPDATE quote SET id = id + 1000")
    before = rows(db, "SELECT quote_id FROM quote_annotation")
    ran = redtop("reextract", "--db", db, "--workers", "1", "-q")
    assert ran.status == 0, ran.err
    assert rows(db, "SELECT count(*) FROM article WHERE extractor_version = '0.0.1'") == [(0,)]
    coded = rows(
        db,
        "SELECT quote.text = quote_text, 'code of ' || quote.article_id || ', ' || quote.position = value "
        "FROM quote_annotation JOIN quote ON quote.id = quote_id",
    )
    assert len(coded) == len(before) > 2
    assert set(coded) == {(1, 1)}
    assert set(rows(db, "SELECT quote_id FROM quote_annotation")).isdisjoint(before)
    assert rows(db, "SELECT value FROM annotation WHERE quote_text IS NULL") == [("gulls",)]
    assert rows(db, "SELECT count(*) FROM my_codes") == [(6,)]
