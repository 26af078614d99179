"""`redtop crawl --cluster`: as polite as one process, and the same database."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil
import pytest

from benchmarks.kill import impolite, snapshot
from crawler.bundled import data_folder
from crawler.cluster.crawling import CrawlJob, _crawled, outlet_units
from crawler.cluster.outlet import Terms
from crawler.cluster.report import RunReport
from crawler.cluster.unit import Manifest, Unit
from crawler.frontier.pace import Pace
from crawler.quota import Bounds
from crawler.report import CrawlReport, OutletReport
from crawler.sample import PORT, sample_sites
from crawler.sample.server import SampleServer
from crawler.site import load_folder
from tests.crawler.cluster.running import ran, started, wait_for, worker_processes
from tests.crawler.outlet import Outlet, feed, story

DELAY = 0.1


@pytest.fixture(scope="module")
def outlets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's outlets and six more; two of these have the same stories."""
    folder = tmp_path_factory.mktemp("outlets")
    shutil.copytree(data_folder("sample"), folder, dirs_exist_ok=True)
    for number, name in enumerate(("auk", "crane", "eider", "finch", "heron", "lark")):
        host = f"{name}.localhost"
        place = f'[[feeds]]\nurl = "http://{host}:{PORT}/feed"'
        outlet = Outlet(folder, host=host, site=f"delay = {DELAY}\narticle_url = '^/news/'\n{place}")
        outlet.serve("/robots.txt", f"User-agent: *\nCrawl-delay: {DELAY}", type="text/plain")
        paths = [f"/news/{page}" for page in range(4)]
        outlet.serve("/feed", feed(*paths).replace("gull.localhost", host))
        for page, path in enumerate(paths):
            outlet.serve(path, story(f"Bird {number // 2} of pier {page} steals chips", times=2 + page))
    return folder


def site_files(outlets: Path, port: int, folder: Path) -> Path:
    folder.mkdir(parents=True)
    for file in outlets.glob("*/site.toml"):
        text = file.read_text(encoding="utf-8").replace(f":{PORT}", f":{port}")
        (folder / f"{file.parent.name}.toml").write_text(text, encoding="utf-8")
    return folder


def relations(db: Path) -> tuple[list[Any], set[frozenset[str]]]:
    """Who copies whom, and which articles are one story."""
    with closing(sqlite3.connect(db)) as connection:
        copies = connection.execute(
            "SELECT url, (SELECT url FROM article AS it WHERE it.id = article.copy_of) FROM article ORDER BY url"
        ).fetchall()
        stories: dict[int, set[str]] = {}
        for url, number in connection.execute("SELECT url, story_id FROM article"):
            stories.setdefault(number, set()).add(url)
    return [url for url, copy in copies if copy], set(map(frozenset, stories.values()))


def crawl(db: Path, names: Iterable[str], sites: Path, *more: str) -> tuple[int, str]:
    return ran("crawl", *names, "--db", db, "--sites", sites, "--allow-private", *more)


def compare(outlets: Path, folder: Path, names: Sequence[str]) -> None:
    """Crawl on two workers and in one process; look at what the servers saw, and at the databases."""
    db, plain = folder / "c" / "x.db", folder / "p" / "x.db"
    with SampleServer(outlets) as server:
        sites = site_files(outlets, server.port, folder / "sites")
        status, said = crawl(db, names, sites, "--cluster", "local:2")
        assert status == 0, said
        assert list(impolite(server)) == []
        asked = sorted((request.time, request.host) for request in server.log)
        server.reset()
        status, said = crawl(plain, names, sites, "--workers", "1")
        assert status == 0, said
    hosts = [host for _, host in asked]
    assert set(hosts) == set(names)
    assert sum(one != other for one, other in pairwise(hosts)) > len(names), "outlets wait for each other"
    assert snapshot(db) == snapshot(plain)
    assert len(snapshot(db)) >= 4 * len(names)
    assert relations(db) == relations(plain)
    assert ran("raw", "1", "--db", db)[0] == 0
    assert {path.stem for path in (db.parent / "x-shards").glob("*.db")} == {f"crawl-{name}" for name in names}


@pytest.mark.soak
def test_two_workers_are_as_polite_as_one_process_and_find_the_same(outlets: Path, tmp_path: Path) -> None:
    compare(outlets, tmp_path, ["dailyglint.localhost", "starling.localhost", "auk.localhost", "crane.localhost"])


@pytest.mark.soak
def test_eight_outlets_and_the_next_run_goes_on_with_the_shards(outlets: Path, tmp_path: Path) -> None:
    """Each shard knows when its hosts may be asked again, and what it has."""
    names = sorted(folder.name for folder in outlets.iterdir())
    assert len(names) == 8
    compare(outlets, tmp_path / "first", names)
    db = tmp_path / "c" / "x.db"
    with SampleServer(outlets) as server:
        sites = site_files(outlets, server.port, tmp_path / "sites")
        assert crawl(db, names, sites, "--cluster", "local:2")[0] == 0
        first, found = len(server.log), snapshot(db)
        assert crawl(db, names, sites, "--cluster", "local:2")[0] == 0
        assert list(impolite(server)) == []
        assert first < len(server.log) < 2 * first
    assert snapshot(db) == found


