"""A scheduler and workers of Dask's own, as an operator starts them, and the command beside them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[3]
COMMAND = [sys.executable, "-c", "from crawler.cli import main; main()"]
PATIENCE = 300.0


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "REDTOP_", "DASK_"))}
    return kept | {"PYTHONPATH": str(ROOT), "AWS_EC2_METADATA_DISABLED": "true"} | more


def started(*arguments: str | Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], cwd=ROOT, env=dict(env or environment()), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ran(*arguments: str | Path, env: Mapping[str, str] | None = None, patience: float = PATIENCE) -> tuple[int, str]:
    """Run the command to its end; give its exit status and what it said."""
    process = started(*arguments, env=env)
    out, err = process.communicate(timeout=patience)
    assert "Traceback" not in err, err
    return process.returncode, out + err


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_for(what: Callable[[], object], patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


@contextmanager
def dask(kind: str, *arguments: str, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    """Run `dask scheduler` or `dask worker`; at the end it and all below it are gone."""
    process = subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments], cwd=ROOT,
        env=dict(env or environment()), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for child in family:
            try:
                child.kill()
            except psutil.NoSuchProcess:
                continue


@contextmanager
def scheduler() -> Iterator[str]:
    port = free_port()
    with dask("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"):
        yield f"tcp://127.0.0.1:{port}"


@contextmanager
def worker(address: str, folder: Path, env: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[bytes]]:
    arguments = ("--nthreads", "1", "--no-dashboard", "--local-directory", str(folder), "--host", "127.0.0.1")
    with dask("worker", address, *arguments, env=env) as process:
        yield process


def worker_processes(command: int) -> list[psutil.Process]:
    """The processes of a command's own workers (`local:N`), without what they started themselves."""
    found = []
    for child in psutil.Process(command).children():
        try:
            if "spawn_main" in " ".join(child.cmdline()):
                found.append(child)
        except psutil.NoSuchProcess:
            continue
    return found
