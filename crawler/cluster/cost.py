"""What a worker and its readers have cost so far."""

from __future__ import annotations

from typing import Any

import psutil


def core_seconds() -> float:
    """Give the processor's seconds of this process and of its children, the ended ones among them."""
    times = [process.cpu_times() for process in _family(deep=False)]
    return float(sum(time.user + time.system + time.children_user + time.children_system for time in times))


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
