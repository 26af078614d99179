"""Which workers get units, and whose fault a failure is; the cluster is a list of workers here."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from types import SimpleNamespace
from typing import Any, cast

import pytest
from distributed import KilledWorker

from crawler.cluster import crew as crews
from crawler.cluster.crew import BLAMED, Crew
from crawler.cluster.errors import ClusterError
from crawler.cluster.report import RunReport
from crawler.cluster.strikes import STRIKES, Strikes
from crawler.cluster.unit import Unit
from crawler.cluster.worker import UnfitError, UnitError
from pipelines.version import program_version


class Workers:
    """What a client of Dask's says of workers: each has one thread and a version of redtop, or none."""

    def __init__(self, **versions: str | BaseException) -> None:
        self.versions = versions

    def nthreads(self) -> dict[str, int]:
        return dict.fromkeys(self.versions, 1)

    def run(self, function: object, name: str, *, workers: list[str] | None, on_error: str) -> dict[str, Any]:
        asked = self.versions if workers is None else workers
        return {worker: self.versions[worker] for worker in asked}


def crew_of(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> tuple[Crew, RunReport]:
    monkeypatch.setattr(crews, "_EVERY", 0.0)
    report = RunReport()
    return Crew(cast(Any, workers), report), report


UNIT = Unit("unit", "a unit", 1, None)


def test_a_worker_of_another_redtop_that_comes_later_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(one=program_version())
    crew, report = crew_of(workers, monkeypatch)
    assert crew.look() == 1
    workers.versions |= {"other": "9.9.9", "none": PackageNotFoundError("redtop"), "mute": OSError("gone")}
    workers.versions["two"] = program_version()
    assert crew.look() == crew.look() == 2
    assert crew.place(()) == ["one", "two"]
    assert crew.place({"one"}) == ["two"]
    assert crew.place({"one", "two"}) == ["one", "two"]
    assert set(report.left_out) == {"other", "none"}
    assert "other has redtop 9.9.9" in report.left_out["other"]
    assert "none has no redtop" in report.left_out["none"]


def test_a_worker_that_can_do_nothing_is_no_strike_for_the_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, report = crew_of(Workers(one=program_version(), two=program_version()), monkeypatch)
    strikes = Strikes(crew)
    assert crew.look() == 2
    for _ in range(2 * STRIKES):
        verdict = strikes.note(UNIT, UnfitError("worker two has redtop 9.9.9", "two"))
        assert not verdict.is_last
        assert verdict.pause == 0
    assert report.left_out == {"two": "worker two has redtop 9.9.9"}
    assert crew.look() == 1


def test_a_unit_is_tried_again_later_and_later_and_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, _ = crew_of(Workers(one=program_version(), two=program_version()), monkeypatch)
    strikes = Strikes(crew)
    crew.look()
    found = [strikes.note(UNIT, UnitError("503", worker)) for worker in ("one", "two", "one")]
    assert [verdict.is_last for verdict in found] == [False, False, True]
    assert 0 < found[0].pause < found[1].pause
    assert strikes.shunned(UNIT) == {"one", "two"}


def test_a_worker_that_fails_where_others_do_not_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    crew, report = crew_of(Workers(good=program_version(), bad=program_version()), monkeypatch)
    strikes = Strikes(crew)
    crew.look()
    units = [Unit(f"{number}", f"unit {number}", 1, None) for number in range(2 * BLAMED)]

    def fails_then_goes_well(unit: Unit) -> None:
        strikes.note(unit, UnitError("the disk is full", "bad"))
        strikes.went_well(unit, "good")

    for unit in units[: BLAMED - 1]:
        fails_then_goes_well(unit)
    strikes.went_well(UNIT, "bad")  # it can do something after all
    for unit in units[BLAMED - 1 : 2 * BLAMED - 2]:
        fails_then_goes_well(unit)
    assert not report.left_out
    fails_then_goes_well(units[-1])
    assert list(report.left_out) == ["bad"]
    assert crew.look() == 1


def test_a_worker_that_died_gets_nothing_before_it_is_there_again(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(one=program_version(), two=program_version())
    crew, report = crew_of(workers, monkeypatch)
    monkeypatch.setattr(crews, "_EVERY", 99.0)
    strikes, last = Strikes(crew), SimpleNamespace(address="one")
    assert crew.look() == 2
    verdict = strikes.note(UNIT, KilledWorker("unit", cast(Any, last), 0))
    assert (verdict.reason, verdict.pause) == ("its worker died", 0)
    assert crew.look() == 1
    assert crew.place(()) == ["two"]
    assert not report.left_out
    monkeypatch.setattr(crews, "_EVERY", 0.0)
    assert crew.look() == 2


def test_workers_are_gone_that_nobody_has_seen_for_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers(one=program_version(), two=program_version())
    crew, _ = crew_of(workers, monkeypatch)
    crew.look()
    del workers.versions["one"]
    crew.look()
    assert not crew.are_gone(["one"])
    monkeypatch.setattr(crews, "GONE", 0.0)
    assert crew.are_gone(["one"])
    assert not crew.are_gone(["one", "two"])


def test_a_run_without_workers_ends_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crews, "PATIENCE", 0.0)
    workers = Workers(one=program_version())
    crew, _ = crew_of(workers, monkeypatch)
    assert crew.look() == 1
    workers.versions.clear()
    with pytest.raises(ClusterError, match="no worker is left: none has come"):
        crew.look()
    workers.versions["other"] = "9.9.9"
    with pytest.raises(ClusterError, match=r"no worker is left that could do the work \(worker other has redtop 9"):
        crew.look()
