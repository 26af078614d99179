"""Units under way at a scheduler and a worker of Dask's own, both in this process."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from distributed.comm import CommClosedError

from crawler.cluster import crew as crews
from crawler.cluster.cost import Ledger
from crawler.cluster.engine import Engine, _dashboard
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.report import RunReport
from crawler.cluster.unit import Manifest, Tell, Told, Unit
from crawler.cluster.work import TRIES, Order, Work
from tests.crawler.cluster.running import wait_for


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            processes=False,
            n_workers=1,
            threads_per_worker=2,
            host="127.0.0.1",
            protocol="tcp",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        yield Engine(client, False, None)


BEGUN, ENDED = threading.Event(), threading.Event()


@dataclass(frozen=True)
class Endless:
    """Reads on until nobody wants it."""

    kind: str = "endless"
    stays: bool = False
    at_once: int = 1

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        try:
            while True:
                BEGUN.set()
                tell(1, 1)
                time.sleep(0.01)
        finally:
            ENDED.set()


@dataclass(frozen=True)
class Timed:
    """Says how long it may take."""

    kind: str = "timed"
    stays: bool = False
    at_once: int = 1

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        with closing(sqlite3.connect(shard)) as connection:
            connection.execute("CREATE TABLE it (it)")
        time.sleep(unit.given)
        return Told(pages=1, rows={}, more={"seconds": unit.seconds})


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    found = Folder(str(tmp_path / "shards"))
    found.prepare()
    return found


def test_what_is_under_way_ends_with_the_run(engine: Engine, folder: Folder) -> None:
    """Dask itself lets a thread go on that is at work; its shard would come when the folder is free for others."""
    stopped = threading.Event()
    order = Order(Endless(), folder, lambda unit, manifest: None, lambda: BEGUN.is_set() and stopped.set())
    Work(engine, order, RunReport(), stopped).do([Unit("unit", "a unit", 1, None)])
    wait_for(ENDED.is_set, 30)
    assert folder.path
    wait_for(lambda: not list(folder.path.iterdir()) if folder.path else True, 30)


def test_units_know_what_is_left_of_the_time_and_none_is_begun_after_it(engine: Engine, folder: Folder) -> None:
    found: list[Manifest] = []
    report = RunReport()
    order = Order(Timed(), folder, lambda unit, manifest: found.append(manifest), lambda: None)
    units = [Unit(f"unit-{number}", f"unit {number}", 1, 0.5) for number in range(40)]
    Work(engine, order, report, threading.Event()).do(units, time.monotonic() + 3)
    assert 4 <= len(found) < 40
    assert report.is_out_of_time
    assert report.done == len(found)
    left = [manifest.more["seconds"] for manifest in found]
    assert all(0 < seconds <= 3 for seconds in left)
    assert max(left) > min(left)


def test_workers_are_told_again_where_one_dies_just_then(
    engine: Engine, folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing, tell = [CommClosedError("gone"), CommClosedError("gone")], engine.client.register_plugin

    def register(*what: Any, **how: Any) -> Any:
        if failing:
            raise failing.pop()
        return tell(*what, **how)

    monkeypatch.setattr(engine.client, "register_plugin", register)
    report = RunReport()
    order = Order(Timed(), folder, lambda unit, manifest: None, lambda: None)
    Work(engine, order, report, threading.Event()).do([Unit("unit", "a unit", 1, 0.0)])
    assert report.done == 1
    failing += [CommClosedError("gone") for _ in range(TRIES)]
    with pytest.raises(ClusterError, match="could not be made ready: gone"):
        Work(engine, order, report, threading.Event())


def test_a_unit_that_was_meant_for_a_worker_that_is_gone_goes_to_the_next_one_that_comes(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dask lets it wait for ever, though it was told that others may do it too."""
    from distributed import Client, LocalCluster

    monkeypatch.setattr(crews, "GONE", 1.0)
    report = RunReport()
    order = Order(Timed(), folder, lambda unit, manifest: None, lambda: None)
    with (
        LocalCluster(
            processes=False, n_workers=1, host="127.0.0.1", protocol="tcp", dashboard_address="127.0.0.1:0"
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):
        work = Work(Engine(client, False, None), order, report, threading.Event())
        cluster.scale(0)
        wait_for(lambda: not client.nthreads(), 30)
        threading.Timer(0.5, lambda: cluster.scale(1)).start()
        work.do([Unit("unit", "a unit", 1, 0.0)], time.monotonic() + 60)
    assert (report.done, report.is_out_of_time, report.set_aside) == (1, False, {})


def test_a_scheduler_without_a_dashboard_is_not_said_to_have_one(engine: Engine) -> None:
    assert _dashboard(engine.client) is None


def test_units_that_are_under_way_together_share_the_cost() -> None:
    spent = [10.0]
    ledger = Ledger(lambda: spent[0])
    with ledger.unit() as one:
        spent[0] += 4
        with ledger.unit() as other:
            spent[0] += 6
            assert other() == 3
        spent[0] += 1
        assert one() == 8
    spent[0] += 100
    with ledger.unit() as third:
        assert third() == 0
