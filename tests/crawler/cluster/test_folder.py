"""The folder of shards: what counts as finished, and what is left behind."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.lock import held
from crawler.cluster.unit import Manifest
from pipelines.schema import redtop
from pipelines.version import program_version

MANIFEST = Manifest(
    unit="unit", what="a file", job="import", digest="", extractor_version=program_version(),
    schema=redtop._migrations[-1].name, rows={}, pages=1, bytes=1, seconds=1.0, core_seconds=1.0, memory=1,
    worker="tcp://127.0.0.1:1", counts={}, failed={}, broken=[], more={},
)  # fmt: skip


@pytest.fixture(params=["disk", "store"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """On a disk, and in a store: that of fsspec's which is kept in memory."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    found = Folder(str(tmp_path / "shards") if request.param == "disk" else f"memory://{uuid4().hex}")
    found.prepare()
    return found


def made(folder: Folder, name: str, plain: Path) -> None:
    with folder.making(name) as shard:
        shutil.copy(plain, shard)
        folder.finish(shard, name, replace(MANIFEST, unit=name))


def test_a_shard_whose_log_could_not_be_folded_in_is_not_finished(folder: Folder, plain: Path) -> None:
    """As a full disk leaves it: SQLite reads what it holds, but the file alone is damaged, or lacks a part."""
    with folder.making("unit") as shard:
        shutil.copy(plain, shard)
        with closing(sqlite3.connect(shard, isolation_level=None)) as connection:
            connection.execute("DELETE FROM fetch WHERE id = 1")
            assert shard.with_name(f"{shard.name}-wal").stat().st_size
            with pytest.raises(ClusterError, match="is the disk full"):
                folder.finish(shard, "unit", MANIFEST)
    assert folder.finished() == {}
    made(folder, "unit", plain)
    assert list(folder.finished()) == ["unit"]


def test_a_finished_unit_is_no_failed_one(folder: Folder, plain: Path) -> None:
    folder.set_aside("unit", "a file", "503")
    made(folder, "unit", plain)
    if folder.path:
        assert sorted(path.name for path in folder.path.iterdir()) == ["unit.db", "unit.json"]
    else:
        import fsspec

        names = fsspec.filesystem("memory").ls(folder.address.removeprefix("memory:/"), detail=False)
        assert sorted(name.rpartition("/")[2] for name in names) == ["unit.db", "unit.json"]


def test_a_unit_is_unfinished_without_its_manifest_or_its_shard(folder: Folder, plain: Path) -> None:
    for name in ("one", "two", "three"):
        made(folder, name, plain)
    folder.forget("one")
    folder.remove("two")
    assert list(folder.finished()) == ["three"]
    folder.forget("one")
    folder.remove("two")


def test_what_a_dead_worker_had_in_the_making_goes(folder: Folder) -> None:
    with folder.making("unit") as shard:
        folder.tidy()
        owner = shard.parent / "owner"
        owner.write_text(owner.read_text().rpartition("/")[0] + "/1")
        folder.tidy()
        assert not shard.parent.exists()


def test_a_folder_where_nothing_can_be_locked_is_told_from_one_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    folder = Folder(str(tmp_path))
    folder.prepare()
    with folder.standing("unit"), pytest.raises(ClusterError, match="another worker is at it"):
        folder.standing("unit").__enter__()
    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(ClusterError, match=r"no file can be locked there \(No locks available\)"):
        held(folder).__enter__()
    with pytest.raises(ClusterError, match="no file can be locked there"):
        folder.standing("unit").__enter__()
