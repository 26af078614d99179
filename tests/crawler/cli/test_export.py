"""`redtop export`, as somebody meets it: where things go, and what is there when it fails."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
import sys
from pathlib import Path

import duckdb
import pytest

from pipelines.research.export import Exported
from pipelines.writer import Writer
from tests.crawler.cli.command import redtop
from tests.pipelines.research.conftest import outcomes

URLS = [
    "https://www.tattle.example/maud-leaves", "https://www.glimmer.example/insider",
    "https://www.glimmer.example/trennung", "https://www.glimmer.example/maud",
]  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("export") / "redtop.db"
    with Writer(file) as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
    return file


def lines(text: str) -> list[str]:
    return [json.loads(line)["url"] for line in text.splitlines()]


def test_without_a_file_it_goes_to_standard_output(db: Path) -> None:
    ran = redtop("export", "--db", db)
    assert (ran.status, ran.err) == (0, "4 articles\n")
    assert lines(ran.out) == URLS
    assert lines(redtop("export", "--db", db, "--format", "zyte", "-q").out) == URLS
    graph = json.loads(redtop("export", "--db", db, "--format", "jsonld").out)["@graph"]
    assert [node["url"] for node in graph] == URLS
    rows = csv.DictReader(io.StringIO(redtop("export", "--db", db, "--format", "csv").out))
    assert [row["url"] for row in rows] == URLS


def test_it_selects_as_search_does(db: Path) -> None:
    narrow = ["maud", "--site", "glimmer.example", "--site", "tattle.example", "--no-copies"]
    assert lines(redtop("export", *narrow, "--db", db).out) == URLS[:1]
    assert redtop("search", *narrow, "--format", "ids", "--db", db).out == "1\n"
    ran = redtop("export", "zeppelin", "--db", db)
    assert (ran.status, ran.out, ran.err) == (0, "", "no article answers to that\n")


def test_a_file_holds_the_same(db: Path, tmp_path: Path) -> None:
    for form in ("jsonl", "csv", "jsonld", "zyte"):
        ran = redtop("export", "--db", db, "--format", form, "-o", tmp_path / "new" / form)
        assert (ran.status, ran.out, ran.err) == (0, "", f"4 articles in {tmp_path / 'new' / form}\n")
        with (tmp_path / "new" / form).open(encoding="utf-8", newline="") as file:
            assert file.read() == redtop("export", "--db", db, "--format", form).out


def test_parquet_of_records_and_of_a_table(db: Path, tmp_path: Path) -> None:
    path = tmp_path / "articles.parquet"
    assert redtop("export", "--db", db, "--format", "parquet", "-o", path, "-q").err == ""
    assert [url for (url,) in duckdb.sql(f"SELECT url FROM '{path}' ORDER BY id").fetchall()] == URLS
    assert redtop("export", "--db", db, "--format", "parquet", "--table", "quote", "-o", path).status == 0
    assert duckdb.sql(f"SELECT count(*) FROM '{path}'").fetchall() == [(8,)]


def test_markdown_is_a_folder_with_a_file_for_each(db: Path, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    assert redtop("export", "--db", db, "--format", "markdown", "-o", f"{folder}/").status == 0
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.md"))
    assert names == [
        "glimmer.example/2026-11-20-otto-lind-in-feud-2.md",
        "glimmer.example/2026-11-22-maud-perrin-quits-the-velvet-spoons-4.md",
        "glimmer.example/undated-o-brien-sohne-trennung-3.md",
        "tattle.example/2026-11-22-maud-perrin-quits-after-nine-years-1.md",
    ]
    ran = redtop("export", "--db", db, "--format", "markdown", "-o", folder)
    assert (ran.status, ran.err) == (1, f"Error: {folder}: is there and not empty\n")


@pytest.mark.parametrize("form", ["jsonl", "parquet", "markdown"])
def test_what_is_broken_off_leaves_nothing_and_what_was_there(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def stopped(self: Exported) -> None:
        raise KeyboardInterrupt

    kept = tmp_path / "old"
    kept.write_text("before")
    monkeypatch.setattr(Exported, "to_dict", stopped)
    monkeypatch.setattr("pipelines.research.export.markdown.markdown_file", stopped)
    for target in (kept, tmp_path / "new") if form != "markdown" else (tmp_path / "new",):
        assert redtop("export", "--db", db, "--format", form, "-o", target).status == 130
    assert [path.name for path in tmp_path.iterdir()] == ["old"]
    assert kept.read_text() == "before"


@pytest.mark.parametrize(
    ("arguments", "status", "problem"),
    [
        (["--format", "parquet"], 2, "parquet needs -o FILE"),
        (["--format", "markdown"], 2, "markdown needs -o FOLDER"),
        (["--format", "zyte", "--table", "quote"], 2, "--table goes with jsonl, csv, parquet, not with zyte"),
        (["--table", "fetch"], 2, "no table 'fetch' can be exported: annotation, article, "),
        (['"open'], 2, "cannot read the query"),
        (["-o", "/dev/full"], 1, "/dev/full: No space left on device"),
        (["--format", "parquet", "-o", "/dev/full"], 1, "/dev/full: is no regular file"),
        (["-o", "/dev/null/x"], 1, "/dev/null"),
    ],
)
def test_what_cannot_be_done_is_one_line(db: Path, arguments: list[str], status: int, problem: str) -> None:
    ran = redtop("export", "--db", db, *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert ran.err.startswith(f"Error: {problem}")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("form", ["parquet", "markdown"])
def test_a_disk_that_fills_is_named_by_the_file_that_was_asked_for(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Exported, "to_dict", full)
    monkeypatch.setattr("pipelines.research.export.markdown.markdown_file", full)
    ran = redtop("export", "--db", db, "--format", form, "-o", tmp_path / "out")
    assert (ran.status, ran.err) == (1, f"Error: {tmp_path / 'out'}: No space left on device\n")
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_it_says_what_to_install(db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ran = redtop("export", "--db", db, "--format", "parquet", "-o", tmp_path / "a.parquet")
    assert (ran.status, ran.err) == (1, "Error: Parquet needs pyarrow: pip install 'redtop[parquet]'\n")
    assert redtop("export", "--db", db).status == 0
