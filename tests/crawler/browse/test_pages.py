"""Every page answers, reads only, and reads while somebody writes."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from crawler.browse.server import open_datasette
from crawler.bundled import data_folder
from pipelines.database import close_writer, open_writer, transaction
from pipelines.research.questions import read_questions


def get(file: Path, *paths: str) -> list[Any]:
    """The answers to these addresses, from one Datasette."""
    made = open_datasette(file)

    async def all_of_them() -> list[Any]:
        return [await made.client.get(path) for path in paths]

    return asyncio.run(all_of_them())


def one(file: Path, sql: str) -> Any:
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return connection.execute(sql).fetchone()[0]
    finally:
        connection.close()


def test_every_table_and_every_question_has_a_page(demo_db: Path) -> None:
    tables = [row["name"] for row in get(demo_db, "/redtop.json")[0].json()["tables"] if not row["hidden"]]
    assert {"article", "quote", "story", "person"} <= set(tables)
    paths = [f"/redtop/{name}" for name in (*tables, *read_questions(data_folder("queries")))]
    for path, answer in zip(paths, get(demo_db, *paths), strict=True):
        assert answer.status_code == 200, path
        assert "message-error" not in answer.text, path


def test_a_row_leads_to_the_page_of_the_article(demo_db: Path) -> None:
    number = one(demo_db, "SELECT copy_of FROM article WHERE copy_of IS NOT NULL")
    table, row, page = get(demo_db, "/redtop/article", f"/redtop/article/{number}", f"/-/article/{number}")
    for answer in (table, row):
        assert f'href="/-/article/{number}"' in answer.text
    assert page.status_code == 200
    assert "Copied by" in page.text


def test_an_article_reads_with_its_speakers_and_asks_for_nothing(demo_db: Path) -> None:
    number = one(demo_db, "SELECT article_id FROM quote WHERE speaker = 'Dominic Ashby' LIMIT 1")
    (page,) = get(demo_db, f"/-/article/{number}")
    assert '<span class="speaker">Dominic Ashby</span>' in page.text
    assert "<img" not in page.text
    assert "<iframe" not in page.text


def test_what_changed_is_shown_word_by_word(demo_db: Path) -> None:
    number = one(demo_db, "SELECT article_id FROM revision WHERE number = 2 AND changed LIKE '%headline%'")
    page, none = get(demo_db, f"/-/article/{number}/changes/2", f"/-/article/{number}/changes/9")
    assert "<del>second</del>" in page.text
    assert "<ins>third</ins>" in page.text
    assert none.status_code == 404


@pytest.mark.parametrize("path", ["/-/article/999999", "/-/story/999999", "/-/article/99999999999999999999"])
def test_what_is_not_there_is_a_plain_404(demo_db: Path, path: str, capfd: pytest.CaptureFixture[str]) -> None:
    (answer,) = get(demo_db, path)
    assert answer.status_code == 404
    assert "Error 404" in answer.text
    assert capfd.readouterr() == ("", "")


def test_nothing_is_written(demo_db: Path) -> None:
    (answer,) = get(demo_db, "/redtop.json?sql=delete+from+article")
    assert answer.status_code == 400
    made = open_datasette(demo_db)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(made.get_database("redtop").execute("UPDATE article SET words = 0"))


def test_it_reads_what_a_writer_commits_meanwhile(demo_db: Path, tmp_path: Path) -> None:
    file = tmp_path / "odd name 100%.db"
    shutil.copy(demo_db, file)
    made = open_datasette(file)
    sql = "/redtop.json?sql=select+count(*)+as+n+from+author&_shape=array"

    async def count() -> int:
        return int((await made.client.get(sql)).json()[0]["n"])

    before = asyncio.run(count())
    db = open_writer(file)
    with transaction(db):
        db["author"].insert({"name": "A New Hand", "kind": "person"})
        assert asyncio.run(count()) == before
    assert asyncio.run(count()) == before + 1
    close_writer(db)


def test_full_text_search_finds_articles(demo_db: Path) -> None:
    found, none = get(
        demo_db,
        "/redtop/article.json?_search=farrow&_shape=array",
        "/redtop/article.json?_search=zeppelin&_shape=array",
    )
    assert any("Farrow" in row["headline"] for row in found.json())
    assert none.json() == []
