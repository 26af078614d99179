"""`redtop export --cluster`: the same rows, in parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cluster import exporting
from crawler.cluster.exporting import ExportJob
from crawler.cluster.unit import Unit
from pipelines.database import open_reader
from pipelines.research.export import chosen
from pipelines.research.selection import Selection
from tests.crawler.cluster.running import ran


def lines(*files: Path) -> list[str]:
    return [line for file in files for line in file.read_text().splitlines()]


def test_the_parts_together_are_the_whole(plain: Path, tmp_path: Path) -> None:
    assert ran("export", "--db", plain, "-o", tmp_path / "whole.jsonl")[0] == 0
    status, said = ran("export", "--db", plain, "-o", tmp_path / "parts", "--cluster", "local:1")
    assert status == 0, said
    assert "130 articles in" in said
    assert [path.name for path in (tmp_path / "parts").iterdir()] == ["part-00000.jsonl"]
    assert lines(*(tmp_path / "parts").iterdir()) == lines(tmp_path / "whole.jsonl")
    status, said = ran("export", "--db", plain, "-o", tmp_path / "parts", "--cluster", "local:1")
    assert (status, said.count("\n")) == (1, 1)
    assert "is there and not empty" in said


@pytest.mark.parametrize(("form", "table"), [("jsonl", None), ("csv", None), ("jsonl", "quote"), ("parquet", "block")])
def test_every_form_is_written_by_units(plain: Path, tmp_path: Path, form: str, table: str | None) -> None:
    """As a worker does it, without one."""
    db = open_reader(plain)
    ids = chosen(db, Selection())
    db.close()
    job = ExportJob(plain, form, table)
    count = 0
    for number in range(0, len(ids), 50):
        unit = Unit(f"part-{number}", "", 50, ids[number : number + 50])
        told = job.do(unit, tmp_path / f"{number}{exporting.ENDINGS[form]}", lambda pages, size: None)
        count += told.pages
    assert count == len(ids) == 130
    parts = sorted(tmp_path.iterdir(), key=lambda path: int(path.stem))
    assert len(parts) == 3
    if form == "jsonl" and table is None:
        assert [json.loads(line)["id"] for line in lines(*parts)] == list(ids)
    if form == "parquet":
        import duckdb

        found = duckdb.sql(f"SELECT count(DISTINCT article_id) FROM '{tmp_path}/*.parquet'").fetchall()
        assert found == [(130,)]


def test_what_cannot_be_had_in_parts_is_wrong_usage(plain: Path, tmp_path: Path) -> None:
    cluster = ("--cluster", "local:1")
    assert ran("export", "--db", plain, *cluster)[0] == 2
    assert ran("export", "--db", plain, "-f", "markdown", "-o", tmp_path / "x", *cluster)[0] == 2
    status, said = ran("export", "--db", plain, "--table", "author", "-o", tmp_path / "x", *cluster)
    assert status == 2
    assert "belong to no article" in said
