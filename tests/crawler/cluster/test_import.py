"""`redtop import --cluster`: the same database, whoever is killed meanwhile."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from benchmarks.cluster import by_address
from benchmarks.contents import rows
from benchmarks.loopback.warcs import write
from tests.crawler.cli.test_import import page
from tests.crawler.cluster.running import environment, ran, started, wait_for, worker_processes
from tests.crawler.test_warc_pages import warc

HOUR = 3600.0
DEADLY = b"a page on which readers die"
PATCH = f"""
import os, sys
if any("forkserver" in word for word in sys.orig_argv):
    import extractors.recipe as recipe
    whole = recipe.extract_page
    def extract_page(html, **how):
        if {DEADLY!r} in html:
            os.kill(os.getpid(), 9)
        return whole(html, **how)
    recipe.extract_page = extract_page
"""


def manifests(shards: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in sorted(shards.glob("*.json"))]


def test_the_database_is_that_of_one_process(files: list[Path], plain: Path, tmp_path: Path) -> None:
    db, summary = tmp_path / "x.db", tmp_path / "summary.json"
    status, said = ran("import", *files, "--db", db, "--cluster", "local:2", "--summary", summary)
    assert status == 0, said
    assert by_address(db) == by_address(plain)
    assert "2 workers ready after" in said
    assert "dashboard" in said
    assert "3 units done, 0 before; 3 shards merged" in said
    assert "150 pages in" in said
    assert "core-seconds a page" in said
    told = json.loads(summary.read_text())
    assert (told["units"], told["pages"], told["counts"]["new"]) == (3, 150, 150)
    shards = tmp_path / "x-shards"
    found = manifests(shards)
    assert [manifest["rows"]["fetch"] for manifest in found] == [60, 50, 40]  # type: ignore[index]
    assert all(manifest["digest"] and manifest["extractor_version"] for manifest in found)
    assert not list(shards.glob(".making-*"))
    before = rows(db)
    status, said = ran("import", *files, "--db", db, "--cluster", "local:2")
    assert status == 0, said
    assert f"0 units done, 3 before; 0 shards merged into {db}, which had 3 already" in said
    assert rows(db) == before


def test_what_is_wanted_is_chosen_as_without_a_cluster(files: list[Path], tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    chosen = ("--site", "tern.example", "--cluster", "local:1", "-q")
    assert ran("import", files[1], files[2], "--db", db, *chosen) == (0, "")
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT site, count(*) FROM article GROUP BY 1").fetchall() == [("tern.example", 30)]


def test_shards_that_are_left_as_they_are_make_a_database_or_a_dataset(files: list[Path], tmp_path: Path) -> None:
    shards, listed, dataset = tmp_path / "shards", tmp_path / "list.txt", tmp_path / "dataset"
    listed.write_text(f"# of that month\n\n{files[2]}\n{files[2]}\n")
    status, said = ran("import", "-i", listed, "--cluster", "local:1", "--shards", shards, "--no-merge")
    assert status == 0, said
    assert f"1 units done, 0 before; 1 shards in {shards}" in said
    last = f"`redtop merge {shards} --db FILE`, or `--parquet FOLDER` instead of a database, goes on from there"
    assert said.splitlines()[-1] == last
    assert not (Path("data") / "redtop-shards").exists()
    assert ran("merge", shards, "--db", tmp_path / "x.db")[0] == 0
    with closing(sqlite3.connect(tmp_path / "x.db")) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (40,)
    assert ran("merge", shards, "--parquet", dataset)[0] == 0
    assert list(dataset.rglob("*.parquet"))


def test_a_worker_and_then_the_command_are_killed(files: list[Path], plain: Path, tmp_path: Path) -> None:
    db, shards = tmp_path / "x.db", tmp_path / "x-shards"
    running = started("import", *files, "--db", db, "--cluster", "local:2")
    wait_for(lambda: list(shards.glob(".making-*/*.db")))
    victim = next(iter(worker_processes(running.pid)))
    victim.kill()
    wait_for(lambda: list(shards.glob("*.json")))
    family = psutil.Process(running.pid).children(recursive=True)
    running.kill()
    running.communicate()
    wait_for(lambda: not any(process.is_running() and process.status() != "zombie" for process in family))
    status, said = ran("import", *files, "--db", db, "--cluster", "local:2")
    assert status == 0, said
    assert len(manifests(shards)) == 3
    assert by_address(db) == by_address(plain)


def test_workers_of_one_machine_stand_back_behind_the_command(files: list[Path], tmp_path: Path) -> None:
    shards = tmp_path / "x-shards"
    running = started("import", *files, "--db", tmp_path / "x.db", "--cluster", "local:1")
    wait_for(lambda: list(shards.glob(".making-*/*.db")))
    (worker,) = worker_processes(running.pid)
    wait_for(lambda: worker.children(recursive=True))
    readers = [child.nice() for child in worker.children(recursive=True)]
    own, its = psutil.Process(running.pid).nice(), worker.nice()
    running.kill()
    running.communicate()
    assert min(its, *readers) > own


@pytest.mark.soak
def test_a_unit_whose_worker_is_killed_is_done_anew(files: list[Path], plain: Path, tmp_path: Path) -> None:
    db, shards = tmp_path / "x.db", tmp_path / "x-shards"
    running = started("import", *files, "--db", db, "--cluster", "local:2")
    wait_for(lambda: list(shards.glob(".making-*/*.db")))
    for process in worker_processes(running.pid):
        process.kill()
    _, said = running.communicate(timeout=300)
    assert running.returncode == 0, said
    assert "its worker died" in said
    assert by_address(db) == by_address(plain)


def test_a_page_that_kills_its_reader_is_alone_set_aside(tmp_path: Path) -> None:
    file, db = tmp_path / "gull.warc.gz", tmp_path / "x.db"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(PATCH)
    url, status, body, headers = page(3)
    deadly = (url, status, body.replace(b"<p>", b"<p>" + DEADLY, 1), headers)
    file.write_bytes(warc(*map(page, range(3)), deadly, *map(page, range(4, 8))))
    env = environment()
    env["PYTHONPATH"] = f"{tmp_path / 'site'}{os.pathsep}{env['PYTHONPATH']}"
    code, said = ran("import", file, "--db", db, "--cluster", "local:1", env=env)
    assert code == 0, said
    assert "Error: ended its reader (exit status -9)" in said
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (7,)
        errors = connection.execute("SELECT url, error FROM fetch WHERE error IS NOT NULL").fetchall()
    assert errors == [(url, "ended its reader (exit status -9)")]


@pytest.mark.soak
def test_ten_kills_of_workers_and_one_of_the_command(tmp_path: Path) -> None:
    chance = random.Random(8)
    files = write(tmp_path / "pages", 8 * 1000, None, a_file=1000)
    plain, db = tmp_path / "plain.db", tmp_path / "x.db"
    assert ran("import", *files, "--db", plain, "--workers", "2", "-q", patience=HOUR)[0] == 0
    on_cluster = ("import", *files, "--db", db, "--cluster", "local:2")
    running, kills = started(*on_cluster), 0
    while kills < 10:
        time.sleep(chance.uniform(2, 20))
        if running.poll() is not None:  # a worker was killed while the cluster was started
            _, said = running.communicate()
            assert running.returncode == 1, said
            assert "Traceback" not in said
            running = started(*on_cluster)
        elif victims := worker_processes(running.pid):
            chance.choice(victims).kill()
            kills += 1
            if kills == 5:
                running.send_signal(signal.SIGKILL)
                running.communicate()
                running = started(*on_cluster)
    _, said = running.communicate(timeout=HOUR)
    assert "Traceback" not in said
    assert ran(*on_cluster, "-q", patience=HOUR)[0] == 0
    assert by_address(db) == by_address(plain)
    shutil.rmtree(tmp_path / "x-shards")
