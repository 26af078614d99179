"""Shards into a Parquet dataset, for what no SQLite file should hold.

Whatever concerns one outlet alone (which pages are one article, its revisions, template text, counts) is as in a merged
database: some outlets at a time are merged in a database of passage, which is written out and taken away. Copies and
stories go across outlets and are left open: `copy_of` and `story_id` are empty, and `agency` is there where the article
credits it itself. Ids are hashes of addresses, so that the rows of all tables fit together whatever was merged when.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipelines.database_error import explain
from pipelines.merge.dataset.manifest import Manifest
from pipelines.merge.dataset.passage import write_outlets
from pipelines.merge.dataset.runs import write_runs
from pipelines.merge.dataset.tables import fill_empty
from pipelines.merge.dataset.views import write_views
from pipelines.merge.progress import MergeProgress, MergeReport
from pipelines.merge.shard import examined

__all__ = ["write_dataset"]

BATCH = 50_000
"""Articles that are merged at a time; an outlet is never parted."""


def write_dataset(
    shards: Sequence[Path],
    folder: Path,
    *,
    note: Callable[[MergeProgress], None] = lambda progress: None,
    batch: int = BATCH,
) -> MergeReport:
    """Write what shards hold as Parquet files, by year, month and outlet; see `docs/operating.md`.

    Only outlets of which the shards are not those of the time before are written. Each file is written whole and
    renamed; killed, the same call goes on with the next outlets.

    Args:
        shards: databases of redtop, all that the dataset is to hold.
        folder: of the dataset; made where there is none.
        note: called before each shard and after every few articles of it.
        batch: articles that are merged at a time.

    Raises:
        DatabaseError: a shard cannot be merged, one that the dataset was made of is not named, another program writes
            to it, or the folder cannot be written to.
    """
    found = examined(shards)
    report = MergeReport()
    try:
        with Manifest(folder) as manifest:
            report.failed += manifest.take(found)
            report.shards = len(found) - len(report.failed)
            report.pages = report.known = manifest.pages()
            for outlets in manifest.changed(batch):
                counts = write_outlets(folder, manifest, outlets, note)
                report.known -= counts.pages - counts.known
                report.new += counts.new
                report.joined += counts.joined
                manifest.finish(outlets)
            write_runs(folder, manifest.shards())
            fill_empty(folder)
            write_views(folder)
    except OSError as problem:
        raise explain(folder, problem) from problem
    return report
