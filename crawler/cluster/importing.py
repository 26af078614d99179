"""WARC files into the database, by the workers of a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from crawler.archive_files import ArchiveError
from crawler.cluster.folder import Folder
from crawler.cluster.lock import held
from crawler.cluster.plan import SIZE, reading_identity, warc_units
from crawler.cluster.report import RunReport
from crawler.cluster.run import OnProgress, run_units
from crawler.cluster.unit import Tell, Told, Unit
from crawler.cluster.worker import UnitError
from crawler.importing import Wanted, import_files, name_in
from crawler.site import Site
from crawler.warc_part import Part


@dataclass(frozen=True)
class ImportJob:
    """What a worker does with a part of a WARC file: what `redtop import` does with a file."""

    sites: Mapping[str, Site]
    wanted: Wanted
    archive: Path
    kind: str = "import"
    stays: bool = False
    at_once: int = 1

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        """Import the part into the shard; it may break off, but must be there."""
        part: Part = unit.given
        hashed = blake2b(digest_size=16)
        report = import_files(
            [part], shard, self.sites, wanted=self.wanted, workers=1, folder=self.archive, hashed=hashed,
            is_durable=False, on_progress=lambda report: tell(report.pages, report.offset - part.start),
        )  # fmt: skip
        if report.is_unreached:
            raise UnitError(report.broken[0])
        told = Told(digest=hashed.hexdigest(), pages=report.pages, failed=report.failed, broken=report.broken)
        for name in ("new", "changed", "unchanged", "other_pages", "known", "unwanted"):
            told.counts[name] = getattr(report, name)
        return told


def import_on_cluster(
    addresses: Iterable[str],
    database: Path | None,
    sites: Mapping[str, Site],
    *,
    where: str,
    folder: Folder,
    archive: Path,
    wanted: Wanted | None = None,
    keep: bool = False,
    allow_private: bool = False,
    size: int = SIZE,
    on_progress: OnProgress = lambda report: None,
) -> RunReport:
    """Read WARC files into the database as `import_files` does, with the workers of a cluster.

    Args:
        addresses: of the files: paths that the workers can open, or addresses of fsspec's.
        database: of the merged pages, made where there is none; None: the shards are left as they are.
        sites: known outlets by registrable domain, for their rules.
        where: `local:N`, or the address of a scheduler.
        folder: of the shards.
        archive: the archive folder; pages of files that lie there are found again.
        wanted: which pages are taken; None: all.
        keep: whether files of this machine are copied to the archive folder before.
        allow_private: whether addresses on the web may lead to private networks.
        size: bytes of a unit.
        on_progress: called a few times a second.

    Raises:
        ClusterError: there is no cluster, or another run is at work in the folder.
        DatabaseError: the database cannot be used.
    """
    wanted = wanted or Wanted()
    folder.prepare()
    with held(folder):
        identity = ("import", sorted(wanted.sites), wanted.since, wanted.until, reading_identity(sites))
        kept, missing = _kept(addresses, archive) if keep else (list(addresses), {})
        plan = warc_units(kept, identity, allow_private=allow_private, size=size)
        job = ImportJob(sites, wanted, archive.absolute())
        report = RunReport(missing=missing | plan.missing)
        return run_units(where, job, plan.units, folder, database, report=report, on_progress=on_progress)


def _kept(addresses: Iterable[str], archive: Path) -> tuple[list[str], dict[str, str]]:
    """Copy files to the archive folder; give where they lie then, and what is wrong with the others."""
    kept, missing = [], {}
    for address in addresses:
        try:
            path = Part(address).path
            name = name_in(archive, path, keep=True) if path else None
            kept.append(str(archive / name) if name else address)
        except ArchiveError as problem:
            missing[address] = str(problem)
    return kept, missing
