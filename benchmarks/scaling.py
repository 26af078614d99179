"""Time and peak memory of `extract` on pages that grow, beside the bare lxml parse of the same bytes.

    python benchmarks/scaling.py [--only NAME] [--check]

Each figure is of a process of its own, which first reads a small page (so that modules and tables are loaded), forgets
the peak so far (`/proc/self/clear_refs`), then reads the page from a file and works. Memory is the peak beyond what the
process held before: the page's own bytes are part of it. Linux only.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lxml import etree

from benchmarks.scaling_pages import PAGES, real_shaped
from extractors import ExtractionError
from extractors.recipe import extract_any_page

_SMALL = 60_000
_TIMES_PARSE, _TIMES_PAGE, _UNEVEN = 2.0, 12.0, 1.5
"""What `--check` allows: memory beside the parse, beside a real-shaped page, and time per MB beside that at 1 MB."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process measured; memory in bytes."""

    size: int
    seconds: float
    memory: int
    outcome: str


def _extract(page: bytes) -> str:
    try:
        article = extract_any_page(page, url="https://dailyglint.localhost/2026/11/18/harbour-nights")
    except ExtractionError as problem:
        return str(problem)
    note = article.provenance.get("document", "")
    return f"{len(article.body)} blocks, {len(article.quotes)} quotes" + (f"; {note}" if note else "")


def _parse(page: bytes) -> str:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    return f"<{etree.fromstring(page, parser).tag}>"


WORK: dict[str, Callable[[bytes], str]] = {"extract": _extract, "parse": _parse}


def _memory(name: str) -> int:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("Error: this system does not tell a process's memory")


def measure(file: Path, work: str) -> Run:
    """Measure one page in this process."""
    WORK[work](real_shaped(_SMALL))
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)  # what the small page left free would hide the first MB
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak is from now on (proc(5))
    before = _memory("VmRSS")
    page = file.read_bytes()
    begun = time.process_time()
    outcome = WORK[work](page)
    return Run(len(page), time.process_time() - begun, _memory("VmHWM") - before, outcome)


def measured_apart(file: Path, work: str) -> Run:
    """Measure one page in a new process."""
    command = [sys.executable, __file__, "--measure", str(file), work]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"Error: {work} ended with {done.returncode}: {done.stderr.strip()[-300:]}")
    return Run(**json.loads(done.stdout))


def main() -> int:
    """Print the table; with `--check`, 1 where a bar is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=PAGES, help="measure one page")
    parser.add_argument("--check", action="store_true", help="exit with 1 where a bar is passed")
    parser.add_argument("--measure", nargs=2, metavar=("FILE", "WORK"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.measure:
        file, work = arguments.measure
        run = measure(Path(file), work)
        print(json.dumps({field: getattr(run, field) for field in Run.__slots__}))
        return 0
    print("| page | MB | CPU s | s per MB | parse alone, s | peak MB | times the parse's | times the page | outcome |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    failed, pace = False, 0.0
    for name in [arguments.only] if arguments.only else PAGES:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "page.html")
            file.write_bytes(PAGES[name]())
            ours, bare = measured_apart(file, "extract"), measured_apart(file, "parse")
        megabytes = ours.size / 1e6
        beside, page = ours.memory / max(bare.memory, 1), ours.memory / ours.size
        print(
            f"| {name} | {megabytes:.2f} | {ours.seconds:.2f} | {ours.seconds / megabytes:.2f} | {bare.seconds:.2f} "
            f"| {ours.memory / 1e6:.1f} | {beside:.2f} | {page:.1f} | {ours.outcome} |",
            flush=True,
        )
        real = name.startswith("real")
        pace = ours.seconds / megabytes if name == "real-shaped, 1 MB" else pace
        uneven = real and pace > 0 and ours.seconds / megabytes > pace * _UNEVEN
        failed = failed or uneven or beside > _TIMES_PARSE or (real and page > _TIMES_PAGE)
    return int(failed and arguments.check)


if __name__ == "__main__":
    raise SystemExit(main())
