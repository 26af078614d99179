"""What a worker and its readers have cost so far."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import psutil


def core_seconds() -> float:
    """Give the processor's seconds of this process and of its children, the ended ones among them."""
    times = [process.cpu_times() for process in _family(deep=False)]
    return float(sum(time.user + time.system + time.children_user + time.children_system for time in times))


class Ledger:
    """Core-seconds of this process, unit by unit: what is spent while several are under way is shared among them."""

    def __init__(self, spent: Callable[[], float] = core_seconds) -> None:
        self._spent, self._lock = spent, Lock()
        self._shares: dict[object, float] = {}
        self._counted = 0.0

    @contextmanager
    def unit(self) -> Iterator[Callable[[], float]]:
        """Give what says how many core-seconds a unit has cost so far."""
        unit = object()

        def cost() -> float:
            with self._lock:
                self._settle()
                return self._shares[unit]

        with self._lock:
            self._settle()
            self._shares[unit] = 0.0
        try:
            yield cost
        finally:
            with self._lock:
                self._settle()
                del self._shares[unit]

    def _settle(self) -> None:
        before, self._counted = self._counted, self._spent()
        for unit in self._shares:
            self._shares[unit] += max(0.0, self._counted - before) / len(self._shares)


def memory() -> int:
    """Give the bytes that this process and all below it hold, what they share counted once as far as that is told."""
    held = 0
    for process in _family(deep=True):
        try:
            info = process.memory_info()
        except psutil.Error:
            continue
        held += info.rss - getattr(info, "shared", 0)
    return held


def _family(*, deep: bool) -> list[Any]:
    own = psutil.Process()
    return [own, *own.children(recursive=deep)]
