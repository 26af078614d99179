"""A unit that a worker has under way: how far it is, and whether anybody still waits for it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from crawler.cluster.cost import memory
from crawler.cluster.unit import Unit

if TYPE_CHECKING:
    from distributed import Worker

EVERY = 2.0
"""Seconds between two words on how far a unit is."""


class CalledOff(Exception):  # noqa: N818 (it is no error)
    """Nobody waits any more for what a unit gives: its run was stopped, or died."""


class Watch:
    """Sends word now and then of how far a unit is and of what the worker holds; a context manager."""

    def __init__(self, topic: str, unit: Unit, worker: Worker) -> None:
        """Begin nothing yet; called in the thread that the unit is done in."""
        self._topic, self._unit, self._worker = topic, unit, worker
        self._key = worker.get_current_task()
        self._pages = self._size = 0
        self._most = 0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._send, daemon=True)

    def tell(self, pages: int, size: int) -> None:
        """Note how many pages of the unit have been read, and how much of it. Raises `CalledOff`."""
        self.check()
        self._pages, self._size = pages, size

    def check(self) -> None:
        """Raise `CalledOff` where the scheduler wants the unit no more: Dask ends no thread that is at work."""
        task = self._worker.state.tasks.get(self._key)
        if task is not None and task.state == "cancelled":
            raise CalledOff(f"{self._unit.what} was called off")

    def most(self) -> int:
        """Give the most that the worker and its reader have held, in bytes."""
        self._most = max(self._most, memory())
        return self._most

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _send(self) -> None:
        while not self._done.wait(EVERY):
            held = memory()
            self._most = max(self._most, held)
            said = {"unit": self._unit.name, "worker": self._worker.address, "pages": self._pages, "size": self._size}
            self._worker.log_event(self._topic, said | {"memory": held})
