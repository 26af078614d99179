"""The one thread of a process that writes: jobs in, batches of them committed, answers out after the commit."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, NamedTuple, TypeVar, overload

from sqlite_utils import Database, Migrations

from pipelines.database import (
    LONG_LOG,
    Location,
    close_writer,
    open_writer,
    savepoint,
    shorten_log,
    transaction,
)
from pipelines.database_error import explain
from pipelines.outcome import Outcome
from pipelines.store import Stored, write_outcome

T = TypeVar("T")

MOST = 256
"""Jobs a transaction."""
LINGER = 0.05
"""Seconds that the first job of a batch waits for others: a flush to the disk is shared by all of them."""


class _Job(NamedTuple):
    work: Callable[[Database], Any]
    future: Future[Any]


class Writer:
    """Writes to one database from a thread of its own.

    Each batch is one transaction and each job in it a savepoint: a job that raises takes back its own rows only. A
    future is resolved when the batch is on the disk; whatever kills the process, what was resolved is there.
    """

    def __init__(
        self,
        path: Location,
        *more: Migrations,
        before_commit: Callable[[], object] | None = None,
        most: int = MOST,
        linger: float = LINGER,
        is_durable: bool = True,
    ) -> None:
        """Open the database and start the thread.

        Args:
            path: of the file, made where there is none.
            more: sets of migrations beside the project's own.
            before_commit: called in the thread when a batch is complete and before it is committed, to bring to the
                disk what its rows speak of; if it raises, the batch is taken back and its jobs fail.
            most: jobs a batch.
            linger: seconds that a batch waits for more jobs after its first.
            is_durable: whether each batch is on the disk before it is answered; False for a file that is made anew if
                the machine stops, and that the caller brings to the disk when it is complete.

        Raises:
            DatabaseError: the file cannot be used.
        """
        self._path = Path(path)
        self._db = open_writer(path, *more)
        if not is_durable:
            self._db.conn.execute("PRAGMA synchronous = OFF")
        self._before_commit = before_commit
        self._most, self._linger = most, linger
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._log_limit = LONG_LOG
        self._closing = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="redtop-writer", daemon=True)
        self._thread.start()

    @overload
    def submit(self, work: Outcome) -> Future[Stored]: ...

    @overload
    def submit(self, work: Callable[[Database], T]) -> Future[T]: ...

    def submit(self, work: Outcome | Callable[[Database], Any]) -> Future[Any]:
        """Hand over a page to store, or a function of the database to run inside the batch's transaction.

        Returns:
            What will hold the function's result, or its exception; what SQLite reports comes as `DatabaseError`.

        Raises:
            RuntimeError: the writer is closed.
        """
        job = _Job(partial(_store, work) if isinstance(work, Outcome) else work, Future())
        with self._closing:
            if self._closed:
                raise RuntimeError("the writer is closed")
            self._jobs.put(job)
        return job.future

    def close(self) -> None:
        """Commit what was handed over, end the thread and close the database; a second call does nothing."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            self._jobs.put(None)
        self._thread.join()
        close_writer(self._db)

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _run(self) -> None:
        while (batch := self._gather()) is not None:
            self._commit([job for job in batch if job.future.set_running_or_notify_cancel()])
            with suppress(sqlite3.OperationalError, OSError):  # the log stays long; what counts is on the disk
                self._log_limit = shorten_log(self._db, self._path, self._log_limit)

    def _gather(self) -> list[_Job] | None:
        """Wait for a job, then for more; None when the writer is closed and nothing is left."""
        first = self._jobs.get()
        if first is None:
            return None
        batch, deadline = [first], time.monotonic() + self._linger
        while len(batch) < self._most:
            try:
                job = self._jobs.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                break
            if job is None:
                self._jobs.put(None)
                break
            batch.append(job)
        return batch

    def _commit(self, batch: list[_Job]) -> None:
        """Run a batch in one transaction and answer its jobs; nothing that a job raises ends the thread."""
        answers: list[tuple[Future[Any], Any, BaseException | None]] = []
        try:
            with transaction(self._db):
                answers = [(job.future, *self._attempt(job.work)) for job in batch]
                if self._before_commit:
                    self._before_commit()
        except BaseException as problem:
            answers = [(job.future, None, self._explained(problem)) for job in batch]
        for future, result, failure in answers:
            if failure is None:
                future.set_result(result)
            else:
                future.set_exception(failure)

    def _attempt(self, work: Callable[[Database], Any]) -> tuple[Any, BaseException | None]:
        """Run one job; raise only where its failure has undone the whole transaction."""
        try:
            with savepoint(self._db):
                return work(self._db), None
        except BaseException as problem:
            if not self._db.conn.in_transaction:
                raise
            return None, self._explained(problem)

    def _explained(self, problem: BaseException) -> BaseException:
        return explain(self._path, problem) if isinstance(problem, sqlite3.Error) else problem


def _store(outcome: Outcome, db: Database) -> Stored:
    return write_outcome(db, outcome)
