"""Shards that are to blame themselves where they cannot be merged: their units are to be done anew."""

from __future__ import annotations

from crawler.cluster.folder import Folder
from crawler.remote import RemoteError
from pipelines.merge.shard import ShardError, check, reading

ANEW = "the next run makes it anew"


def drop_damaged(folder: Folder, unmerged: dict[str, str]) -> None:
    """Let those units count as unfinished whose shards are damaged or of another redtop's form, and say so.

    Args:
        folder: of the shards.
        unmerged: why each was not merged, by the unit's name; what is wrong with the shard itself is put in its place.
    """
    for name in list(unmerged):
        if fault := fault_of(folder, name):
            folder.forget(name)
            unmerged[name] = f"{fault}; {ANEW}"


def fault_of(folder: Folder, name: str) -> str | None:
    """Say what is wrong with a shard; None where it is well, or cannot be reached just now."""
    try:
        with folder.here(name) as path:
            try:
                with reading(path) as db:
                    check(db, path)
            except ShardError as problem:
                return str(problem).replace(str(path), folder.at(name)).partition("; ")[0]
    except RemoteError:
        return None
    return None
