"""Readings out of the shards of a run, each handed on when it is asked for and its unit is done."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from concurrent.futures import Future
from contextlib import ExitStack
from hashlib import blake2b
from threading import RLock

from crawler.cluster.damage import ANEW
from crawler.cluster.folder import Folder
from crawler.cluster.readings import Key, ReadShard, key_of
from crawler.one_line import one_line
from crawler.remote import RemoteError
from crawler.worker import ReadPage, Unread
from extractors import SiteRules
from pipelines.page import Page

AHEAD = 64
"""Pages that wait for their readings at a time."""
OPEN = 32
"""Shards that are open at a time, as copies on this machine where they lie elsewhere."""
LEFT = "its unit was set aside"


class Readings:
    """Gives pages as the workers read them; takes the place of `Workers`.

    The readings stay in their shards, and in memory only where each of them is. Any reading may be had several times:
    states of an article whose further pages changed have their first page in common.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.count = AHEAD
        self.lost: dict[str, str] = {}
        """Shards that could not be read, with the reason."""
        self._lock = RLock()
        self._names: list[str] = []
        self._places: dict[bytes, tuple[int, int]] = {}
        """Number of the shard, and of the page in it."""
        self._waiting: dict[bytes, list[Future[ReadPage | Unread]]] = {}
        self._open: OrderedDict[int, tuple[ReadShard, ExitStack]] = OrderedDict()
        self._end: BaseException | None = None
        self._is_over = False

    def submit(self, page: Page, rules: SiteRules | None = None) -> Future[ReadPage | Unread]:
        """Give what will hold the reading of a page."""
        future: Future[ReadPage | Unread] = Future()
        key = _short(key_of(page))
        with self._lock:
            if key in self._places:
                future.set_result(self._read(key))
            elif self._is_over:
                self._give_up(future)
            else:
                self._waiting.setdefault(key, []).append(future)
        return future

    def take(self, name: str) -> None:
        """Take in the shard of a finished unit; one that cannot be read is noted, and its unit done anew next time."""
        with self._lock:
            number = len(self._names)
            self._names.append(name)
            try:
                found = [(_short(key), place) for key, place in self._shard(number).places()]
            except (sqlite3.Error, RemoteError) as problem:
                self._lose(name, problem)
                return
            for key, place in found:
                self._places.setdefault(key, (number, place))
                for future in self._waiting.pop(key, []):
                    future.set_result(self._read(key))

    def close(self, problem: BaseException | None) -> None:
        """Say that no unit comes any more: whoever waits hears that the page is left, or of what ended the run."""
        with self._lock:
            self._is_over, self._end = True, problem
            for future in [future for futures in self._waiting.values() for future in futures]:
                self._give_up(future)
            self._waiting.clear()

    def forget(self) -> None:
        """Close the shards."""
        with self._lock:
            while self._open:
                self._open.popitem()[1][1].close()

    def _read(self, key: bytes) -> ReadPage | Unread:
        number, place = self._places[key]
        try:
            return self._shard(number).read(place)
        except (sqlite3.Error, RemoteError, ValueError) as problem:
            return Unread(self._lose(self._names[number], problem))

    def _shard(self, number: int) -> ReadShard:
        """Give a shard that is open, the one that was used longest ago closed for it."""
        if number not in self._open:
            with ExitStack() as stack:
                shard = ReadShard(stack.enter_context(self._folder.here(self._names[number])))
                stack.callback(shard.close)
                self._open[number] = shard, stack.pop_all()
            if len(self._open) > OPEN:
                self._open.popitem(last=False)[1][1].close()
        self._open.move_to_end(number)
        return self._open[number][0]

    def _lose(self, name: str, problem: Exception) -> str:
        reason = str(problem)
        if not isinstance(problem, RemoteError):  # else the way to the shard is to blame, and not what stands in it
            self._folder.forget(name)
            reason = f"{self._folder.at(name)} is damaged ({one_line(problem)}); {ANEW}"
        return self.lost.setdefault(name, reason)

    def _give_up(self, future: Future[ReadPage | Unread]) -> None:
        if self._end is None:
            future.set_result(Unread(LEFT))
        else:
            future.set_exception(self._end)


def _short(key: Key) -> bytes:
    return blake2b(repr(key).encode("utf-8", "replace"), digest_size=12).digest()
