"""`redtop diff`, as somebody meets it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.writer import Writer
from tests.crawler.cli.command import redtop
from tests.pipelines.research.conftest import outcomes

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("diff") / "redtop.db"
    with Writer(file) as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
    return file


def test_marks_stand_where_there_is_no_colour(db: Path) -> None:
    ran = redtop("diff", 1, "--db", db)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("Headline:\nMaud Perrin quits [-the Velvet Spoons-]{+after nine years+}\n")
    assert "\x1b" not in ran.out


def on_a_terminal(db: Path, **environment: str) -> str:
    ours, theirs = pty.openpty()
    code = "from crawler.cli import main; main()"
    subprocess.run(
        [sys.executable, "-c", code, "diff", "1", "--db", str(db)], stdout=theirs, check=True, cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "NO_COLOR"} | environment, timeout=60,
    )  # fmt: skip
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        return stream.read1(65536).decode()


def test_on_a_terminal_there_is_colour_unless_nobody_wants_it(db: Path) -> None:
    assert "\x1b[32m\x1b[4mafter nine years\x1b[0m" in on_a_terminal(db)
    assert "{+after nine years+}" in on_a_terminal(db, NO_COLOR="1")


def test_json_and_html(db: Path) -> None:
    found = json.loads(redtop("diff", 1, "--db", db, "--format", "json").out)
    assert found["fields"] == [
        {
            "field": "headline",
            "pieces": [
                {"change": "same", "text": "Maud Perrin quits "},
                {"change": "removed", "text": "the Velvet Spoons"},
                {"change": "added", "text": "after nine years"},
            ],
        }
    ]
    page = redtop("diff", 1, 1, 2, "--db", db, "--format", "html").out
    assert page.startswith("<!doctype html>")
    assert "<del>the Velvet Spoons</del><ins>after nine years</ins>" in page


@pytest.mark.parametrize(
    "arguments", [["2"], ["1", "3"], ["1", "0"], ["1", "x"], ["https://nowhere.example"], [""], []]
)
def test_what_cannot_be_compared_is_wrong_usage(db: Path, arguments: list[str]) -> None:
    ran = redtop("diff", *arguments, "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Error: ")
