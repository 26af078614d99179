"""Some outlets through a database of passage into files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from pipelines.database import open_writer, transaction
from pipelines.merge.connections import Connections
from pipelines.merge.dataset.manifest import PASSAGE, Manifest
from pipelines.merge.dataset.tables import write_tables
from pipelines.merge.fold import fold
from pipelines.merge.progress import MergeProgress, MergeReport


def write_outlets(
    folder: Path, manifest: Manifest, outlets: Sequence[str], note: Callable[[MergeProgress], None]
) -> MergeReport:
    """Merge what all shards have of some outlets, and write it in place of what the dataset had of them."""
    total = MergeReport()
    shards = manifest.shards(outlets)
    with TemporaryDirectory(prefix=PASSAGE, dir=folder) as place:
        db = open_writer(Path(place) / "passage.db")
        try:
            db.conn.execute("PRAGMA synchronous = OFF")  # it is thrown away
            connections = Connections(db)
            for done, shard in enumerate(shards):

                def told(made: int, done: int = done) -> None:
                    note(MergeProgress(shards[done].path, done, len(shards), made, shards[done].articles))

                total.add(fold(db, connections, shard, told, outlets=outlets))
            with transaction(db):
                _leave_open(db.conn.execute)
            write_tables(db, folder, outlets)
        finally:
            db.close()
    return total


def _leave_open(execute: Callable[[str], object]) -> None:
    """Take away what would depend on which outlets were merged together."""
    execute(
        "UPDATE article SET copy_of = NULL, story_id = NULL, (agency, agency_by) = "
        "(SELECT CASE agency_by WHEN 'credit' THEN agency END, CASE agency_by WHEN 'credit' THEN agency_by END) "
        "WHERE copy_of IS NOT NULL OR story_id IS NOT NULL OR agency IS NOT NULL"
    )
