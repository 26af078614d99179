"""Several databases into one, as if one process had received all their pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlite_utils import Migrations

from pipelines.merge.into import Into
from pipelines.merge.progress import MergeProgress, MergeReport
from pipelines.merge.shard import examined

__all__ = ["Into", "MergeProgress", "MergeReport", "merge"]


def merge(
    shards: Sequence[Path],
    database: Path,
    *,
    note: Callable[[MergeProgress], None] = lambda progress: None,
    more: Sequence[Migrations] = (),
) -> MergeReport:
    """Fold shards into a database; what it has already stays as it is, so a second time changes nothing.

    A shard goes in whole, in one transaction, or not at all; SQLite writes a long one to its log, not into memory.
    The order of the shards makes no difference: an article that stands in several is made anew of all its pages, in the
    order in which they were received. Killed or stopped by a full disk, the same call goes on with the next shard.

    Args:
        shards: databases of redtop, of this version's schema; they are only read. One named twice counts once.
        database: made where there is none.
        note: called before each shard and after every few articles of it.
        more: sets of migrations that the database is to have beside the project's own, such as the frontier's; the
            tables of that are merged where a shard has them too.

    Raises:
        DatabaseError: a shard is missing, no database of redtop, of another version or the database itself (then
            nothing is changed); or the database cannot be used or written to (what is committed stays).
    """
    found = examined(shards, database)
    with Into(database, more) as into:
        return into.take(found, note)
