"""What can be wrong with a cluster, its folder or its files: a line each, and nothing half-merged."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.cluster import by_address
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.lock import held
from tests.crawler.cli.test_import import page
from tests.crawler.cluster.running import ROOT, dask, environment, free_port, ran, scheduler, started, wait_for, worker
from tests.crawler.test_warc_pages import warc


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a scheduler without workers."""
    with scheduler() as found:
        yield found


def one_error(said: str) -> str:
    (line,) = [line for line in said.splitlines() if line.startswith("Error: ")]
    return line


@pytest.mark.parametrize(
    ("where", "status", "words"),
    [
        ("local:0", 1, "local:N is asked for"),
        ("local", 1, "local:N is asked for"),
        ("cluster", 1, "no address of a scheduler"),
        ("tcp://127.0.0.1:{port}", 1, "no scheduler answers there"),
        ("gopher://127.0.0.1:{port}", 1, "no address of a scheduler"),
    ],
)
def test_an_address_where_no_scheduler_answers(
    files: list[Path], tmp_path: Path, where: str, status: int, words: str
) -> None:
    found, said = ran("import", files[0], "--db", tmp_path / "x.db", "--cluster", where.format(port=free_port()))
    assert found == status
    assert words in one_error(said)
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "x.db").exists()


def test_a_worker_that_dies_while_it_is_started_ends_the_run_with_a_word(files: list[Path], tmp_path: Path) -> None:
    lines = ("import os, sys", "if any('spawn_main' in word for word in sys.orig_argv):", "    os._exit(9)")
    (tmp_path / "sitecustomize.py").write_text("\n".join(lines))
    env = environment(PYTHONPATH=f"{tmp_path}:{ROOT}")
    status, said = ran("import", files[0], "--db", tmp_path / "x.db", "--cluster", "local:1", env=env)
    assert status == 1
    assert "local:1: a worker died while it was started" in one_error(said)
    assert len(said.splitlines()) == 1
    assert not (tmp_path / "x.db").exists()


def test_workers_of_another_redtop_are_named(files: list[Path], address: str, tmp_path: Path) -> None:
    other = tmp_path / "other" / "redtop-9.9.9.dist-info"
    other.mkdir(parents=True)
    (other / "METADATA").write_text("Metadata-Version: 2.1\nName: redtop\nVersion: 9.9.9\n")
    env = environment(PYTHONPATH=f"{other.parent}:{ROOT}")
    with worker(address, tmp_path, env):
        status, said = ran("import", files[0], "--db", tmp_path / "x.db", "--cluster", address)
    assert status == 1
    assert "has redtop 9.9.9, this command 0.1.0: install the same on both" in one_error(said)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.soak
def test_a_scheduler_and_workers_that_are_there_already_are_used(
    files: list[Path], plain: Path, address: str, tmp_path: Path
) -> None:
    with worker(address, tmp_path), worker(address, tmp_path):
        status, said = ran("import", *files, "--db", tmp_path / "x.db", "--cluster", address)
        assert status == 0, said
        status, said = ran("import", *files, "--db", tmp_path / "y.db", "--cluster", address, "-q")
        assert (status, said) == (0, "")
    assert by_address(tmp_path / "x.db") == by_address(tmp_path / "y.db") == by_address(plain)


@pytest.mark.soak
def test_a_scheduler_that_goes_away_ends_the_run_with_a_word(files: list[Path], plain: Path, tmp_path: Path) -> None:
    db, shards, port = tmp_path / "x.db", tmp_path / "x-shards", free_port()
    address = f"tcp://127.0.0.1:{port}"
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    with dask("scheduler", *options) as process, worker(address, tmp_path):
        running = started("import", *files, "--db", db, "--cluster", address)
        wait_for(lambda: list(shards.glob(".making-*/*.db")))
        process.kill()
        _, said = running.communicate(timeout=300)
    assert running.returncode == 1
    assert "Traceback" not in said
    assert "the scheduler went away" in one_error(said)
    assert ran("import", *files, "--db", db, "--cluster", "local:1", "-q") == (0, "")
    assert by_address(db) == by_address(plain)


@pytest.mark.soak
def test_broken_and_missing_files_are_told_and_the_rest_is_imported(files: list[Path], tmp_path: Path) -> None:
    cut, junk, none, db = (tmp_path / name for name in ("cut.warc.gz", "junk.warc.gz", "none.warc.gz", "x.db"))
    cut.write_bytes(warc(*map(page, range(200, 206)))[:-600])
    junk.write_bytes(b"junk" * 1000)
    everything = ("import", files[0], cut, junk, none, "--db", db, "--cluster", "local:1")
    status, said = ran(*everything)
    assert status == 1
    assert f"{cut} breaks off in the middle of a record" in said
    assert f"Error: {junk}" in said
    assert f"set aside: {none}: No such file or directory" in said
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (65,)
    cut.write_bytes(warc(*map(page, range(200, 206))))
    junk.write_bytes(warc(page(300)))
    none.write_bytes(warc(page(301)))
    status, said = ran(*everything)
    assert status == 0, said
    assert "3 units done, 1 before" in said
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("SELECT count(*) FROM article").fetchone() == (68,)


