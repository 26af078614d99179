"""`redtop report` on the demo's database."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawler.cli.command import redtop


def test_the_summary_has_outlets_speakers_shares_and_who_was_first(demo_db: Path) -> None:
    ran = redtop("report", "--db", demo_db)
    assert (ran.status, ran.err) == (0, "")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["starling.localhost", "20", "2026-03-20", "2026-11-19", "0", "116", "12"] in lines
    assert ["Ines", "Caldera", "12", "1", "1"] in lines
    assert ["starling.localhost", "116", "96", "14", "0.121", "0"] in lines
    assert any(
        line[:7] == ["Imelda", "Farrow", "Cancels", "the", "Rest", "of", "Her"] and "PA" in line for line in lines
    )


def test_json_has_every_question_of_the_report(demo_db: Path) -> None:
    told = json.loads(redtop("report", "--db", demo_db, "--format", "json").out)
    assert {"outlets", "coverage_by_day", "most_quoted", "most_named", "who_copied_whom", "site_health"} <= set(told)
    assert told["anonymous_share"][1] == {
        "site": "starling.localhost", "quotes": 116, "named": 96, "anonymous": 14, "anonymous_share": 0.121,
        "without_speaker": 0,
    }  # fmt: skip


def test_health_is_a_table_or_json(demo_db: Path) -> None:
    assert "last_success" in redtop("report", "--health", "--db", demo_db).out
    told = json.loads(redtop("report", "--health", "--db", demo_db, "--format", "json").out)
    assert [row["site"] for row in told] == ["dailyglint.localhost", "starling.localhost"]
    assert all(row["alarm"] is None and row["missing_body"] == 0 for row in told)


def test_one_question_with_its_parameters(demo_db: Path) -> None:
    arguments = ("report", "--question", "most_quoted", "--set", "site=dailyglint.localhost", "--set", "rows=1")
    told = json.loads(redtop(*arguments, "--db", demo_db, "--format", "json").out)
    assert told == [{"name": "Fiachra Kestle", "quotes": 9, "articles": 1, "outlets": 1}]
    listed = redtop("report", "--question", "list")
    assert listed.out.splitlines()[0].startswith("agency_share")
    assert "    site: only in this outlet, by its domain; empty: all" in listed.out


def test_the_page_is_written_whole(demo_db: Path, tmp_path: Path) -> None:
    ran = redtop("report", "--db", demo_db, "--html", tmp_path / "out" / "report.html")
    assert (ran.status, ran.out) == (0, "")
    assert "38 articles of 2 outlets, published from 2026-03-20 to 2026-11-20" in ran.err
    assert (tmp_path / "out" / "report.html").read_text(encoding="utf-8").endswith("</html>\n")


@pytest.mark.parametrize(
    ("arguments", "status", "word"),
    [
        (["--question", "who_sleeps"], 2, "there is no question 'who_sleeps'"),
        (["--question", "most_quoted", "--set", "year=1"], 2, "has no parameter year"),
        (["--question", "most_quoted", "--set", "year"], 2, "it is NAME=VALUE"),
        (["--set", "rows=1"], 2, "--set goes with --question"),
        (["--question", "most_quoted", "--set", "rows=many"], 1, "datatype mismatch"),
        (["--html", "/dev/null/report.html"], 1, "/dev/null: "),
    ],
)
def test_what_is_wrong_is_one_line(demo_db: Path, arguments: list[str], status: int, word: str) -> None:
    ran = redtop("report", "--db", demo_db, *arguments)
    assert (ran.status, ran.out) == (status, "")
    assert word in ran.err.splitlines()[0]
    assert "Traceback" not in ran.err
