"""`redtop import --cluster local:2` beside plain `redtop import` with two processes, in turn, on the same WARC files.

    python benchmarks/cluster.py [--files 8] [--pages 2500] [--rounds 1]
    python benchmarks/cluster.py --empty 100000

The pages are real-shaped (see import_warc.py). Both take their time from the first page to the last row; starting the
cluster is told apart. The databases must say the same, address by address. `--empty` sends so many units with nothing
in them through the scheduler instead, and says what one costs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.contents import contents  # noqa: E402
from benchmarks.crawl import SHARED  # noqa: E402
from benchmarks.loopback.cpu import memory as resident  # noqa: E402
from benchmarks.loopback.warcs import write  # noqa: E402
from crawler.importing import import_files  # noqa: E402

OF_A_RUN = frozenset({"crawl", "site_run"})
"""Tables that say by how many runs the pages came; here every unit is one."""


class Plain(NamedTuple):
    """What an import with processes of one command took."""

    pages: int
    seconds: float
    """From the first page on."""
    cores: float
    """Core-seconds."""
    memory: list[tuple[float, int]]
    """Seconds since the first page, and bytes of all its processes."""


def plain(files: list[Path], db: Path, workers: int) -> Plain:
    """Import with processes of one command."""
    from crawler.cluster.cost import core_seconds

    first: list[float] = []
    held: list[tuple[float, int]] = []
    before = core_seconds()

    def note(_: object) -> None:
        first[:1] = first[:1] or [time.monotonic()]
        after = time.monotonic() - first[0]
        if not held or after - held[-1][0] > 2:
            held.append((after, resident()))

    report = import_files(files, db, {}, workers=workers, folder=db.parent / "archive", on_progress=note)
    seconds = time.monotonic() - first[0]
    assert report.status == "finished", report
    assert not report.failed, report.failed
    return Plain(report.pages, seconds, core_seconds() - before, held)


def on_cluster(files: list[Path], db: Path, workers: int) -> tuple[Any, float]:
    """Import with the workers of a cluster; give the run's report, and the core-seconds of the command beside them."""
    from crawler.cluster.folder import Folder
    from crawler.cluster.importing import import_on_cluster

    before = time.process_time()
    report = import_on_cluster(
        [str(file) for file in files], db, {}, where=f"local:{workers}", folder=Folder(str(db.parent / "shards")),
        archive=db.parent / "archive",
    )  # fmt: skip
    assert report.is_whole, report
    assert not report.failed, report.failed
    return report, time.process_time() - before


def differences(one: Path, other: Path) -> list[str]:
    """Name the tables in which two databases do not say the same."""
    mine, its = by_address(one), by_address(other)
    return [name for name in mine if mine[name] != its[name]]


def by_address(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give what a database says, without the runs in which the pages came."""
    found = contents(db, but=OF_A_RUN)
    found["fetch"] = sorted((row[:-1] for row in found["fetch"]), key=repr)
    return found


def memory(who: str, held: list[tuple[float, int]]) -> str:
    """Say what was held over a run: the median of each sixth of it, and the most."""
    parts = [held[len(held) * part // 6 : len(held) * (part + 1) // 6] for part in range(6)]
    shown = ", ".join(f"{median(size for _, size in part) / 2**20:.0f}" for part in parts if part)
    return f"    {who}: {shown} MB in its sixths, at most {max(size for _, size in held) / 2**20:.0f} MB"


def beside(options: argparse.Namespace, folder: Path) -> None:
    """Do one round."""
    files = write(folder, options.files * options.pages, options.source, a_file=options.pages)
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} files of {options.pages} pages, {size / 2**20:.0f} MB", flush=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        run = Path(temporary)
        pages, seconds, cores, held = plain(files, run / "plain" / "redtop.db", options.workers)
        rate_plain = pages / seconds
        print(f"plain import, {options.workers} processes: {pages} pages in {seconds:.1f} s, {rate_plain:.1f} a second")
        print(f"    {1000 * cores / pages:.1f} core-milliseconds a page")
        print(memory("all processes", held), flush=True)
        report, own = on_cluster(files, run / "cluster" / "redtop.db", options.workers)
        rate, all_cores = report.pages / report.seconds, own + report.core_seconds
        print(f"--cluster local:{options.workers}: {report.pages} pages in {report.seconds:.1f} s, {rate:.1f} a second")
        print(
            f"    after a start of {report.start_up:.1f} s; {report.units} units; {report.tail:.1f} s of merging alone"
        )
        print(f"    {1000 * report.core_seconds / pages:.1f} core-milliseconds a page in the workers", end="")
        print(f", {1000 * own / pages:.1f} in the command, which merges")
        for worker, of_worker in sorted(report.memory.items()):
            print(memory(worker, of_worker))
        print(f"share: {rate / rate_plain:.2f} by the clock, {cores / all_cores:.2f} by the processor")
        wrong = differences(run / "plain" / "redtop.db", run / "cluster" / "redtop.db")
        print(f"tables that differ: {', '.join(wrong) or 'none'}", flush=True)


def empty(count: int, workers: int) -> None:
    """Send units with nothing in them through the scheduler; say what one costs, and what follows from it."""
    from crawler.cluster.engine import connected

    with connected(f"local:{workers}") as engine:
        started, spent = time.monotonic(), time.process_time()
        futures = engine.client.map(_nothing, range(count), pure=False)
        assert engine.client.gather(futures) == list(range(count))
        seconds, cpu = time.monotonic() - started, time.process_time() - spent
        futures.clear()
    each = seconds / count
    print(f"{count} empty units, {workers} workers: {seconds:.1f} s, {1000 * each:.3f} ms a unit by the clock")
    print(f"    {1000 * cpu / count:.3f} ms a unit of the scheduler's and the client's process")
    for unit in (1, 10, 60):
        print(f"    units of {unit} s: the scheduler is the limit from {unit / each:.0f} workers on (on paper)")


def _nothing(number: int) -> int:
    return number


def main() -> None:
    """Run from a shell."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--files", type=int, default=8)
    parser.add_argument("--pages", type=int, default=2500)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where packed pages are kept (default: a temporary folder)")
    parser.add_argument("--source", type=Path, default=SHARED, help="a folder of *.html.gz")
    parser.add_argument("--empty", type=int, help="units with nothing in them, instead")
    options = parser.parse_args()
    if options.empty:
        empty(options.empty, options.workers)
        return
    with tempfile.TemporaryDirectory() as temporary:
        for _ in range(options.rounds):
            beside(options, options.folder or Path(temporary))


if __name__ == "__main__":
    main()
