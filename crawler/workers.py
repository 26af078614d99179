"""Extraction in worker processes beside the event loop, so that a slow page never stalls the fetching."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from concurrent.futures import Future
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext
from multiprocessing.forkserver import ensure_running
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self

from crawler.worker import Reading, ReadPage, Unread, serve
from extractors import SiteRules
from pipelines.page import Page

PATIENCE = 30.0
"""Seconds that one page may take."""
RENEWED = 1000
"""Pages after which a worker is replaced, so that what leaks stays small."""
WAITING = 2
"""Pages per worker that are read or wait; with more the crawl stops asking for pages."""


class _Task(NamedTuple):
    reading: Reading
    future: Future[ReadPage | Unread]


class Workers:
    """A fixed number of worker processes; a context manager. Each is led by a thread of this process."""

    def __init__(self, count: int | None = None, *, patience: float = PATIENCE, renewed: int = RENEWED) -> None:
        """Start them.

        Args:
            count: how many; None: one per core.
            patience: seconds for one page; a worker that takes longer is killed and replaced.
            renewed: pages after which a worker is replaced.
        """
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["crawler.worker_server"])
        ensure_running()  # from the main thread: the server dies with the thread that started it
        self.count = count or os.cpu_count() or 1
        self._tasks: SimpleQueue[_Task | None] = SimpleQueue()
        self._waiting = 0
        self.leaders = [Leader(context, self._tasks, patience, renewed) for _ in range(self.count)]
        self._threads = [Thread(target=leader.run, name="redtop-leader", daemon=True) for leader in self.leaders]
        for thread in self._threads:
            thread.start()

    @property
    def is_full(self) -> bool:
        """Whether as many pages are read or wait as should."""
        return self._waiting >= WAITING * self.count

    def submit(self, page: Page, rules: SiteRules | None = None) -> Future[ReadPage | Unread]:
        """Have a page read in a worker; what is wrong with it comes as `Unread`."""
        future: Future[ReadPage | Unread] = Future()
        self._tasks.put(_Task(Reading(page, rules), future))
        return future

    async def extract(self, page: Page, rules: SiteRules | None = None) -> ReadPage | Unread:
        """Read a page as `submit` does, and wait for it; `is_full` counts these."""
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self.submit(page, rules))
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Let the workers finish what they have and end them."""
        for _ in self._threads:
            self._tasks.put(None)
        for thread in self._threads:
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Leader:
    """Leads one worker after another."""

    def __init__(
        self, context: ForkServerContext, tasks: SimpleQueue[_Task | None], patience: float, renewed: int
    ) -> None:
        self._context = context
        self._tasks = tasks
        self.patience = patience
        self._renewed = renewed
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._read = 0

    @property
    def pid(self) -> int | None:
        """Of the present worker."""
        return self._process.pid if self._process else None

    def run(self) -> None:
        """Hand over tasks until there is a None."""
        self._start()
        while (task := self._tasks.get()) is not None:
            if not task.future.set_running_or_notify_cancel():
                continue
            try:
                task.future.set_result(self._ask(task.reading))
            except BaseException as problem:  # whoever waits must hear of it; the thread goes on with the next
                task.future.set_exception(problem)
        self._end()

    def _ask(self, reading: Reading) -> ReadPage | Unread:
        if self._read >= self._renewed:
            self._end()
        connection = self._connection or self._start()
        self._read += 1
        try:
            connection.send(reading)
        except OSError:  # it died while it had nothing to do; the page is not to blame
            self._end(kill=True)
            connection = self._start()
            connection.send(reading)
        try:
            if connection.poll(self.patience):
                answer: ReadPage | Unread = connection.recv()
                return answer
            self._end(kill=True)
            return Unread(f"took longer than {self.patience:g} seconds to read")
        except (EOFError, OSError):
            status = self._end(kill=True)
            return Unread(f"ended its reader (exit status {status})")

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=serve, args=(theirs,), name="redtop-worker", daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection, self._read = process, ours, 0
        return ours

    def _end(self, *, kill: bool = False) -> int | None:
        """Close the worker, by force if need be; give its exit status."""
        if self._process is None or self._connection is None:
            return None
        self._connection.close()
        self._process.join(0.2 if kill else self.patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        status = self._process.exitcode
        self._process.close()
        self._process = self._connection = None
        return status
