"""The runs of all shards, one row each; what they did is counted from the answers in the dataset."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.dataset as ds

from pipelines.database import open_writer, transaction
from pipelines.merge.dataset.columns import Columns
from pipelines.merge.dataset.tables import hashed, write_whole
from pipelines.merge.runs import fold_runs
from pipelines.merge.shard import Shard, reading, rows

_NAMES = ("id", "started", "finished", "status", "pages", "articles_new", "articles_changed", "errors")
_RUN = Columns(
    _NAMES,
    _NAMES,
    ("INTEGER", "TEXT", "TEXT", "TEXT", "INTEGER", "INTEGER", "INTEGER", "INTEGER"),
    "",
)
FILE = "crawl.parquet"


def write_runs(folder: Path, shards: Iterable[Shard]) -> None:
    """Write `crawl`, which is one file."""
    counts = _counted(folder / "fetch")
    with TemporaryDirectory(prefix="_redtop-", dir=folder) as place:
        db = open_writer(Path(place) / "runs.db")
        try:
            with transaction(db):
                for shard in shards:
                    with reading(shard.path) as source:
                        fold_runs(db, lambda sql, values, source=source, path=shard.path: rows(  # type: ignore[misc]
                            source, path, sql, values
                        ))  # fmt: skip
            found = []
            for started, finished, status in db.conn.execute(
                "SELECT started, finished, status FROM crawl ORDER BY started"
            ):
                number = hashed("crawl", started)
                done = counts[number]
                told = (done.total(), done["new"], done["changed"], done["failed"]) if finished else (0, 0, 0, 0)
                found.append((number, started, finished, status, *told))
        finally:
            db.close()
    write_whole(folder / "crawl" / FILE, _RUN, iter(found))


def _counted(folder: Path) -> dict[int, Counter[str]]:
    """Count the answers of every run by what came of them, some at a time."""
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    if folder.is_dir():
        for batch in ds.dataset(folder, format="parquet").to_batches(columns=["crawl_id", "result"]):
            for number, result in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                if number is not None:
                    counts[number][result] += 1
    return counts
