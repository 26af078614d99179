"""docs/research.md says what the questions say, and its three ways to one answer agree."""

from __future__ import annotations

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks.pictures import PAGE, PICTURES, questions_section, with_section
from crawler.browse.server import open_datasette
from pipelines.database import open_reader
from pipelines.research.questions import read_questions
from tests.crawler.cli.command import redtop

ROOT = Path(__file__).parents[2]
TEXT = PAGE.read_text(encoding="utf-8")


def test_every_question_stands_there_with_the_demo_s_answer(demo_db: Path) -> None:
    db = open_reader(demo_db)
    section = questions_section(db, read_questions(ROOT / "data" / "queries"))
    db.close()
    assert with_section(TEXT, section) == TEXT, "run `make pictures`"


def test_every_picture_is_there_and_small() -> None:
    named = set(re.findall(r"\(pictures/(\w+\.png)\)", TEXT))
    assert named == {file.name for file in PICTURES.glob("*.png")}
    assert all(file.stat().st_size < 100_000 for file in PICTURES.glob("*.png"))


def by_command(file: Path) -> tuple[Any, Any, Any]:
    told = json.loads(redtop("report", "--db", file, "--format", "json").out)
    most = told["most_quoted"][0]
    shares = {row["site"]: row["anonymous_share"] for row in told["anonymous_share"]}
    return (most["name"], most["quotes"]), shares, [row["first_outlet"] for row in told["agency_stories"]]


def by_datasette(file: Path) -> tuple[Any, Any, Any]:
    made = open_datasette(file)
    paths = re.findall(r"curl 'http://127\.0\.0\.1:8001(\S+)'", TEXT)
    assert len(paths) == 3

    async def answers() -> list[Any]:
        return [(await made.client.get(path)).json() for path in paths]

    quoted, anonymous, agency = asyncio.run(answers())
    shares = {row["site"]: row["anonymous_share"] for row in anonymous}
    return (quoted[0]["name"], quoted[0]["quotes"]), shares, [row["first_outlet"] for row in agency]


def by_pandas(file: Path) -> tuple[Any, Any, Any]:
    (snippet,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    names: dict[str, Any] = {}
    exec(snippet.replace("file:data/demo.db", f"file:{file}"), names)
    most, anonymous, first = names["most_quoted"], names["anonymous"], names["first"]
    names["db"].close()
    return (most.index[0], int(most.iloc[0])), {site: float(value) for site, value in anonymous.items()}, list(first)


@pytest.mark.parametrize("way", [by_command, by_datasette, by_pandas])
def test_the_three_ways_agree(demo_db: Path, way: Any) -> None:
    most, shares, first = way(demo_db)
    assert most == ("Ines Caldera", 12)
    assert shares == {"dailyglint.localhost": 0.138, "starling.localhost": 0.121}
    assert first == ["starling.localhost"]


def test_the_answers_in_the_page_are_those(demo_db: Path) -> None:
    (name, quotes), shares, first = by_command(demo_db)
    said = " ".join(line for line in TEXT.split("\n") if line.startswith("| ") and "|" in line[2:])
    assert f"{name}, {quotes} times" in said
    for site, share in shares.items():
        assert f"{share:.3f}".lstrip("0") + f" of the quotations of {site}" in said.replace(
            "those of", "the quotations of"
        )
    assert f"{first[0]}, 22.6 hours before" in said
