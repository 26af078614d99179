"""What a merge tells while it runs and at its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class MergeProgress:
    """How far a merge is."""

    shard: Path
    """The present one."""
    done: int
    """Shards that are in."""
    shards: int
    """In all."""
    articles: int
    """Of the present shard that are in its transaction, not yet committed."""
    of: int
    """Articles of the present shard."""


@dataclass(slots=True, kw_only=True)
class MergeReport:
    """What a merge did; it grows meanwhile."""

    shards: int = 0
    """That were folded in, or had been before."""
    pages: int = 0
    """Answers in the shards."""
    known: int = 0
    """Of those, that were there already, or came twice."""
    new: int = 0
    """Articles that were not there."""
    joined: int = 0
    """Articles of shards that were, and were made anew with the pages of both."""
    failed: list[str] = field(default_factory=list)
    """Shards that could not be read, with the reason; nothing of them is there."""

    def add(self, other: MergeReport) -> None:
        """Count what another merge did as well."""
        for name in ("shards", "pages", "known", "new", "joined"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.failed += other.failed
