"""`redtop search` and `redtop quotes`: what is printed, and where."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from crawler.cli import search as search_verb
from pipelines.research import Hit
from pipelines.writer import Writer
from tests.crawler.cli.command import redtop
from tests.pipelines.research.conftest import outcomes


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("asking") / "redtop.db"
    with Writer(file) as writer:
        for made in outcomes():
            writer.submit(made).result(timeout=20)
    return file


def test_a_page_says_how_many_there_are_and_how_to_see_the_next(db: Path) -> None:
    first = redtop("search", "maud OR feud OR vorbei", "--db", db, "--limit", 2)
    assert first.err == "1 to 2 of 4; --offset 2 shows the next\n"
    last = redtop("search", "maud OR feud OR vorbei", "--db", db, "--limit", 2, "--offset", 2)
    assert (last.err, len(last.out.splitlines()) > 1) == ("", True)
    assert (
        redtop("search", "maud OR feud OR vorbei", "--db", db, "--offset", 9).err
        == "there are only 4, and --offset 9 leaves them out\n"
    )
    assert redtop("quotes", "--db", db, "--limit", 3).err == "1 to 3 of 8; --offset 3 shows the next\n"


def test_how_many_there_are_is_a_number_alone(db: Path) -> None:
    assert redtop("search", "maud OR feud OR vorbei", "--db", db, "--count").out == "4\n"
    assert redtop("quotes", "--kind", "anonymous", "--kind", "person", "--db", db, "--count").out == "7\n"


def test_filters_may_be_repeated_and_stand_alone(db: Path) -> None:
    sites = ["--site", "glimmer.example", "--site", "tattle.example"]
    assert redtop("search", *sites, "--no-copies", "--format", "ids", "--db", db).out == "1\n2\n3\n"
    assert redtop("search", "--has", "instagram", "--has", "tiktok", "--format", "ids", "--db", db).out == ""


def test_data_carries_every_field(db: Path) -> None:
    ran = redtop("search", "replacement", "--site", "tattle.example", "--format", "json", "--db", db)
    assert list(json.loads(ran.out)) == ["id", "url", "site", "headline", "published", "snippet", "score"]
    assert "[replacement]" in json.loads(ran.out)["snippet"]
    rows = list(csv.DictReader(io.StringIO(redtop("quotes", "--db", db, "--format", "csv").out)))
    assert len(rows) == 8
    assert rows[0]["speaker"] == "Maud Perrin"


def test_matches_shine_on_a_terminal() -> None:
    hit = Hit(
        id=1, url="", site="gull.example", headline="[Gulls]", published=None, score=None,
        snippet="the \ue000gulls\ue001 of\n\n\ue000Gull\ue001 [Rock]",
    )  # fmt: skip
    about = search_verb._columns(hit)["headline"]
    assert str(about) == "[Gulls]\n  the gulls of Gull [Rock]"
    assert not isinstance(about, str)
    assert [about.plain[span.start : span.end] for span in about.spans] == ["gulls", "Gull"]


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (["search"], "nothing is asked for: give words, or a filter such as --site"),
        (["search", "o'brien"], 'cannot read the query "o\'brien": syntax error near "\'"'),
        (["search", "x", "--since", "soon"], "'soon' is no date"),
        (["search", "x", "--offset", "9" * 20], "a number in the question is too large"),
        (["quotes", "nocolumn : x"], "cannot read the query 'nocolumn : x': no such column: nocolumn"),
        (["quotes", "--kind", "ghost"], "'ghost' is no kind of speaker"),
    ],
)
def test_a_wrong_question_is_wrong_usage_in_one_line(db: Path, question: list[str], problem: str) -> None:
    ran = redtop(*question, "--db", db)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"Error: {problem}")
    assert ran.err.splitlines()[1:] == [f"Try 'redtop {question[0]} --help' for help."]
