"""The shingles of texts that were compared lately.

What is alike comes in swarms: of twenty versions of one text each is compared with all others, and each of them would
be read and hashed anew every time.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection
from random import Random

from pipelines.minhash import signed

MOST = 8192
"""Texts; some 2 kB each."""


class Compared:
    """Shingles by signature, which tells the text. It forgets any of them when it is full, not the one that was asked
    for longest ago: a swarm larger than this is asked for in turn, and would be forgotten whole.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: dict[bytes, array[int]] = {}
        self._order: list[bytes] = []
        self._chance = Random(0)

    def __len__(self) -> int:
        return len(self._known)

    def shingles(self, signature: bytes, make: Callable[[], frozenset[int]]) -> Collection[int]:
        """Give the shingles of a text, each once.

        Args:
            signature: under which they are known.
            make: gives them where they are not; they are kept if the signature is theirs. It is not where what is
                template text of an outlet has just changed and the article is still to be recognised anew.
        """
        known = self._known.get(signature)
        if known is None:
            made = make()
            if signed(made) != signature:
                return made
            known = self._known[signature] = array("I", made)
            if len(self._order) < self._most:
                self._order.append(signature)
            else:
                place = self._chance.randrange(self._most)
                self._known.pop(self._order[place], None)
                self._order[place] = signature
        return known
