"""Where the shards of a merge lie: files, folders of them, and files of a store at `s3://…`."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from crawler.remote import fetch, matching
from crawler.warc_part import is_remote
from pipelines.database_error import DatabaseError

ENDING = ".db"


class Places(NamedTuple):
    """Shards by where they lie."""

    here: list[Path]
    elsewhere: list[str]


def places(names: Iterable[str]) -> Places:
    """Give the shards that names mean: a folder stands for the `*.db` in it, and `s3://…` may have `*` in it.

    Raises:
        DatabaseError: a folder has none.
        RemoteError: there is nothing at an address, or its store cannot be asked.
    """
    here: list[Path] = []
    elsewhere: list[str] = []
    for name in names:
        if is_remote(name):
            folder = not name.endswith(ENDING) and "*" not in name
            elsewhere += matching(f"{name.rstrip('/')}/*{ENDING}" if folder else name)
        elif (path := Path(name)).is_dir():
            found = sorted(path.glob(f"*{ENDING}"))
            if not found:
                raise DatabaseError(f"{path} has no shards in it")
            here += found
        else:
            here.append(path)
    return Places(here, list(dict.fromkeys(elsewhere)))


@contextmanager
def brought(address: str) -> Iterator[Path]:
    """Give a shard from elsewhere as a file of this machine, for as long as it is needed. Raises `RemoteError`."""
    with tempfile.TemporaryDirectory(prefix="redtop-shard-") as folder:
        path = Path(folder) / address.rpartition("/")[2]
        fetch(address, path)
        yield path
