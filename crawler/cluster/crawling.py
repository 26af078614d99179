"""Outlets crawled by the workers of a cluster: each outlet by one worker at a time, into a shard that stays.

The frontier of an outlet lives in its shard: when a host may be asked again, what is known of it and what is due. So
the manners that hold on one machine hold across a cluster, and the next run goes on with the same shard.
"""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from crawler.archive import Form
from crawler.cluster.errors import ClusterError
from crawler.cluster.folder import SHARD, Folder
from crawler.cluster.lock import held
from crawler.cluster.outlet import Terms, Visit
from crawler.cluster.report import RunReport
from crawler.cluster.run import OnProgress, run_units
from crawler.cluster.seeding import seed
from crawler.cluster.unit import Manifest, Tell, Told, Unit
from crawler.cluster.worker import UnitError
from crawler.frontier.pace import Pace
from crawler.frontier.schema import frontier
from crawler.guard import host_of
from crawler.quota import Bounds
from crawler.report import CrawlReport, OutletReport
from crawler.site import Site
from pipelines.database import close_writer, open_writer
from pipelines.outage import outage_line


@dataclass(frozen=True)
class CrawlJob:
    """What a worker does with an outlet."""

    terms: Terms
    kind: str = "crawl"
    stays: bool = True
    at_once: int = 4
    """Outlets that a worker has under way: most of the time each waits until its host may be asked again."""

    def do(self, unit: Unit, shard: Path, tell: Tell) -> Told:
        """Crawl the outlets of a unit, in a process of their own; its end ends the crawl and nothing else."""
        visit = Visit(unit.given, shard, self.terms, unit.seconds)
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "crawler.cluster.outlet"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
            with process:
                try:
                    summary = _followed(process, visit, tell)
                finally:
                    process.kill()
            if summary is None:
                errors.seek(0)
                last = errors.read().decode("utf-8", "replace").strip().splitlines()[-1:]
                raise UnitError(
                    f"the crawl ended with exit status {process.returncode}" + "".join(f": {x}" for x in last)
                )
        if summary["error"] or summary["status"] != "finished":
            raise UnitError(summary["error"] or f"the crawl was {summary['status']}")
        return _told(summary)


def _followed(process: subprocess.Popen[bytes], visit: Visit, tell: Tell) -> dict[str, Any] | None:
    """Pass on how far a crawl is; give what it says in the end, None where it says nothing."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(pickle.dumps(visit))
        process.stdin.flush()
    except BrokenPipeError:
        return None
    for line in process.stdout:
        said = json.loads(line)
        if "failed" in said:
            raise UnitError(said["failed"])
        if "report" in said:
            process.stdin.close()
            report: dict[str, Any] = said["report"]
            return report
        tell(said["pages"], 0)
    return None


def _told(summary: Mapping[str, Any]) -> Told:
    told = Told(pages=summary["fetched"], more={"crawl": dict(summary)})
    for name in ("new", "changed", "unchanged", "gone", "other_pages", "disallowed"):
        told.counts[name] = summary[name]
    return told


def crawl_on_cluster(
    sites: Sequence[Site],
    database: Path,
    *,
    where: str,
    folder: Folder,
    archive: Path,
    contact: str | None = None,
    allow_private: bool = False,
    bounds: Bounds | None = None,
    max_time: float | None = None,
    pace: Pace | None = None,
    archive_format: Form = "gzip",
    on_progress: OnProgress = lambda report: None,
) -> tuple[RunReport, CrawlReport]:
    """Crawl outlets once, as `crawl` does, with the workers of a cluster, and merge what they have into the database.

    Args:
        sites: the outlets.
        database: of the merged articles, made where there is none.
        where: `local:N`, or the address of a scheduler.
        folder: of the shards: one that the workers share, for the shard of an outlet is written in its place.
        archive: of the raw pages, which the workers reach under the same path.
        contact: where the operator is reached.
        allow_private: whether private addresses may be asked.
        bounds: how much is asked of each outlet.
        max_time: seconds after which the run asks for nothing more and ends in order; the start of the cluster is
            among them.
        pace: the frontier's intervals.
        archive_format: how raw pages are packed.
        on_progress: called a few times a second.

    Raises:
        ClusterError: there is no cluster, or another run is at work in the folder.
        DatabaseError: the database cannot be used.
    """
    if folder.path is None:
        raise ClusterError(
            f"{folder.address}: the shards of a crawl stay in a folder that all workers share, not there"
        )
    folder.prepare()
    units = outlet_units(sites)
    terms = Terms(
        archive=archive.absolute(), contact=contact, allow_private=allow_private, bounds=bounds or Bounds(),
        pace=pace or Pace(), archive_format=archive_format,
    )  # fmt: skip
    job = CrawlJob(terms)
    manifests: dict[str, Manifest] = {}
    report = RunReport()
    with held(folder):
        _seed_new(database, folder.path, units)
        run_units(
            where, job, units, folder, database, report=report, on_progress=on_progress, again=True, max_time=max_time,
            on_done=lambda unit, manifest: manifests.__setitem__(unit.name, manifest),
        )  # fmt: skip
    return report, _crawled(units, manifests, report)


def _seed_new(database: Path, folder: Path, units: Sequence[Unit]) -> None:
    """Give shards that are not there yet what the database knows of their outlets."""
    new = [unit for unit in units if not (folder / f"{unit.name}{SHARD}").exists()]
    if not new or not database.exists():
        return
    close_writer(open_writer(database, frontier))
    for unit in new:
        seed(database, folder / f"{unit.name}{SHARD}", [site.domain for site in unit.given])


def outlet_units(sites: Iterable[Site]) -> list[Unit]:
    """Give a unit for each outlet; outlets that share a host are one, so that a host is always one worker's."""
    groups: list[tuple[set[str], list[Site]]] = []
    for site in sites:
        hosts = _hosts(site)
        joined = [group for group in groups if group[0] & hosts]
        groups = [group for group in groups if not group[0] & hosts]
        members = [member for _, found in joined for member in found]
        groups.append((hosts.union(*(found for found, _ in joined)), [*members, site]))
    units = []
    for _, found in groups:
        domains = sorted(site.domain for site in found)
        units.append(Unit(f"crawl-{domains[0]}", ", ".join(domains), 1, tuple(found)))
    return units


