"""Whether work grows with its input, as a ratio of two sizes in one run: no clock of the machine decides."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

TIMES = 8
"""How much longer the long input is than the short one. Quadratic work takes 64 times as long then."""

ALLOWED = 3.5 * TIMES
LEAST = 0.001  # seconds: shorter than that the clock, not the work, is measured
ATTEMPTS = 6


def assert_linear(make: Callable[[int], T], work: Callable[[T], object], short: int) -> None:
    """Fail where `work` on `make(8 * short)` takes far more than eight times the CPU time of `make(short)`.

    Making the input is not counted. What a busy machine or the collector adds to one attempt is no growth: the least
    of up to six attempts counts, and work that really grows fails in all of them.
    """
    small = large = float("inf")
    for _ in range(ATTEMPTS):
        small = min(small, _seconds(make, work, short))
        large = min(large, _seconds(make, work, short * TIMES))
        if large < ALLOWED * max(small, LEAST):
            return
    raise AssertionError(f"{TIMES} times the input takes {large:.3f} s instead of {small:.3f} s of CPU")


def _seconds(make: Callable[[int], T], work: Callable[[T], object], length: int) -> float:
    made = make(length)
    collecting = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        work(made)
        return time.process_time() - start
    finally:
        if collecting:
            gc.enable()
