"""`redtop import` of a WARC of real-shaped pages, beside a plain process pool that only runs `extract` on them.

    python benchmarks/import_warc.py [--pages 2000] [--rounds 1]

The import reads, extracts, finds copies, people and stories, and stores; the pool reads the same file and throws away
what it extracted. The two run in turn.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.crawl import Crawled, parser_of, spending  # noqa: E402
from benchmarks.loopback.cpu import Meter, idle, memory, now  # noqa: E402
from benchmarks.loopback.warcs import write  # noqa: E402
from crawler.importing import ImportReport, import_files  # noqa: E402
from crawler.warc_pages import read_pages  # noqa: E402
from extractors import ExtractionError, extract  # noqa: E402
from pipelines.page import Page  # noqa: E402

STAGES = {"MainThread": "read", "redtop-leader": "hand over", "redtop-writer": "store"}


def pool(files: list[Path]) -> tuple[float, float]:
    """Let a plain pool extract all pages; give pages a second, and the CPU seconds of its workers a page."""
    count = os.cpu_count() or 1
    pages, under_way = 0, deque[Future[bool]]()
    with Meter() as meter, ProcessPoolExecutor(count, get_context("forkserver")) as workers:
        workers.submit(int).result()
        started = now()
        for file in files:
            for found in read_pages(file):
                under_way.append(workers.submit(_extracted, found.page))
                pages += 1
                if len(under_way) > 8 * count:
                    under_way.popleft().result()
        for left in under_way:
            left.result()
        seconds = now() - started
        meter.look()
    return pages / seconds, meter.workers / pages


def _extracted(page: Page) -> bool:
    try:
        extract(page.body, url=page.url, fetched_at=page.fetched_at, charset=page.charset)
    except ExtractionError:
        return False
    return True


def imported(files: list[Path], db: Path) -> Crawled:
    """Import all pages into a new database."""
    held: list[tuple[int, int]] = []
    last = [0.0]

    def note(report: ImportReport) -> None:
        if now() - last[0] > 2:
            last[0] = now()
            held.append((report.pages, memory()))

    with Meter() as meter:
        started, before = now(), idle()
        report = import_files(files, db, {}, folder=db.parent / "archive", on_progress=note)
        seconds, left = now() - started, idle() - before
    assert report.status == "finished", report
    stages = {STAGES[name]: spent for name, spent in meter.threads.items() if name in STAGES}
    stages["extract"] = meter.workers
    return Crawled(pages=report.pages, articles=report.new, seconds=seconds, stages=stages, idle=left, memory=held)


def main() -> None:
    """Run from a shell."""
    options = parser_of(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        files = write(folder, options.pages, options.source)
        for _ in range(options.rounds):
            pool_rate, pool_cpu = pool(files)
            with tempfile.TemporaryDirectory(dir=folder) as run:
                found = imported(files, Path(run) / "redtop.db")
            print(f"{found.pages} pages, {found.articles} articles in {found.seconds:.1f} s")
            print(f"pages a second: {found.rate:.1f}; pool {pool_rate:.1f}; share {found.rate / pool_rate:.2f}")
            print(f"CPU a page of the pool's workers: {1000 * pool_cpu:.2f} ms")
            print("\n".join(spending(found)), flush=True)


if __name__ == "__main__":
    main()
