"""One run at a time in a folder of shards."""

from __future__ import annotations

import fcntl
import json
import os
import platform
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.owner import Owner, this_process
from crawler.remote import RemoteError, file_system, speaking

NAME = "run.lock"
RENEWED = 20.0
"""Seconds after which the holder of a folder in a store says that it is still there."""
SILENT = 90.0
"""Seconds after which one that says nothing has lost it."""


@contextmanager
def held(folder: Folder) -> Iterator[None]:
    """Hold a folder. Raises `ClusterError` where another run has it."""
    if (path := folder.path) is not None:
        with _held_on_disk(path):
            yield
    else:
        with _held_in_store(folder):
            yield


@contextmanager
def _held_on_disk(path: Path) -> Iterator[None]:
    """Let the system say who holds it: what is killed lets go."""
    try:
        descriptor = os.open(path / NAME, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        raise ClusterError(f"{path / NAME}: {problem.strerror or problem}") from problem
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _taken(str(path), os.read(descriptor, 4096)) from None
        except OSError as problem:
            raise ClusterError(
                f"{path}: no file can be locked there ({problem.strerror}); --shards names another folder"
            ) from problem
        os.truncate(descriptor, 0)
        os.write(descriptor, _words())
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _held_in_store(folder: Folder) -> Iterator[None]:
    """Write down who holds it, and again and again that it is still so."""
    address = f"{folder.address.rstrip('/')}/{NAME}"
    words = _words()
    try:
        with speaking(address):
            system = file_system(address)
            system.invalidate_cache()
            before = bytes(system.cat_file(address)) if system.exists(address) else b""
            if before and _is_alive(before):
                raise _taken(folder.address, before)
            system.pipe_file(address, words)
            if bytes(system.cat_file(address)) != words:
                raise _taken(folder.address, bytes(system.cat_file(address)))
    except RemoteError as problem:
        if isinstance(problem.__cause__, ClusterError):
            raise problem.__cause__ from None
        raise ClusterError(str(problem)) from problem
    done = Event()

    def renew() -> None:
        while not done.wait(RENEWED):
            with suppress(RemoteError), speaking(address):
                system.pipe_file(address, _words())

    thread = Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        with suppress(RemoteError), speaking(address):
            system.rm_file(address)


def _words() -> bytes:
    told = {"owner": str(this_process()), "machine": platform.node(), "pid": os.getpid(), "at": time.time()}
    return json.dumps(told).encode()


def _is_alive(words: bytes) -> bool:
    try:
        told = json.loads(words)
        owner, at = Owner.parse(told["owner"]), float(told["at"])
    except (ValueError, KeyError, TypeError):
        return False
    if owner is not None and owner.boot == this_process().boot and owner.is_dead:
        return False
    return time.time() - at < SILENT


def _taken(folder: str, words: bytes) -> ClusterError:
    try:
        told = json.loads(words)
        by = f" (process {told['pid']} on {told['machine']})"
    except (ValueError, KeyError, TypeError):
        by = ""
    return ClusterError(f"{folder}: another run is at work in this folder{by}")
