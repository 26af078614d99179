"""A unit of work, and what became of it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

Tell = Callable[[int, int], None]
"""Is told how many pages of a unit have been read, and how many of its bytes."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What one worker does in one go."""

    name: str
    """Of its shard; the same work has the same name."""
    what: str
    """For a person."""
    size: int
    """How much there is to do, in bytes or in whatever the units of a run are measured in."""
    given: Any
    """What the job needs to know of it."""
    seconds: float | None = None
    """That it may take from when it is sent; what it has not come to then is left. None: as long as it needs."""


@dataclass(slots=True, kw_only=True)
class Told:
    """What a job says of a unit that it has done."""

    digest: str = ""
    """Of the input, as it was read."""
    pages: int = 0
    rows: dict[str, int] | None = None
    """Of the shard; None: as they are counted in its database."""
    counts: Counter[str] = field(default_factory=Counter)
    """New and changed articles, pages that are none, …"""
    failed: Counter[str] = field(default_factory=Counter)
    """Pages that could not be read, by reason."""
    broken: list[str] = field(default_factory=list)
    """What is wrong with the input, so that nothing more could be had of it."""
    more: dict[str, Any] = field(default_factory=dict)
    """Whatever else the job has to say, in plain JSON types."""


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What stands beside a finished shard."""

    unit: str
    what: str
    job: str
    digest: str
    extractor_version: str
    schema: str
    """The last change of the database's form that the shard has."""
    rows: dict[str, int]
    """Of its tables."""
    pages: int
    bytes: int
    """Of the shard."""
    seconds: float
    core_seconds: float
    memory: int
    """The most that the worker and its reader held, in bytes."""
    worker: str
    counts: dict[str, int]
    failed: dict[str, int]
    broken: list[str]
    more: dict[str, Any]

    @property
    def mark(self) -> str:
        """What tells its shard from every other one, and from itself before it was made anew."""
        return blake2b(json.dumps(self.to_dict(), sort_keys=True).encode(), digest_size=16).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain JSON types."""
        return asdict(self)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Manifest:
        """Read what `to_dict` gave. Raises `TypeError`, `ValueError` or `KeyError` for anything else."""
        return cls(**{name: record[name] for name in cls.__slots__})


class Job(Protocol):
    """What is done with each unit of a run, in whichever worker."""

    @property
    def kind(self) -> str:
        """`import`, `crawl`, …"""

    @property
    def stays(self) -> bool:
        """Whether a unit goes on with the shard of the run before, in its place."""

    @property
    def at_once(self) -> int:
        """Units that one thread of a worker has under way: more than one where they mostly wait."""

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        """Make a unit's shard. Raises an exception of one line where it cannot; whatever is there then is forgotten."""


def unit_name(title: str, *identity: object) -> str:
    """Give a name that is good for a file, easy to recognise, and another one for other work."""
    plain = re.sub(r"[^A-Za-z0-9.-]+", "-", title).strip("-.")[-80:]
    digest = blake2b("\x00".join(map(str, identity)).encode(), digest_size=8).hexdigest()
    return f"{plain or 'unit'}-{digest}"
