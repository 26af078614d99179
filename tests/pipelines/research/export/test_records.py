from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlite_utils import Database

from pipelines.database import open_reader, open_writer, transaction
from pipelines.record import article_from
from pipelines.research import QueryError, Selection
from pipelines.research.export import Exported, chosen, records, snapshot
from pipelines.research.export.lines import json_lines
from pipelines.revisions import last_revision
from pipelines.store import write_outcome
from tests.pipelines.builders import article, outcome


def test_every_article_is_there_with_its_record_as_it_was_read_last(source: Database, exported: list[Exported]) -> None:
    ids = [number for (number,) in source.conn.execute("SELECT id FROM article ORDER BY id")]
    assert [each.id for each in exported] == ids
    assert [each.article for each in exported] == [last_revision(source, number).article for number in ids]
    assert exported[0].article.headline == "Maud Perrin quits after nine years"


def test_what_the_database_knows_stands_beside_it(source: Database, exported: list[Exported]) -> None:
    for each in exported:
        names = "url, site, words, first_seen, last_fetched, gone_at, revisions, copy_of, story_id, extractor_version"
        row = source.conn.execute(f"SELECT {names} FROM article WHERE id = ?", [each.id]).fetchone()
        assert tuple(getattr(each, name) for name in names.split(", ")) == row
    copy = next(each for each in exported if each.copy_of)
    assert copy.copy_of_url == "https://www.tattle.example/maud-leaves"


def test_a_selection_narrows_it_as_it_does_a_search(source: Database) -> None:
    def urls(**only: Any) -> list[str]:
        return [each.url for each in records(source, chosen(source, Selection(**only)))]

    assert urls(query="feud", sites=("glimmer.example",)) == ["https://www.glimmer.example/insider"]
    assert urls(has=("youtube",)) == ["https://www.grill.example/formula"]
    assert urls(query="zeppelin") == []
    with pytest.raises(QueryError, match="cannot read the query"):
        urls(query='"open')


def test_portions_do_not_show(source: Database, exported: list[Exported], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(records.__globals__, "_PORTION", 2)
    assert list(records(source, chosen(source, Selection()))) == exported


def test_a_crawl_meanwhile_changes_nothing(file: Path) -> None:
    writer = open_writer(file)
    with transaction(writer):
        write_outcome(writer, outcome(article()))
        write_outcome(writer, outcome(article("/b", paragraphs=("Quite another text of its own.",)), hours=1))
    reader = open_reader(file)
    with snapshot(reader):
        ids = chosen(reader, Selection())
        with transaction(writer):
            write_outcome(writer, outcome(replace(article(), headline="Changed"), hours=2))
        assert [each.article.headline for each in records(reader, ids)] == [article().headline] * 2
    assert [each.article.headline for each in records(reader, ids)] == ["Changed", article().headline]
    reader.close()
    writer.close()


def test_json_lines_are_whole_records(exported: list[Exported], tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json_lines(each.to_dict() for each in exported)), encoding="utf-8")
    lines = path.read_text(encoding="utf-8").splitlines()
    for line, each in zip(lines, exported, strict=True):
        found = json.loads(line)
        record = {name: found[name] for name in each.article.to_dict()}
        assert article_from(record | {"url": each.article.url, "site": each.article.site}) == each.article
        assert (found["id"], found["copy_of"], found["revisions"]) == (each.id, each.copy_of, each.revisions)


def test_pandas_reads_json_lines(full: Path, exported: list[Exported], tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json_lines(each.to_dict() for each in exported)), encoding="utf-8")
    read = pd.read_json(path, lines=True, dtype=False)
    with closing(sqlite3.connect(full)) as db:
        rows = db.execute("SELECT id, url, headline, words, last_fetched FROM article ORDER BY id").fetchall()
    columns = read[["id", "url", "headline", "words", "last_fetched"]].astype(object)
    assert [tuple(row) for row in columns.where(columns.notna(), None).to_numpy().tolist()] == rows
    assert [len(quotes) for quotes in read["quotes"]] == [len(each.article.quotes) for each in exported]