@pytest.mark.soak
def test_a_worker_that_is_killed_leaves_a_crawl_that_goes_on(outlets: Path, tmp_path: Path) -> None:
    db = tmp_path / "c" / "x.db"
    with SampleServer(outlets, latency=0.05) as server:
        sites = site_files(outlets, server.port, tmp_path / "sites")
        names = ("auk.localhost", "crane.localhost")
        options = ("--db", db, "--sites", sites, "--allow-private", "--cluster", "local:1")
        running = started("crawl", *names, *options)
        wait_for(lambda: len(server.log) > 6)
        (victim,) = worker_processes(running.pid)
        family = victim.children(recursive=True)
        victim.kill()
        _, said = running.communicate(timeout=300)
        assert running.returncode == 0, said
        assert list(impolite(server)) == []
        assert not any(process.is_running() and process.status() != psutil.STATUS_ZOMBIE for process in family)
    assert len(snapshot(db)) == 8


@pytest.mark.soak
def test_an_outlet_that_one_process_crawled_before_is_not_asked_again(outlets: Path, tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    with SampleServer(outlets) as server:
        sites = site_files(outlets, server.port, tmp_path / "sites")
        assert crawl(db, ["auk.localhost"], sites, "--workers", "1")[0] == 0
        assert len(server.log) == 6
        found = snapshot(db)
        status, said = crawl(db, ["auk.localhost"], sites, "--cluster", "local:1")
        assert status == 0, said
        assert [request.path for request in server.log[6:]] == ["/feed"]
        assert list(impolite(server)) == []
    assert snapshot(db) == found


@pytest.mark.soak
def test_an_outlet_for_which_no_time_is_left_is_asked_for_no_page(outlets: Path, tmp_path: Path) -> None:
    """The time of a run is one, however many outlets a worker takes one after the other."""
    terms = Terms(archive=tmp_path / "archive", contact=None, allow_private=True, bounds=Bounds(), pace=Pace())
    with SampleServer(outlets, latency=3) as server:
        sites = load_folder(site_files(outlets, server.port, tmp_path / "sites"))
        unit = replace(outlet_units([sites["auk.localhost"]])[0], seconds=0.0)
        told = CrawlJob(terms).do(unit, tmp_path / "x.db", lambda pages, size: None)
        assert told.more["crawl"]["out_of_time"]
        assert not [request for request in server.log if request.path.startswith("/news/")]


def test_outlets_that_share_a_host_are_one_unit() -> None:
    sites = sample_sites()
    one, other = (sites[domain] for domain in sorted(sites))
    hosts = ("third.localhost", one.hosts[0])
    third = replace(other, domain="third.localhost", hosts=hosts, feeds=(), sections=(), sitemaps=())
    units = outlet_units([one, other, third])
    assert sorted(unit.what for unit in units) == sorted([other.domain, f"{one.domain}, third.localhost"])


def test_shards_of_a_crawl_lie_in_a_folder(outlets: Path, tmp_path: Path) -> None:
    sites = site_files(outlets, PORT, tmp_path / "sites")
    names = ["auk.localhost"]
    status, said = crawl(tmp_path / "x.db", names, sites, "--cluster", "local:2", "--shards", "s3://press/shards")
    assert (status, said.count("\n")) == (1, 1)
    assert "the shards of a crawl stay in a folder" in said
    assert crawl(tmp_path / "x.db", names, sites, "--cluster", "local:2", "--max-pages", "9")[0] == 2


def test_an_outage_of_the_cluster_is_told_once_and_blames_no_outlet() -> None:
    units, manifests = [], {}
    for name in ("gull.localhost", "tern.localhost"):
        units.append(Unit(name, name, 1, ()))
        outlet = OutletReport(site=name, name=name, is_unanswered=True)
        outlet.failed["down"] = 3
        outlet.declined["asks robots not to keep it (noindex)"] = 2
        told = CrawlReport(crawl_id=1, outlets={name: outlet}, status="finished", alarms={name: "no page answered"})
        told.news.begun[name] = "no page answered"
        manifests[name] = Manifest(
            unit=name, what=name, job="", digest="", extractor_version="", schema="", rows={}, pages=0, bytes=0,
            seconds=0, core_seconds=0, memory=0, worker="", counts={}, failed={}, broken=[],
            more={"crawl": told.summary()},
        )  # fmt: skip
    report = _crawled(units, manifests, RunReport())
    assert report.alarms == report.news.begun == {}
    assert report.outage is not None
    assert report.news.outage == report.outage
    assert all(outlet.declined.total() == 2 for outlet in report.outlets.values())
    one = _crawled(units[:1], manifests, RunReport())
    assert (one.outage, one.alarms) == (None, {"gull.localhost": "no page answered"})
    assert one.news.begun == one.alarms
