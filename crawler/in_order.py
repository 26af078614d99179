"""Work that others do for us, taken back in the order in which it was given out, a bounded number at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

What = TypeVar("What")
Result = TypeVar("Result")

AHEAD = 4
"""Pages per worker that are read or wait: what is held in memory."""
STORED = 8
"""Times as many records wait for the writer, which commits them by the batch."""


class InOrder(Generic[What, Result]):
    """Futures under way, each with what it is about."""

    def __init__(self, take: Callable[[What, Result], object], most: int) -> None:
        """Begin with none.

        Args:
            take: called with each result and what it is about, in the order of `put`.
            most: futures under way at a time; with more the first is waited for.
        """
        self._take, self._most = take, most
        self._waiting: deque[tuple[What, Future[Result]]] = deque()

    def put(self, what: What, future: Future[Result]) -> None:
        """Add one, and take those back for which there is no more room; what they raise is raised here."""
        self._waiting.append((what, future))
        self._settle(self._most)

    def finish(self) -> None:
        """Wait for all of them."""
        self._settle(0)

    def _settle(self, most: int) -> None:
        while len(self._waiting) > most:
            what, future = self._waiting.popleft()
            self._take(what, future.result())
