"""The raw pages of shards beside the database that they are merged into."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from filecmp import cmp
from pathlib import Path
from shutil import copyfile

from crawler.archive import OPEN, archive_beside
from crawler.archive_files import ArchiveError
from crawler.whole_file import whole_path
from pipelines.merge.shard import ShardError, reading, rows

_NAMED = (
    "SELECT archive_file FROM fetch WHERE archive_file IS NOT NULL "
    "UNION SELECT payload_file FROM fetch WHERE payload_file IS NOT NULL ORDER BY 1"
)


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A WARC file that a shard's rows name."""

    name: str
    folder: Path
    """Of the shard's archive."""


def archive_files_of(shards: Iterable[Path]) -> list[ArchiveFile]:
    """Name the archive files of shards, each once; a shard that cannot be read is left to the merge to tell of."""
    found: dict[ArchiveFile, None] = {}
    for shard in shards:
        with suppress(ShardError), reading(shard) as db:
            names = rows(db, shard, _NAMED)
            found.update((ArchiveFile(name, archive_beside(shard)), None) for (name,) in names)
    return list(found)


def keep_files(files: Sequence[ArchiveFile], folder: Path) -> int:
    """Put archive files into a database's archive folder, so that `raw` and `reextract` find their pages.

    They are linked where both folders are on one file system, else copied; what is there already stays.

    Returns:
        How many were put there.

    Raises:
        ArchiveError: one is missing, cannot be written, or has the name of another file.
    """
    return sum(_keep(file, folder) for file in files)


def missing_files(files: Iterable[ArchiveFile], folder: Path) -> list[str]:
    """Name the archive files that do not lie in a folder."""
    return sorted({file.name for file in files if not (folder / file.name).exists()})


def _keep(file: ArchiveFile, folder: Path) -> bool:
    source, target = file.folder / file.name, folder / file.name
    if Path(file.name).name != file.name:
        raise ArchiveError(f"{file.name} is no name of an archive file")
    if not source.exists() and (file.folder / (file.name + OPEN)).exists():
        raise ArchiveError(f"{source}{OPEN} is being written; merge its shard when its process has ended")
    try:
        if target.exists():
            if source.exists() and not target.samefile(source) and not cmp(source, target, shallow=False):
                raise ArchiveError(f"{source} cannot be kept: another file of that name lies in {folder}")
            return False
        with whole_path(target) as part:
            try:
                part.unlink()
                os.link(source, part)
            except FileNotFoundError:
                raise
            except OSError:  # another file system, or one without links
                copyfile(source, part)
    except OSError as problem:
        raise ArchiveError(f"{source} cannot be kept: {(problem.strerror or str(problem)).lower()}") from problem
    return True
