"""How fast a host is asked: the algorithm of Scrapy's AutoThrottle.

https://docs.scrapy.org/en/latest/topics/autothrottle.html#throttling-algorithm
"""

from __future__ import annotations

MAX_DELAY = 60.0
"""Seconds that a slow host makes a delay at most: Scrapy's AUTOTHROTTLE_MAX_DELAY. What is asked for may be longer."""


def next_delay(delay: float, latency: float, *, concurrency: int, least: float, is_ok: bool) -> float:
    """Give the delay of a host after an answer.

    A host that needs `latency` seconds for an answer is asked every `latency / concurrency` seconds. A longer delay
    comes closer to that by half with each answer, a shorter one at once.

    Args:
        delay: seconds, before the answer.
        latency: seconds from the request to the beginning of the answer.
        concurrency: requests to the host at a time, on an average.
        least: seconds that the outlet's file or robots.txt ask for; never less.
        is_ok: whether the status is 200. Errors and redirects are quick and small: they never make a delay shorter.
    """
    target = latency / concurrency
    found = max(min(max(target, (delay + target) / 2), MAX_DELAY), least)
    return found if is_ok else max(found, delay)
