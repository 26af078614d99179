"""The one event loop of a process: asyncio's, with Scrapy's reactor sitting on it.

The reactor is never run by itself. Whoever runs the loop runs it too, as often as needed, which a reactor alone does
not allow.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Collection, Coroutine, Iterator
from contextlib import contextmanager
from functools import cache
from threading import Event, current_thread, main_thread
from typing import Any, TypeVar

from twisted.python import log

from crawler.resolver import GuardedResolver

T = TypeVar("T")


@cache
def event_loop() -> asyncio.AbstractEventLoop:
    """Give the process's loop, made at the first call."""
    from scrapy.utils.reactor import install_reactor

    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    log.PythonLoggingObserver("twisted").start()  # type: ignore[no-untyped-call]
    return asyncio.get_event_loop()


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run the loop until this is done; Ctrl-C calls it off before it leaves, wherever in the loop it strikes."""
    loop = event_loop()
    task = loop.create_task(work)
    with _calling_off(loop, task) as called_off:
        try:
            return loop.run_until_complete(task)
        except asyncio.CancelledError:
            if called_off.is_set():
                raise KeyboardInterrupt from None
            raise


@contextmanager
def _calling_off(loop: asyncio.AbstractEventLoop, task: asyncio.Task[Any]) -> Iterator[Event]:
    """Let SIGINT call a task off, unless this process ignores it or has another use for it."""
    called_off = Event()
    heeds = signal.getsignal(signal.SIGINT) is signal.default_int_handler and current_thread() is main_thread()

    def call_off() -> None:
        called_off.set()
        task.cancel()

    if heeds:
        loop.add_signal_handler(signal.SIGINT, call_off)
    try:
        yield called_off
    finally:
        if heeds:
            loop.remove_signal_handler(signal.SIGINT)


def install_resolver(*, allow_private: bool, trusted: Collection[str] = frozenset()) -> GuardedResolver:
    """Let the reactor resolve names through a new guarded resolver; `trusted` are those of proxies."""
    loop = event_loop()
    from twisted.internet import reactor

    resolver = GuardedResolver(loop, allow_private=allow_private, trusted=trusted)
    reactor.installNameResolver(resolver)
    return resolver
