"""The demo, and what the verbs that read a database say of what it left behind."""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.crawler.cli.command import redtop
from tests.pipelines.test_sample_known import KNOWN, name_of

Demo = tuple[Path, str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run the demo twice in one folder, as somebody would who liked it, and give its database and last words."""
    folder = tmp_path_factory.mktemp("demo")
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", "from crawler.cli import main; main()", "demo"],
            cwd=folder, capture_output=True, text=True, timeout=120, env=_environment(),
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
    return folder / "data" / "demo.db", ran.stdout


def _environment() -> dict[str, str]:
    import os

    return os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}


def rows(db: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def test_the_demo_ends_with_a_summary_and_three_commands_to_try(demo: Demo) -> None:
    db, said = demo
    for site, number in rows(db, "SELECT site, count(*) FROM article GROUP BY site"):
        assert any(line.split()[:2] == [site, str(number)] for line in said.splitlines())
    for word in ("A quote:", "An embed:", "A copy:"):
        assert word in said
    assert said.count("\n  redtop ") == 3


def test_the_demo_has_both_outlets_and_what_changed_between_its_two_crawls(demo: Demo) -> None:
    db, _ = demo
    counts = dict(rows(db, "SELECT site, count(*) FROM article GROUP BY site"))
    assert len(counts) == 2
    assert sum(counts.values()) >= 30
    assert rows(db, "SELECT count(*) FROM article WHERE revisions > 1") == [(2,)]
    assert rows(db, "SELECT count(*) FROM article WHERE copy_of IS NOT NULL") == [(1,)]


def test_quotes_of_a_speaker_are_those_of_the_table(demo: Demo) -> None:
    db, _ = demo
    ran = redtop("quotes", "--speaker", "Farrow", "--db", db, "--format", "json", "--limit", 100)
    said = sorted(json.loads(line)["id"] for line in ran.out.splitlines())
    sql = "SELECT quote_id FROM quote_speaker WHERE name LIKE '%Farrow' ORDER BY 1"
    assert said
    assert said == sorted({number for (number,) in rows(db, sql)} & set(said))
    assert {number for (number,) in rows(db, "SELECT id FROM quote WHERE speaker = 'Imelda Farrow'")} <= set(said)


def test_search_gives_what_full_text_search_gives(demo: Demo) -> None:
    db, _ = demo
    ran = redtop("search", "farrow", "stage", "--db", db, "--format", "json")
    found = {json.loads(line)["id"] for line in ran.out.splitlines()}
    assert found == {
        number for (number,) in rows(db, "SELECT rowid FROM article_fts WHERE article_fts MATCH 'farrow stage'")
    }
    assert found


def test_csv_has_every_field_and_a_row_for_each(demo: Demo) -> None:
    db, _ = demo
    ran = redtop("quotes", "--kind", "anonymous", "--db", db, "--format", "csv", "--limit", 1000)
    read = list(csv.DictReader(io.StringIO(ran.out)))
    assert len(read) == rows(db, "SELECT count(*) FROM quote WHERE speaker_kind = 'anonymous'")[0][0] > 0
    assert {row["speaker_kind"] for row in read} == {"anonymous"}


def test_a_table_is_not_cut_where_stdout_is_no_terminal(demo: Demo) -> None:
    db, _ = demo
    ran = redtop("quotes", "--speaker", "Farrow", "--db", db)
    assert "Imelda Farrow" in ran.out
    assert "…" not in ran.out.splitlines()[0]


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_show_prints_an_article_whole(demo: Demo, form: str) -> None:
    db, _ = demo
    number, headline, url = rows(db, "SELECT id, headline, url FROM article WHERE copy_of IS NOT NULL")[0]
    by_number, by_url = (redtop("show", which, "--db", db, "--format", form) for which in (number, url))
    assert by_number == by_url
    assert by_number.status == 0
    assert headline.split()[0] in by_number.out


def test_show_tells_of_copies_and_revisions(demo: Demo) -> None:
    db, _ = demo
    copy, original = rows(db, "SELECT id, copy_of FROM article WHERE copy_of IS NOT NULL")[0]
    assert f"A copy of article {original} " in redtop("show", copy, "--db", db).out
    assert f"Copied by article {copy} " in redtop("show", original, "--db", db).out
    (changed,) = rows(db, "SELECT id FROM article WHERE revisions > 1")[0]
    assert "Revision 2, seen " in redtop("show", changed, "--db", db).out


def test_the_demo_s_stories_are_those_that_a_reader_finds(demo: Demo) -> None:
    db, _ = demo
    crawled = {name_of(url) for (url,) in rows(db, "SELECT url FROM article")}
    expected = [known for known in KNOWN["stories"] if crawled.issuperset(known["articles"])]
    assert rows(db, "SELECT count(*) FROM story WHERE articles > 1") == [(len(expected),)]
    for known in expected:
        sql = (
            "SELECT story.id, story.headline, first_published, last_published, first_by, sites, articles FROM story "
            "JOIN article ON article.id = first_article_id WHERE url LIKE ?"
        )
        number, *found = rows(db, sql, f"%/{known['first']}%")[0]
        keys = ("headline", "first_published", "last_published", "first_by", "sites")
        assert found == [*(known[key] for key in keys), len(known["articles"])]
        ran = redtop("stories", number, "--db", db)
        assert ran.out.startswith(f"Story {number}: {known['headline']}\n{len(known['articles'])} articles at ")
        assert ran.out.count("  article ") == len(known["articles"])
    assert expected


def test_stories_lists_and_filters(demo: Demo) -> None:
    db, _ = demo
    ran = redtop("stories", "farrow", "stage", "--min-sites", 2, "--db", db, "--format", "json")
    (found,) = [json.loads(line) for line in ran.out.splitlines()]
    assert (found["articles"], found["sites"], found["first_by"]) == (2, 2, "published")
    timeline = redtop("stories", found["id"], "--db", db).out
    assert timeline.index("first; PA copy") < timeline.index("PA copy; text of article")
    assert json.loads(redtop("stories", found["id"], "--db", db, "--format", "json").out)["story"] == found
    shown = redtop("show", rows(db, "SELECT id FROM article WHERE copy_of IS NOT NULL")[0][0], "--db", db).out
    assert f"Story {found['id']}, with 1 other article: redtop stories {found['id']}" in shown
    assert "Copy of PA\n" in shown


def test_stories_computed_anew_are_the_same(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "demo.db"
    with closing(sqlite3.connect(demo[0])) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    ran = redtop("stories", "--rebuild", "--db", copy)
    assert (ran.status, ran.out) == (0, "")
    for table in ("story", "story_link", "copy_link", "article_person"):
        sql = f"SELECT * FROM {table} ORDER BY 1, 2"
        kept = "SELECT article_id, name, quotes FROM article_person ORDER BY 1, 2" if table == "article_person" else sql
        assert rows(copy, kept) == rows(demo[0], kept)
    assert redtop("stories", "--rebuild", "--db", tmp_path / "none.db").err.endswith("no such database\n")


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["search", '"open'], 2, "cannot read the query"),
        (["quotes", "--kind", "robot"], 2, "'robot' is no kind of speaker"),
        (["quotes", "--since", "lately"], 2, "'lately' is no date"),
        (["stories", "999999"], 2, "no story 999999"),
        (["stories", '"open'], 2, "cannot read the query"),
        (["stories", "--rebuild", "farrow"], 2, "--rebuild takes no query"),
        (["show", "999999"], 2, "no article 999999"),
        (["show", "https://elsewhere.example/x"], 2, "no article at https://elsewhere.example/x"),
    ],
)
def test_a_wrong_question_gets_one_clear_line(demo: Demo, arguments: list[str], status: int, word: str) -> None:
    ran = redtop(*arguments, "--db", demo[0])
    assert (ran.status, ran.out) == (status, "")
    assert word in ran.err.splitlines()[0]
    assert ran.err.startswith("Error: ")


def test_an_empty_answer_says_so(demo: Demo) -> None:
    ran = redtop("search", "zeppelin", "--db", demo[0])
    assert (ran.status, ran.out, ran.err) == (0, "", "no article answers to that\n")


def test_what_is_wrong_with_a_database_is_one_line(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_text("no database at all, just some words that go on for a while" * 20)
    for path, word in (
        (tmp_path / "none.db", "no such database"),
        (other, "no SQLite database"),
        (tmp_path, "directory"),
    ):
        ran = redtop("search", "x", "--db", path)
        assert ran.status in (1, 2)
        assert ran.err.startswith("Error: ")
        assert word in ran.err
        assert "Traceback" not in ran.err