@pytest.mark.soak
def test_a_shard_of_a_newer_redtop_is_left_and_the_others_are_merged(files: list[Path], tmp_path: Path) -> None:
    shards = ("--cluster", "local:1", "--shards", tmp_path / "shards", "-q")
    assert ran("import", *files, "--db", tmp_path / "x.db", *shards) == (0, "")
    newer = next((tmp_path / "shards").glob("second*.db"))
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute("INSERT INTO _sqlite_migrations (migration_set, name) VALUES ('redtop', 'of_tomorrow')")
    status, said = ran("import", *files, "--db", tmp_path / "y.db", *shards)
    assert status == 1
    assert "not merged" in one_error(said)
    assert "was written by a newer redtop" in said
    with closing(sqlite3.connect(tmp_path / "y.db")) as connection:
        assert connection.execute("SELECT count(*) FROM fetch").fetchone() == (100,)


def test_two_runs_do_not_share_a_folder(files: list[Path], tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "shards"))
    folder.prepare()
    with held(folder):
        with pytest.raises(ClusterError, match="another run is at work in this folder"), held(folder):
            pass
        status, said = ran(
            "import", files[0], "--db", tmp_path / "x.db", "--cluster", "local:1", "--shards", tmp_path / "shards"
        )
    assert status == 1
    assert "another run is at work in this folder (process" in one_error(said)
    with held(folder):
        pass


def test_what_dead_workers_left_is_taken_away(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path))
    with folder.making("unit") as shard:
        shard.write_bytes(b"half")
        folder.prepare()
        assert shard.exists()
        owner = shard.parent / "owner"
        owner.write_text(owner.read_text().rpartition("/")[0] + "/1")
        folder.prepare()
        assert not shard.exists()


def test_what_somebody_died_over_while_it_was_new_goes_after_a_moment(tmp_path: Path) -> None:
    half, fresh, empty = tmp_path / ".new-manifest", tmp_path / ".new-fresh", tmp_path / ".new-unit"
    half.write_text("{")
    fresh.write_text("{")
    empty.mkdir()
    for path in (half, empty):
        os.utime(path, (0, 0))
    Folder(str(tmp_path)).prepare()
    assert list(tmp_path.iterdir()) == [fresh]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.soak
def test_a_full_disk_sets_units_aside_and_the_next_run_goes_on(
    files: list[Path], plain: Path, small_disk: Path, tmp_path: Path
) -> None:
    db, shards = tmp_path / "x.db", small_disk / "shards"
    command = ("import", *files, "--db", db, "--cluster", "local:1", "--shards", shards)
    status, said = ran(*command)
    assert status == 1
    assert "set aside" in said
    assert "disk is full" in said or "no space left" in said.lower()
    if db.exists():
        with closing(sqlite3.connect(db)) as connection:
            assert connection.execute("SELECT count(*) FROM article").fetchone() == (0,)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    status, said = ran(*command)
    assert status == 0, said
    assert by_address(db) == by_address(plain)


def test_without_the_extra_one_line_says_what_to_install(files: list[Path], tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\nfor name in ('distributed', 'fsspec', 'psutil'):\n    sys.modules[name] = None\n"
    )
    env = environment(PYTHONPATH=f"{tmp_path}:{ROOT}")
    db = ("--db", tmp_path / "x.db")
    assert ran("import", files[0], *db, "--workers", "1", "-q", env=env) == (0, "")
    for command in (("import", files[0]), ("reextract",), ("crawl", "her.ie", "--contact", "x@example.org")):
        status, said = ran(*command, *db, "--cluster", "local:1", env=env)
        assert status == 1
        assert "pip install 'redtop[cluster]'" in one_error(said)
        assert len(said.splitlines()) == 1
    status, said = ran("import", "s3://press/x.warc.gz", *db, env=env)
    assert status == 1
    assert "pip install 'redtop[cluster]'" in said


def test_nothing_of_dask_is_imported_without_a_cluster(files: list[Path], tmp_path: Path) -> None:
    shutil.copy(files[0], tmp_path / "x.warc.gz")
    code = (
        "import sys\nfrom crawler.cli import main\n"
        f"sys.argv = ['redtop', 'import', {str(tmp_path / 'x.warc.gz')!r}, '--db', {str(tmp_path / 'x.db')!r}, '-q', "
        "'--workers', '1']\nmain()\n"
        "print(*[name for name in ('dask', 'distributed', 'fsspec', 's3fs', 'aiohttp', 'psutil') "
        "if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment())
    assert (done.stdout.split(), done.stderr) == ([], "")


def test_a_manifest_that_is_none_counts_as_none(tmp_path: Path) -> None:
    (tmp_path / "unit.db").touch()
    for text in ("", "[]", json.dumps({"unit": "unit"})):
        (tmp_path / "unit.json").write_text(text)
        assert Folder(str(tmp_path)).finished() == {}
