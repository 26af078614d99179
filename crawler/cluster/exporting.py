"""An export in parts, written by the workers of a cluster: a folder that DuckDB, polars and Dask read as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import Folder
from crawler.cluster.report import RunReport
from crawler.cluster.run import OnProgress, run_units
from crawler.cluster.unit import Tell, Told, Unit
from crawler.exporting import write_file, write_records, write_table
from crawler.remote import file_system, speaking
from crawler.warc_part import is_remote
from crawler.whole_file import whole_folder
from pipelines.database import open_reader
from pipelines.research.export import snapshot

ARTICLES = 2000
"""Articles of a part: some ten seconds' work, some megabytes."""
ENDINGS = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet", "jsonld": ".jsonld", "zyte": ".jsonl"}
"""Forms that can be had in parts."""


@dataclass(frozen=True)
class ExportJob:
    """What a worker does with some articles: what `redtop export` does with all."""

    database: Path
    form: str
    table: str | None
    kind: str = "export"
    stays: bool = False
    at_once: int = 1

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        """Write the part."""
        ids: Sequence[int] = unit.given
        db = open_reader(self.database)
        try:
            with snapshot(db):
                write = partial(write_file, output=shard)
                if self.table or self.form == "csv":
                    write_table(db, ids, self.form, self.table or "article", shard, write)
                else:
                    write_records(db, ids, self.form, shard, write)
        finally:
            db.close()
        return Told(pages=len(ids), rows={"article": len(ids)})


def export_on_cluster(
    database: Path,
    ids: Sequence[int],
    output: str,
    *,
    where: str,
    form: str,
    table: str | None = None,
    on_progress: OnProgress = lambda report: None,
) -> RunReport:
    """Write articles into a folder, in parts.

    A folder of the file system is there when it is whole. Every part is a view of the database of its own, so nobody
    should write to that meanwhile.

    Args:
        database: that the workers reach under the same path.
        ids: of the articles.
        output: the folder, which must be empty or not there: a path, or an address at `s3://`.
        where: `local:N`, or the address of a scheduler.
        form: one of `ENDINGS`.
        table: rows of this table instead of whole records.
        on_progress: called a few times a second.

    Raises:
        ClusterError: there is no cluster, or the folder is not empty, or a part could not be written.
        OSError: the folder cannot be written to.
    """
    job = ExportJob(database.absolute(), form, table)
    parts = [ids[start : start + ARTICLES] for start in range(0, len(ids), ARTICLES)]
    units = [Unit(f"part-{number:05}", f"part {number}", len(part), part) for number, part in enumerate(parts)]
    report = RunReport()
    with ExitStack() as stack:
        if is_remote(output):
            _need_empty(output)
            address = output
        else:
            address = str(stack.enter_context(whole_folder(Path(output).absolute())))
        folder = Folder(address, ending=ENDINGS[form], has_manifests=False)
        folder.prepare()
        stack.enter_context(_whole(folder, units))
        run_units(where, job, units, folder, None, report=report, on_progress=on_progress, again=True)
        if report.set_aside:
            what, reason = next(iter(report.set_aside.items()))
            raise ClusterError(f"{output}: {what} could not be written: {reason}")
        if report.status == "interrupted":
            raise ClusterError(f"{output}: the export was interrupted")
    return report


@contextmanager
def _whole(folder: Folder, units: Sequence[Unit]) -> Iterator[None]:
    """Take away the parts that are there, where not all of them could be written."""
    try:
        yield
    except BaseException:
        for unit in units:
            folder.remove(unit.name)
        raise


def _need_empty(address: str) -> None:
    with speaking(address):
        if file_system(address).glob(f"{address.rstrip('/')}/*"):
            raise ClusterError(f"{address} is there and not empty")
