"""Where shards lie: on this machine or a disk that the workers share, or in a store at `s3://…`."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from crawler.cluster.errors import ClusterError
from crawler.cluster.unit import Manifest
from crawler.owner import Owner, this_process
from crawler.remote import RemoteError, file_system, speaking
from crawler.shards import brought
from crawler.warc_part import is_remote
from crawler.whole_file import to_disk

SHARD, MANIFEST, REASON = ".db", ".json", ".failed.json"
_OWNER = "owner"
_MAKING = ".making-"
_NEW = ".new-"
"""Begins the names of what is there for a moment only."""
_MOMENT = 60
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of shards. A unit is finished when its manifest is there, which comes last."""

    address: str
    ending: str = SHARD
    has_manifests: bool = True

    @property
    def path(self) -> Path | None:
        """Where it is a folder of the file system."""
        return None if is_remote(self.address) else Path(self.address)

    def prepare(self) -> None:
        """Make it, and take away what dead workers left in it. Raises `ClusterError`."""
        if self.address.startswith(("http://", "https://")):
            raise ClusterError(f"{self.address}: shards are written to a folder or to s3://, not to the web")
        if (path := self.path) is None:
            return
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ClusterError(f"{path}: {problem.strerror or problem}") from problem
        self.tidy()
        for left in path.glob(f"{_NEW}*"):
            _forget_old(left)

    def tidy(self) -> None:
        """Take away what is in the making of dead workers: here, or of this machine for a store."""
        for left in (self.path or Path(tempfile.gettempdir())).glob(f"{_MAKING}*"):
            if _is_left(left):
                rmtree(left, ignore_errors=True)

    def finished(self) -> dict[str, Manifest]:
        """Give the manifests of the finished units, by name; what is no manifest is passed over."""
        found = {}
        for name, text in self._texts():
            with suppress(ValueError, TypeError, KeyError):
                found[name] = Manifest.of(json.loads(text))
        return found

    @contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Give a path for a shard in the making; its folder is taken away in the end."""
        home = self.path
        made = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{name[:40]}-", dir=home))
        try:
            (made / _OWNER).write_text(str(this_process()), encoding="ascii")
            yield made / f"{name}{self.ending}"
        finally:
            rmtree(made, ignore_errors=True)

    @contextmanager
    def standing(self, name: str) -> Iterator[Path]:
        """Give the path of a shard that stays in its place, for one worker at a time. Raises `ClusterError`."""
        if self.path is None:
            raise ClusterError(f"{self.address}: a shard that stays lies in a folder that the workers share")
        with (self.path / f"{name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ClusterError(f"{name}: another worker is at it") from None
            except OSError as problem:
                raise ClusterError(f"{self.path}: no file can be locked there ({problem.strerror})") from problem
            yield self.path / f"{name}{self.ending}"

    def finish(self, shard: Path, name: str, manifest: Manifest) -> None:
        """Put a shard in its place, then its manifest.

        Raises:
            ClusterError: the shard is not whole: a part of it stands in the log beside it.
        """
        if self.at(name) != str(shard):
            _need_whole(shard)
        text = json.dumps(manifest.to_dict(), ensure_ascii=False, indent=1) + "\n"
        home = self.path
        if home is None:
            address = self._at(name + self.ending)
            with speaking(address):
                system = file_system(self.address)
                system.put_file(str(shard), address)
                if self.has_manifests:
                    system.pipe_file(self._at(name + MANIFEST), text.encode())
                    with suppress(FileNotFoundError):
                        system.rm_file(self._at(name + REASON))
            return
        to_disk(shard)
        if shard != home / (name + self.ending):
            shard.replace(home / (name + self.ending))
        if not self.has_manifests:
            return
        self._write(name + MANIFEST, text)
        with suppress(OSError):
            (home / (name + REASON)).unlink(missing_ok=True)

    def set_aside(self, name: str, what: str, reason: str) -> None:
        """Write down why a unit is left alone."""
        if not self.has_manifests:
            return
        text = json.dumps({"unit": name, "what": what, "reason": reason}, ensure_ascii=False, indent=1) + "\n"
        if self.path is None:
            with suppress(RemoteError), speaking(self.address):
                file_system(self.address).pipe_file(self._at(name + REASON), text.encode())
        else:
            with suppress(OSError):
                self._write(name + REASON, text)

    def forget(self, name: str) -> None:
        """Let a finished unit count as unfinished. Raises `RemoteError`."""
        if self.path is not None:
            (self.path / (name + MANIFEST)).unlink(missing_ok=True)
            return
        with speaking(self.address), suppress(FileNotFoundError):
            file_system(self.address).rm_file(self._at(name + MANIFEST))

    def remove(self, name: str) -> None:
        """Take away a shard that is to be there with others or not at all; what cannot be taken away stays."""
        if self.path is not None:
            with suppress(OSError):
                (self.path / (name + self.ending)).unlink()
            return
        with suppress(OSError), speaking(self.address):
            file_system(self.address).rm_file(self.at(name))

    def at(self, name: str) -> str:
        """Give the address of a finished shard."""
        return self._at(name + self.ending)

    @contextmanager
    def here(self, name: str) -> Iterator[Path]:
        """Give a finished shard as a file of this machine. Raises `RemoteError`."""
        home = self.path
        if home is not None:
            yield home / (name + self.ending)
            return
        with brought(self._at(name + self.ending)) as path:
            yield path

    def _texts(self) -> Iterator[tuple[str, str]]:
        home = self.path
        if home is not None:
            for path in sorted(home.glob(f"*{MANIFEST}")):
                if not path.name.endswith(REASON) and path.with_suffix(self.ending).exists():
                    yield path.stem, path.read_text(encoding="utf-8", errors="replace")
            return
        with speaking(self.address):
            system = file_system(self.address)
            system.invalidate_cache()
            names = set(system.glob(self._at("*")))
            wanted = [name for name in sorted(names) if name.endswith(MANIFEST) and not name.endswith(REASON)]
            wanted = [name for name in wanted if name.removesuffix(MANIFEST) + self.ending in names]
            texts = system.cat(wanted) if len(wanted) > 1 else {name: system.cat_file(name) for name in wanted}
        for name, text in texts.items():
            yield name.rpartition("/")[2].removesuffix(MANIFEST), bytes(text).decode("utf-8", "replace")

    def _at(self, name: str) -> str:
        return f"{self.address.rstrip('/')}/{name}"

    def _write(self, name: str, text: str) -> None:
        assert self.path
        file, temporary = tempfile.mkstemp(prefix=_NEW, dir=self.path)
        made = Path(temporary)
        try:
            with os.fdopen(file, "w", encoding="utf-8") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
            made.chmod(0o644)
            made.replace(self.path / name)
        finally:
            made.unlink(missing_ok=True)


def _need_whole(shard: Path) -> None:
    """Refuse a database of which SQLite could not fold the log into the file, as on a full disk."""
    log = shard.with_name(f"{shard.name}-wal")
    if log.exists() and log.stat().st_size:
        raise ClusterError(f"{shard.name} could not be finished: a part of it stays in its log; is the disk full?")


def _forget_old(path: Path) -> None:
    """Take away what somebody died over while it was new."""
    with suppress(OSError):
        if time.time() - path.stat().st_mtime > _MOMENT:
            if path.is_dir():
                rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _is_left(path: Path) -> bool:
    """Whether nobody is at work any more on what was in the making."""
    try:
        owner = Owner.parse((path / _OWNER).read_text(encoding="ascii")) if path.is_dir() else None
        if owner is not None and owner.boot == this_process().boot:
            return owner.is_dead
        return time.time() - path.stat().st_mtime > _DAY
    except OSError:
        return False
