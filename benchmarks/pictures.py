"""Write what docs/research.md shows: the questions with their answers, and pictures of the pages (`make pictures`).

The demo is run afresh in a folder that is thrown away. Needs Chromium for the pictures.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
from pipelines.database import open_reader  # noqa: E402
from pipelines.research.questions import Question, ask, read_questions  # noqa: E402

from sqlite_utils import Database  # noqa: E402  isort: skip

PAGE = ROOT / "docs" / "research.md"
PICTURES = ROOT / "docs" / "pictures"
BEGIN, END = "<!-- questions: written by benchmarks/pictures.py -->", "<!-- end of questions -->"
PASSING = ("article_id", "story_id", "copy_of", "seen_at", "fetched", "hours_after_publication", "pair")
"""Columns that differ from run to run, or say twice the same."""
ROWS = 5
COMMAND = [sys.executable, "-c", "from crawler.cli import main; main()"]


def questions_section(db: Database, questions: Mapping[str, Question]) -> str:
    """Give each question with its parameters, and the first rows of its answer on a database."""
    return "\n".join(_one(db, question) for question in questions.values())


def _one(db: Database, question: Question) -> str:
    answer = ask(db, question)
    where = f"[`{question.name}`](../data/queries/{question.name}.sql)"
    lines = [f"### {question.title}", "", f"{where}. {question.description}", ""]
    if question.parameters:
        lines += [*(f"- `{name}`: {meaning}" for name, meaning in question.parameters.items()), ""]
    kept = [place for place, name in enumerate(answer.columns) if name not in PASSING]
    if not answer.rows:
        return "\n".join([*lines, "The demo has none.", ""])
    lines += [
        "| " + " | ".join(answer.columns[place] for place in kept) + " |",
        "|" + " --- |" * len(kept),
        *("| " + " | ".join(_cell(row[place]) for place in kept) + " |" for row in answer.rows[:ROWS]),
        "",
    ]
    if len(answer.rows) > ROWS:
        lines += [f"and {len(answer.rows) - ROWS} more.", ""]
    return "\n".join(lines)


def _cell(value: object) -> str:
    return "" if value is None else str(value).replace("|", r"\|")


def with_section(page: str, section: str) -> str:
    """Put the section between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{section}\n{END}{after}"


def take_pictures(file: Path) -> None:
    """Photograph Datasette's pages and the report."""
    from tests.browser import browser, picture, visit

    copy = _number(file, "SELECT id FROM article WHERE copy_of IS NOT NULL")
    story = _number(file, "SELECT id FROM story WHERE sites > 1")
    changed = _number(file, "SELECT article_id FROM revision WHERE number = 2 AND changed LIKE '%headline%'")
    pages = {
        "articles": ("redtop/article?_search=farrow", 1000),
        "article": (f"-/article/{copy}", 760), "story": (f"-/story/{story}", 420),
        "changes": (f"-/article/{changed}/changes/2", 620), "charts": ("-/dashboards/charts", 1500),
        "question": ("redtop/anonymous_share", 760),
    }  # fmt: skip
    PICTURES.mkdir(exist_ok=True)
    report = file.with_name("report.html")
    subprocess.run([*COMMAND, "report", "--db", str(file), "--html", str(report)], cwd=ROOT, check=True)
    serving = subprocess.Popen(
        [*COMMAND, "browse", "--db", str(file), "--port", "0"], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    try:
        assert serving.stderr
        base = re.search(r"http://\S+/", serving.stderr.readline())
        assert base
        with browser() as started, visit(started, width=1120) as made:
            for name, (path, height) in pages.items():
                made.page.goto(base[0] + path)
                made.page.wait_for_load_state("networkidle")
                picture(made.page, PICTURES / f"{name}.png", height)
            made.page.set_viewport_size({"width": 900, "height": 900})
            made.page.goto(report.as_uri())
            picture(made.page, PICTURES / "report.png", 1700)
    finally:
        serving.terminate()


def _number(file: Path, sql: str) -> int:
    db = open_reader(file)
    try:
        return int(db.execute(sql).fetchone()[0])
    finally:
        db.close()


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [*COMMAND, "demo", "-q"], cwd=folder, check=True, stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        file = Path(folder) / "data" / "demo.db"
        db = open_reader(file)
        section = questions_section(db, read_questions(ROOT / "data" / "queries"))
        db.close()
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), section), encoding="utf-8")
        take_pictures(file)


if __name__ == "__main__":
    main()
