"""Names to addresses: names below `.localhost` mean loopback, and private addresses are handed on only if allowed.

What is handed on is exactly what is connected to, so an answer of the DNS cannot change between check and use.
"""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Collection, Sequence

from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.interfaces import IAddress, IHostnameResolver, IHostResolution, IResolutionReceiver
from zope.interface import implementer  # type: ignore[import-untyped]

from crawler.guard import is_local_name, is_private

PATIENCE = 15.0
"""Seconds that an answer of the DNS may take."""
KEPT = 300.0
"""Seconds that an answer is used again."""


@implementer(IHostResolution)
class _Resolution:
    def __init__(self, name: str) -> None:
        self.name = name

    def cancel(self) -> None:
        """Nothing to call off: the answer is awaited in a thread and then dropped."""


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves for the reactor; asks the system in a thread."""

    def __init__(
        self, loop: asyncio.AbstractEventLoop, *, allow_private: bool, trusted: Collection[str] = frozenset()
    ) -> None:
        """Resolve on a loop; `trusted` are names that may be private whatever is allowed: those of proxies."""
        self._loop = loop
        self._allow_private, self._trusted = allow_private, trusted
        self._answers: dict[str, tuple[float, list[str]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.refused: dict[str, str] = {}
        """Host names that were not connected to, and the private address that they stand for."""

    def resolveHostName(  # noqa: N802 (Twisted's interface)
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Tell the receiver the addresses of a host."""
        resolution = _Resolution(hostName)
        resolutionReceiver.resolutionBegan(resolution)  # type: ignore[call-arg,misc]  # zope interfaces have no self
        task = self._loop.create_task(self._tell(resolutionReceiver, hostName, portNumber))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return resolution  # type: ignore[return-value]

    async def _tell(self, receiver: IResolutionReceiver, name: str, port: int) -> None:
        for address in await self.addresses(name):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))  # type: ignore[call-arg,misc]
        receiver.resolutionComplete()  # type: ignore[misc]

    async def addresses(self, name: str) -> list[str]:
        """Give the addresses of a host that may be connected to; none where it is unknown or private."""
        self.refused.pop(name, None)
        found = await self._look_up(name)
        if self._allow_private or name in self._trusted:
            return found
        private = [address for address in found if is_private(address)]
        if private:
            self.refused[name] = private[0]
        return [address for address in found if address not in private]

    async def refuses(self, name: str) -> bool:
        """Whether a name stands for a private address that may not be asked, for what others resolve and connect to.

        False where it cannot be looked up here.
        """
        if self._allow_private:
            return False
        private = [address for address in await self._look_up(name) if is_private(address)]
        if private:
            self.refused[name] = private[0]
        return bool(private)

    async def _look_up(self, name: str) -> list[str]:
        if is_local_name(name):
            return ["127.0.0.1"]
        known = self._answers.get(name)
        if known and known[0] > time.monotonic():
            return known[1]
        try:
            answer = await asyncio.wait_for(self._loop.getaddrinfo(name, None, type=socket.SOCK_STREAM), PATIENCE)
        except (OSError, UnicodeError, TimeoutError):
            return []
        found = list(dict.fromkeys(str(entry[4][0]) for entry in answer))
        self._answers[name] = (time.monotonic() + KEPT, found)
        return found
