"""What docs/study.md tells a researcher to type works as it stands there."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipelines.writer import Writer
from tests.crawler.cli.command import redtop
from tests.pipelines.builders import FIRST, THIRD, article, outcome
from tests.pipelines.research.conftest import outcomes

DOCS = Path(__file__).parents[2] / "docs" / "study.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a database in which an outlet has changed a quotation, and says nothing of it."""
    with Writer(tmp_path / "data" / "redtop.db") as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
        changed = article(paragraphs=(FIRST, "“I hated every minute of it,” Perrin told Glimmer.", THIRD))
        changed = replace(changed, headline="Maud Perrin quits after nine years", modified=None)
        writer.submit(outcome(changed, hours=9)).result(timeout=20)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("REDTOP_DB", raising=False)
    return tmp_path


def test_every_block_of_the_page_runs_in_its_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = {"python": 0, "sql": 0, "console": 0}
    for language, text in BLOCKS:
        if language == "python" and ("polars" not in text or find_spec("polars")):
            exec(compile(text, str(DOCS), "exec"), {"__name__": "study"})  # the page's own words
        elif language == "sql":
            with closing(sqlite3.connect(folder / "data" / "redtop.db")) as db, db:
                cursor = db.execute(text)
                assert cursor.description is None or cursor.fetchall() or "quote_id IS NULL" in text
        elif language == "console":
            for line in text.splitlines():
                assert redtop(*shlex.split(line.removeprefix("$ redtop "))).status == 0
        ran[language] = ran.get(language, 0) + 1
    assert ran == {"python": 6, "sql": 7, "console": 3, "r": 1}
    said = capsys.readouterr().out
    assert "4 articles of 2 outlets, 2026-11-20 to 2026-11-22. redtop" in said
    assert "Maud Perrin" in said


def test_a_quotation_that_was_changed_in_silence_is_found_by_one_query(folder: Path) -> None:
    (sql,) = (text for language, text in BLOCKS if language == "sql" and "AS told" in text)
    with closing(sqlite3.connect(folder / "data" / "redtop.db")) as db:
        found = db.execute(sql).fetchall()
    assert [row[1:5] + row[6:] for row in found] == [
        ("tattle.example", "Maud Perrin", "I loved every minute of it,", "I hated every minute of it,", 0),
        ("tattle.example", "Maud Perrin", "The boys are my family.", "I hated every minute of it,", 0),
    ]
