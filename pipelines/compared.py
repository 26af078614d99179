"""The shingles of texts that were compared lately.

What is alike comes in swarms: of twenty versions of one text each is compared with all others, and each of them would
be read and hashed anew every time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from random import Random
from threading import Lock

from pipelines.minhash import signed

MOST = 1 << 22
"""Shingles, of four bytes; those of some 10,000 articles."""


class Compared:
    """Shingles by signature, which tells the text. It forgets any of them when it is full, not the one that was asked
    for longest ago: a swarm larger than this is asked for in turn, and would be forgotten whole.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._held = most, 0
        self._known: dict[bytes, array[int]] = {}
        self._order: list[bytes] = []
        self._chance = Random(0)
        self._lock = Lock()

    def __len__(self) -> int:
        return self._held

    def shingles(self, signature: bytes, make: Callable[[], frozenset[int]]) -> Collection[int]:
        """Give the shingles of a text, each once.

        Args:
            signature: under which they are known.
            make: gives them where they are not; they are kept if the signature is theirs. It is not where what is
                template text of an outlet has just changed and the article is still to be recognised anew.
        """
        if known := self._known.get(signature):
            return known
        made = make()
        if signed(made) == signature:
            with self._lock:  # several databases may be written to at once
                self._keep(signature, array("I", made))
        return made

    def _keep(self, signature: bytes, made: array[int]) -> None:
        if signature in self._known:
            return
        order = self._order
        self._known[signature] = made
        order.append(signature)
        self._held += len(made)
        while self._held > self._most:
            place = self._chance.randrange(len(order))
            order[place], order[-1] = order[-1], order[place]
            self._held -= len(self._known.pop(order.pop()))
