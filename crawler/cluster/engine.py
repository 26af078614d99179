"""The cluster that a run stands on: one that is there already, or some processes of this machine."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from crawler.cluster.crew import GO_ON, misfits
from crawler.cluster.errors import ClusterError
from crawler.one_line import one_line

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 10
"""Seconds that a scheduler may take to answer."""
WORKERS = 60
"""Seconds that the first worker may take to come."""
_LOCAL = re.compile(r"local:([1-9]\d{0,3})")
_SCHEMES = ("tcp", "tls", "ws", "wss")
MISSING = "--cluster needs Dask: pip install 'redtop[cluster]'"


@dataclass(frozen=True)
class Engine:
    """A client of a scheduler, with workers of this very redtop."""

    client: Client
    is_local: bool
    dashboard: str | None
    """Its address; None where there is none."""


def need_dask() -> None:
    """Raise `ClusterError` where the extra is not installed."""
    if find_spec("distributed") is None or find_spec("fsspec") is None:
        raise ClusterError(MISSING)


def local_workers(where: str) -> int | None:
    """Give N of `local:N`; None of a scheduler's address. Raises `ClusterError` for what is neither."""
    if found := _LOCAL.fullmatch(where):
        return int(found[1])
    if where.startswith("local"):
        raise ClusterError(f"{where}: local:N is asked for, with N worker processes, as in local:2")
    scheme, _, rest = where.rpartition("://")
    if scheme not in ("", *_SCHEMES) or ":" not in rest:
        raise ClusterError(f"{where}: no address of a scheduler, such as tcp://10.0.0.1:8786, nor local:N")
    return None


@contextmanager
def connected(where: str) -> Iterator[Engine]:
    """Give the cluster at an address, or one of `local:N` with N workers of one thread each.

    Raises:
        ClusterError: Dask is not installed, no scheduler answers, no worker comes, or one is of another redtop.
    """
    need_dask()
    count = local_workers(where)
    import dask
    import distributed  # noqa: F401  (it sets up its loggers)

    _silence()

    settings = {
        "distributed.scheduler.allowed-failures": 0,  # a death is told at once, and counted by the run
        "distributed.comm.timeouts.connect": f"{PATIENCE}s",
        "distributed.admin.system-monitor.gil.enabled": False,
        "distributed.worker.profile.enabled": False,
    }
    with dask.config.set(settings), _cluster(count) as cluster:
        client = _client(cluster or where, where)
        try:
            _check_workers(client, where)
            yield Engine(client, count is not None, _dashboard(client))
        finally:
            with suppress(Exception):  # a scheduler that went away has said so before
                client.close()


def _silence() -> None:
    """Keep Dask's own log to itself: what it has to say is told in this program's words."""
    for name in ("distributed", "tornado", "bokeh"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for name in list(logging.root.manager.loggerDict):
        if name.startswith(("distributed.", "tornado.", "bokeh.")):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


def _dashboard(client: Client) -> str | None:
    """Give the address of the scheduler's dashboard, where it has one: it needs bokeh there."""

    def has_dashboard(dask_scheduler: Any) -> bool:  # of no module, so that the scheduler need not have redtop
        return bool(dask_scheduler.http_application.applications)

    with suppress(Exception):
        if client.run_on_scheduler(has_dashboard):
            return str(client.dashboard_link) or None
    return None


@contextmanager
def _cluster(count: int | None) -> Iterator[Any]:
    if count is None:
        yield None
        return
    from distributed import LocalCluster

    try:
        cluster = LocalCluster(
            n_workers=count,
            threads_per_worker=1,
            processes=True,
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": find_spec("bokeh") is not None},
            silence_logs=logging.CRITICAL + 1,
            host="127.0.0.1",
        )
    except RuntimeError as problem:
        raise ClusterError(f"local:{count}: a worker died while it was started; {GO_ON}") from problem
    try:
        yield cluster
    finally:
        cluster.close(timeout=PATIENCE)


def _client(cluster: Any, where: str) -> Client:
    from distributed import Client

    try:
        return Client(cluster, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as problem:
        raise ClusterError(f"{where}: no scheduler answers there ({one_line(problem, 200)})") from None


def _check_workers(client: Client, where: str) -> None:
    """Wait for the first worker; refuse those of another redtop."""
    try:
        client.wait_for_workers(1, timeout=WORKERS)
    except TimeoutError:
        raise ClusterError(f"{where}: no worker came within {WORKERS} seconds") from None
    for wrong in misfits(client).values():
        if wrong is not None:
            raise ClusterError(wrong)
