"""What is tried again when a server elsewhere has trouble that passes: after a pause, and a longer one each time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO, TypeVar

from crawler.frontier.pace import retry_after

Result = TypeVar("Result")

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before each further try."""
LONGEST = 120.0
"""Seconds of a server's Retry-After that are waited at most."""
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})


def patiently(work: Callable[[], Result], sleep: Callable[[float], None] = time.sleep) -> Result:
    """Do something that asks a server; what fails in passing is tried five times more.

    Passing are answers such as 503 and 429, connections that break and answers that do not come. A server that is not
    there, refuses or has no such file is not asked again.
    """
    for pause in PAUSES:
        try:
            return work()
        except Exception as problem:  # of aiohttp, botocore, …: no type of theirs is common to all
            asked = passing(problem)
            if asked is None:
                raise
            sleep(max(pause, min(asked, LONGEST)))
    return work()


def passing(problem: BaseException) -> float | None:
    """Give the seconds that a server asks to wait for, 0 where it does not say; None of what will not pass."""
    for cause in _chain(problem):
        if isinstance(status := getattr(cause, "status", None), int):
            return _retry_after(getattr(cause, "headers", None)) if status in _PASSING else None
        name = type(cause).__name__
        if name in ("ClientConnectorError", "ClientConnectorDNSError", "ClientConnectorCertificateError"):
            return None  # of aiohttp: it is a ConnectionError too, of a server that is not there
        if isinstance(cause, (ConnectionError, TimeoutError, asyncio.TimeoutError)):
            return 0.0
        if name in ("ServerDisconnectedError", "ClientPayloadError", "ClientOSError", "FSTimeoutError"):
            return 0.0
    return None


class PatientFile:
    """A file that is read from any place; a read that fails in passing is tried again from there."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Give up to so many bytes; none at the end."""
        return patiently(lambda: self._file.read(size))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _retry_after(headers: object) -> float:
    if not isinstance(headers, Mapping):
        return 0.0
    return retry_after({str(name).lower(): str(value) for name, value in headers.items()}, time.time()) or 0.0


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__
