"""A run of which every unit is done already, so that it needs no cluster: what becomes of the shards."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from benchmarks.contents import contents
from crawler.cluster.backlog import Backlog
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.importing import ImportJob
from crawler.cluster.merging import Merger
from crawler.cluster.report import RunReport
from crawler.cluster.run import run_units
from crawler.cluster.unit import Unit
from crawler.importing import Wanted
from pipelines.database import DatabaseError
from tests.crawler.cluster.test_folder import MANIFEST, made
from tests.pipelines.builders import article, outcome
from tests.pipelines.merge.press import stored

NOWHERE = "no cluster is asked for"
"""An address that is refused as soon as a run needs workers."""


def units(count: int) -> list[Unit]:
    return [Unit(f"unit-{number:03}", f"unit {number}", 1, None) for number in range(count)]


def folder_of(tmp_path: Path, plain: Path, count: int) -> Folder:
    folder = Folder(str(tmp_path / "shards"))
    folder.prepare()
    for unit in units(count):
        made(folder, unit.name, plain)
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shard of one article."""
    return stored(tmp_path_factory.mktemp("small") / "small.db", [outcome(article())])


JOB = ImportJob({}, Wanted(), Path("archive"))


def test_a_damaged_or_foreign_shard_is_made_anew_by_the_next_run(plain: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, plain, 4)
    shards = tmp_path / "shards"
    os.truncate(shards / "unit-001.db", 40_000)
    with closing(sqlite3.connect(shards / "unit-002.db", isolation_level=None)) as connection:
        connection.execute(
            "DELETE FROM _sqlite_migrations WHERE rowid = "
            "(SELECT max(rowid) FROM _sqlite_migrations WHERE migration_set = 'redtop')"
        )
    report = run_units(NOWHERE, JOB, units(4), folder, tmp_path / "x.db", report=RunReport())
    assert (report.known, report.merged, report.is_whole) == (4, 2, False)
    assert set(report.unmerged) == {"unit-001", "unit-002"}
    assert report.unmerged["unit-001"].startswith(f"{shards / 'unit-001.db'} is damaged")
    assert "written by an older redtop" in report.unmerged["unit-002"]
    assert all(reason.endswith("; the next run makes it anew") for reason in report.unmerged.values())
    assert set(folder.finished()) == {"unit-000", "unit-003"}
    with pytest.raises(ClusterError, match=NOWHERE):
        run_units(NOWHERE, JOB, units(4), folder, tmp_path / "x.db", report=RunReport())


def test_a_shard_in_a_store_is_named_by_its_address(plain: Path, tmp_path: Path) -> None:
    folder = Folder(f"memory://{tmp_path.name}")
    (tmp_path / "torn.db").write_bytes(plain.read_bytes()[:40_000])
    made(folder, "unit-000", tmp_path / "torn.db")
    report = run_units(NOWHERE, JOB, units(1), folder, tmp_path / "x.db", report=RunReport())
    assert report.unmerged["unit-000"].startswith(f"memory://{tmp_path.name}/unit-000.db is damaged")
    assert folder.finished() == {}


def test_a_database_that_cannot_be_written_to_costs_no_shard(plain: Path, tmp_path: Path) -> None:
    """It is told before a cluster is looked for."""
    folder, foreign = folder_of(tmp_path, plain, 1), tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    with pytest.raises(DatabaseError, match="of another program"):
        run_units(NOWHERE, JOB, units(2), folder, foreign, report=RunReport())
    assert set(folder.finished()) == {"unit-000"}


@pytest.mark.parametrize("field", ["extractor_version", "schema"])
def test_a_unit_that_another_redtop_did_is_done_anew(plain: Path, tmp_path: Path, field: str) -> None:
    folder = folder_of(tmp_path, plain, 1)
    shard = tmp_path / "shards" / "unit-000.db"
    folder.finish(shard, "unit-000", replace(MANIFEST, **{field: "0.0.1"}))  # type: ignore[arg-type]
    report = RunReport()
    with pytest.raises(ClusterError, match=NOWHERE):
        run_units(NOWHERE, JOB, units(1), folder, tmp_path / "x.db", report=report)
    assert (report.units, report.known) == (1, 0)


def test_shards_are_only_made_where_no_database_is_named(plain: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, plain, 2)
    report = run_units(NOWHERE, JOB, units(2), folder, None, report=RunReport())
    assert (report.known, report.merged, report.to_merge, report.is_whole) == (2, 0, 0, True)


