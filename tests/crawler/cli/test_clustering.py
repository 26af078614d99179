"""What a person reads of a run on a cluster."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.cli import clustering
from crawler.cluster.report import RunReport


def said(report: RunReport, made: str | None, capsys: pytest.CaptureFixture[str], *, quiet: bool = False) -> list[str]:
    clustering.tell_run(report, made, quiet=quiet)
    return capsys.readouterr().err.splitlines()


def test_shards_that_only_the_command_has_a_use_for_are_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Those of `reextract` and `export`."""
    report = RunReport(status="finished", units=2, done=2)
    report.rows.update(article=0, fetch=12)
    assert said(report, None, capsys) == ["2 units done, 0 before"]
    made = clustering.merged_into(report, Path("press.db"))
    assert said(report, made, capsys) == [
        "the shards of this run: 0 article rows, 12 fetch rows",
        "2 units done, 0 before; 0 shards merged into press.db",
    ]


def test_what_is_not_named_is_where_it_is_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    many = {f"file {number}": "no such file" for number in range(12)}
    lines = said(RunReport(missing=dict(many), set_aside=dict(many), unmerged=dict(many)), None, capsys, quiet=True)
    assert lines[0] == "Error: set aside: file 0: no such file"
    assert [line for line in lines if "more" in line] == [
        "Error: set aside: 2 more, named in the file of --summary",
        "Error: set aside: 2 more, named by the files ….failed.json beside the shards",
        "Error: not merged: 2 more, which the same command tries again",
    ]
    assert len(clustering.summary(RunReport(missing=many))["missing"]) == 12


def test_the_line_says_how_far_a_run_is_that_only_merges() -> None:
    report = RunReport(units=4, known=4, to_merge=4, merged=1, seconds=30.0, merging=30.0)
    assert clustering.progress_line(report) == " 25%: 4 of 4 units, 1 merged, 0 pages, 90 s left"
    report = RunReport(units=4, known=4, there=2, to_merge=2, merged=1)
    assert clustering.progress_line(report) == " 75%: 4 of 4 units, 1 merged, 0 pages"
    assert clustering.progress_line(RunReport(units=4, known=4, there=4)) == "100%: 4 of 4 units, 0 pages"


def test_a_worker_that_is_left_out_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    line, report = clustering.Line(quiet=False), RunReport(size=1, workers=2)
    line(report)
    report.left_out["tcp://10.0.0.2:1"] = "worker tcp://10.0.0.2:1 has redtop 9.9.9"
    for _ in range(3):
        line(report)
    assert capsys.readouterr().err.splitlines() == [
        "2 workers ready after 0.0 s; no dashboard: it was started without one, or without bokeh",
        "left out: worker tcp://10.0.0.2:1 has redtop 9.9.9",
    ]
