"""The one event loop of a process: asyncio's, with Scrapy's reactor sitting on it.

The reactor is never run by itself. Whoever runs the loop runs it too, as often as needed, which a reactor alone does
not allow.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Coroutine
from contextlib import suppress
from functools import cache
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
    """Run the loop until this is done; Ctrl-C calls it off before it leaves."""
    loop = event_loop()
    task = loop.create_task(work)
    try:
        return loop.run_until_complete(task)
    except KeyboardInterrupt:
        task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            loop.run_until_complete(task)
        raise


def install_resolver(*, allow_private: bool, trusted: Collection[str] = frozenset()) -> GuardedResolver:
    """Let the reactor resolve names through a new guarded resolver; `trusted` are those of proxies."""
    loop = event_loop()
    from twisted.internet import reactor

    resolver = GuardedResolver(loop, allow_private=allow_private, trusted=trusted)
    reactor.installNameResolver(resolver)
    return resolver