def test_merging_is_shown_and_ends_when_the_run_is_stopped(plain: Path, tmp_path: Path) -> None:
    """Not after all the shards are merged, but after those in hand; the next run has the rest."""
    count = 30
    folder, db, seen = folder_of(tmp_path, plain, count), tmp_path / "x.db", list[int]()

    def look(report: RunReport) -> None:
        assert report.to_merge == count
        if report.merged >= 3 > max(seen, default=0):
            os.kill(os.getpid(), signal.SIGINT)
        seen.append(report.merged)

    report = run_units(NOWHERE, JOB, units(count), folder, db, report=RunReport(), on_progress=look)
    assert report.status == "interrupted"
    assert 3 <= report.merged < count
    assert len(set(seen)) > 2
    assert not report.unmerged
    again = run_units(NOWHERE, JOB, units(count), folder, db, report=RunReport())
    assert (again.status, again.there, again.merged) == ("finished", report.merged, count - report.merged)
    shutil.rmtree(tmp_path / "shards")


def test_a_shard_that_the_database_has_is_not_read_again(plain: Path, tmp_path: Path) -> None:
    """Neither merged nor brought from elsewhere: here it could not even be read."""
    folder, db = folder_of(tmp_path, plain, 3), tmp_path / "x.db"
    first = run_units(NOWHERE, JOB, units(3), folder, db, report=RunReport())
    assert (first.to_merge, first.merged, first.there) == (3, 3, 0)
    before, told = contents(db), list[str]()
    for shard in (tmp_path / "shards").glob("*.db"):
        os.truncate(shard, 40_000)
    again = run_units(NOWHERE, JOB, units(3), folder, db, report=RunReport(), on_shard=told.append)
    assert (again.to_merge, again.merged, again.there, again.is_whole) == (0, 0, 3, True)
    assert told == [unit.name for unit in units(3)]
    assert contents(db) == before


def test_a_shard_that_was_made_anew_is_merged_again(plain: Path, tmp_path: Path) -> None:
    folder, db = folder_of(tmp_path, plain, 2), tmp_path / "x.db"
    run_units(NOWHERE, JOB, units(2), folder, db, report=RunReport())
    shard = tmp_path / "shards" / "unit-001.db"
    folder.finish(shard, "unit-001", replace(MANIFEST, unit="unit-001", seconds=2.0))
    again = run_units(NOWHERE, JOB, units(2), folder, db, report=RunReport())
    assert (again.to_merge, again.merged, again.there) == (1, 1, 1)


def test_shards_that_change_with_every_run_are_not_remembered(plain: Path, tmp_path: Path) -> None:
    """Those of crawls: in a year of runs they would be millions."""
    folder, db, report = folder_of(tmp_path, plain, 1), tmp_path / "x.db", RunReport()
    backlog = Backlog(Merger(folder, db), report)
    backlog.put("unit-000", None)
    backlog.close()
    assert (report.merged, report.unmerged) == (1, {})
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM frontier_shard").fetchone() == (0,)


def test_what_one_database_has_another_one_still_lacks(plain: Path, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, plain, 2)
    run_units(NOWHERE, JOB, units(2), folder, tmp_path / "x.db", report=RunReport())
    other = run_units(NOWHERE, JOB, units(2), folder, tmp_path / "y.db", report=RunReport())
    assert (other.merged, other.there) == (2, 0)
    assert contents(tmp_path / "y.db") == contents(tmp_path / "x.db")


def test_a_shard_that_could_not_be_merged_is_not_counted_as_there(plain: Path, tmp_path: Path) -> None:
    folder, db = folder_of(tmp_path, plain, 1), tmp_path / "x.db"
    shard = tmp_path / "shards" / "unit-000.db"
    os.truncate(shard, 40_000)
    assert set(run_units(NOWHERE, JOB, units(1), folder, db, report=RunReport()).unmerged) == {"unit-000"}
    shutil.copy(plain, shard)
    folder.finish(shard, "unit-000", replace(MANIFEST, unit="unit-000"))
    again = run_units(NOWHERE, JOB, units(1), folder, db, report=RunReport())
    assert (again.merged, again.there) == (1, 0)


def test_the_time_that_is_left_is_that_of_the_merging_where_it_takes_longer() -> None:
    report = RunReport(units=100, size=100, size_done=50, seconds=50.0, to_merge=100, merged=10, merging=50.0)
    assert report.remaining == 450.0
    report.merged = 50
    assert report.remaining == 50.0
    report.size_done, report.merged, report.merging = 100, 80, 80.0
    assert report.remaining == 20.0
    report.set_aside = {"unit": "its worker died"}
    assert report.remaining == 19.0
    known = RunReport(units=4, known=4, seconds=5.0, to_merge=4, merged=1, merging=5.0)
    assert known.remaining == 15.0
    assert RunReport(size=10, size_done=5, seconds=10.0).remaining == 10.0
    assert RunReport(size=10, seconds=10.0).remaining is None


def test_what_workers_hold_is_kept_of_few_moments() -> None:
    report = RunReport()
    for second in range(0, 200_000, 2):
        report.note_memory("one", float(second), second)
    held = report.memory["one"]
    assert 100 < len(held) < 260
    gaps = [later[0] - earlier[0] for earlier, later in pairwise(held)]
    assert max(gaps) <= 4 * min(gaps)
    assert held[0][0] == 0
    assert held[-1][0] > 190_000
