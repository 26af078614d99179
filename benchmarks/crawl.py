"""A crawl of real-shaped pages from fifty loopback hosts, beside a bare Scrapy spider that only fetches them.

    python benchmarks/crawl.py [--pages 2000] [--rounds 1]

Everything is included: fetch, archive, extraction, store. The two run in turn, on the same server, in processes of
their own. Told are pages a second, the CPU of each stage, what the sum of it allows on this machine's cores, and the
memory between a sixth of the pages and the end.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.loopback.cpu import Meter, idle, memory, now, spent_by  # noqa: E402
from benchmarks.loopback.pages import HOSTS, pack  # noqa: E402
from benchmarks.loopback.server import name_of, site_file  # noqa: E402

SHARED = ROOT.parent / "shared" / "bench" / "html"
STAGES = {"MainThread": "fetch", "asyncio": "archive", "redtop-leader": "hand over", "redtop-writer": "store"}


@dataclass(slots=True, kw_only=True)
class Crawled:
    """What a crawl took."""

    pages: int
    articles: int
    seconds: float
    stages: dict[str, float]
    """CPU seconds."""
    idle: float
    """CPU seconds of the machine that nobody used meanwhile."""
    memory: list[tuple[int, int]] = field(default_factory=list)
    """Pages so far, and bytes of all processes."""

    @property
    def rate(self) -> float:
        return self.pages / self.seconds

    @property
    def cpu(self) -> float:
        return sum(self.stages.values())

    @property
    def allowed(self) -> float:
        """Pages a second that the summed CPU allows on this machine's cores."""
        return self.pages * (os.cpu_count() or 1) / self.cpu

    @property
    def used(self) -> float:
        """Share of what other programs on the machine left of it; on an idle machine `rate` of `allowed`."""
        return self.cpu / (self.cpu + self.idle)

    @property
    def growth(self) -> float:
        """How much more memory the last tenth of the pages had than those about a sixth of the way."""
        early = [held for pages, held in self.memory if self.pages / 6 <= pages < self.pages / 6 + self.pages / 10]
        late = [held for pages, held in self.memory if pages >= self.pages * 0.9]
        return median(late) / median(early) - 1 if early and late else 0.0


@contextmanager
def served(folder: Path, count: int) -> Iterator[tuple[int, int]]:
    """Serve packed pages; give the port and the process."""
    command = [sys.executable, "-m", "benchmarks.loopback.server", str(folder), str(count)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdin is not None
    try:
        yield int(process.stdout.readline()), process.pid
    finally:
        process.stdin.close()
        process.wait()
        process.stdout.close()


def bare(port: int, count: int) -> tuple[float, float]:
    """Let bare Scrapy fetch the pages; give pages a second, and its CPU seconds a page."""
    command = [sys.executable, "-m", "benchmarks.loopback.bare", str(port), str(count)]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    pages, seconds, cpu = map(float, ran.stdout.split())
    assert pages == count, f"bare Scrapy had {pages:.0f} of {count} pages"
    return pages / seconds, cpu / pages


def crawled(folder: Path, port: int, server: int, count: int) -> Crawled:
    """Crawl the pages in a process of its own; it finds no Chromium, which it would show empty shells in."""
    before = spent_by(server)
    command = [sys.executable, str(Path(__file__).resolve()), "--crawl", str(folder), "--port", str(port)]
    blind = os.environ | {"PATH": ""}
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, env=blind)
    found = Crawled(**json.loads(ran.stdout.splitlines()[-1]))
    found.stages["serve"] = spent_by(server) - before
    assert found.pages == count, f"the crawl had {found.pages} of {count} pages"
    return found


def _crawl(folder: Path, port: int) -> None:
    from crawler.report import CrawlReport
    from crawler.run import crawl
    from crawler.site_file import parse_site

    sites = [parse_site(site_file(host, port), name_of(host)) for host in range(HOSTS)]
    held: list[tuple[int, int]] = []
    last = [0.0]

    def note(report: CrawlReport) -> None:
        if now() - last[0] > 2:
            last[0] = now()
            held.append((report.total("fetched"), memory()))

    with Meter() as meter:
        started, before = now(), idle()
        report = crawl(sites, folder / "redtop.db", allow_private=True, on_progress=note)
        seconds, left = now() - started, idle() - before
    assert report.is_served, report.error or next(iter(report.outlets.values()))
    stages = {STAGES[name]: seconds for name, seconds in meter.threads.items() if name in STAGES}
    stages["extract"] = meter.workers
    found = Crawled(
        pages=report.total("fetched"), articles=report.total("new"), seconds=seconds, stages=stages, idle=left,
        memory=held,
    )  # fmt: skip
    print(json.dumps(asdict(found)))


def told(found: Crawled, bare_rate: float, bare_cpu: float) -> Iterator[str]:
    """Say what was found, line by line."""
    yield f"{found.pages} pages, {found.articles} articles from {HOSTS} hosts in {found.seconds:.1f} s"
    yield f"pages a second: {found.rate:.1f}; bare Scrapy {bare_rate:.1f}; share {found.rate / bare_rate:.2f}"
    yield f"CPU a page of bare Scrapy: {1000 * bare_cpu:.2f} ms"
    yield from spending(found)


def spending(found: Crawled) -> Iterator[str]:
    """Say where the CPU and the memory went, line by line."""
    yield f"CPU a page: {1000 * found.cpu / found.pages:.2f} ms"
    for stage, spent in found.stages.items():
        yield f"    {stage:10} {1000 * spent / found.pages:6.2f} ms"
    cores = os.cpu_count()
    yield f"allowed by that on {cores} cores: {found.allowed:.1f} a second; reached {found.rate / found.allowed:.2f}"
    yield f"used of what other programs left of the machine: {found.used:.2f}"
    if found.memory:
        most = max(held for _, held in found.memory) / 2**20
        yield f"memory from a sixth of the pages to the end: {found.growth:+.1%}, at most {most:.0f} MB"


def measure(folder: Path, count: int, source: Path | None) -> tuple[Crawled, float, float]:
    """Do one round: bare Scrapy, then the crawl."""
    places = pack(folder / "pages", count, source)
    print(f"median page {median(place.bytes for place in places) / 1000:.0f} kB", flush=True)
    with served(folder / "pages", count) as (port, server):
        bare_rate, bare_cpu = bare(port, count)
        with tempfile.TemporaryDirectory(dir=folder) as run:
            return crawled(Path(run), port, server, count), bare_rate, bare_cpu


def parser_of(text: str | None) -> argparse.ArgumentParser:
    """Make the parser of a measurement on pages; `text` is the module's, and its first line the description."""
    parser = argparse.ArgumentParser(description=(text or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where packed pages are kept (default: a temporary folder)")
    parser.add_argument("--source", type=Path, default=SHARED, help="a folder of *.html.gz")
    return parser


def main() -> None:
    """Run from a shell."""
    parser = parser_of(__doc__)
    parser.add_argument("--crawl", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        _crawl(options.crawl, options.port)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        for _ in range(options.rounds):
            print("\n".join(told(*measure(folder, options.pages, options.source))), flush=True)


if __name__ == "__main__":
    main()