def _hosts(site: Site) -> set[str]:
    """Give the hosts that an outlet's crawl may ask."""
    listed = (*site.feeds, *site.sitemaps, *site.sections)
    return {name.partition(":")[0] for name in (*site.hosts, *(host_of(listing.url) for listing in listed))}


def _crawled(units: Sequence[Unit], manifests: Mapping[str, Manifest], run: RunReport) -> CrawlReport:
    """Make one report of the crawls of all units."""
    outlets: dict[str, OutletReport] = {}
    report = CrawlReport(crawl_id=0, outlets=outlets, status=run.status, seconds=run.seconds)
    report.is_out_of_time = run.is_out_of_time
    for unit in units:
        manifest = manifests.get(unit.name)
        if manifest is None:
            failed = Counter([run.set_aside[unit.what]] if unit.what in run.set_aside else [])
            for site in unit.given:
                outlets[site.domain] = OutletReport(site=site.domain, name=site.name, failed=failed)
            continue
        told = manifest.more["crawl"]
        report.alarms.update(told["alarms"])
        report.news.begun.update({site: told["alarms"][site] for site in told["alarms_begun"]})
        report.news.lasting.update({site: told["alarms"][site] for site in told["alarms_lasting"]})
        report.news.ended.update(told["alarms_ended"])
        report.is_out_of_time |= told["out_of_time"]
        for found in told["outlets"]:
            known = {name: value for name, value in found.items() if name not in ("served", "failed", "declined")}
            outlets[found["site"]] = OutletReport(
                **known, failed=Counter(found["failed"]), declined=Counter(found["declined"])
            )
    _put_outage(report)
    return report


def _put_outage(report: CrawlReport) -> None:
    """Where hardly any outlet answered, tell that and not an alarm of each; a shard knows only of its own."""
    silent = [outlet.site for outlet in report.outlets.values() if outlet.is_unanswered]
    asked = [outlet for outlet in report.outlets.values() if outlet.listings or outlet.fetched or outlet.failed]
    report.outage = outage_line(len(asked), len(silent))
    if report.outage:
        for site in report.news.begun.keys() & set(silent):
            del report.news.begun[site], report.alarms[site]
        report.news = replace(report.news, outage=report.outage)
