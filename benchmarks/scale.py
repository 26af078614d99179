"""What a database costs as it grows: articles a second, bytes an article, and how long a researcher waits.

    python benchmarks/scale.py [--sizes 10000 100000 300000] [--folder FOLDER]

One database is filled with the articles of `benchmarks.corpus`, through the project's own writer; at each size it is
closed, and questions are put to it in a process of their own, twice: the second process finds the file in the system's
cache ("warm") and its figures are shown. Each question is put with several parameters; median and worst are over
these. The rate is of the writer's time only, of the processor's seconds where others work beside it: the making of the
articles does not count. It costs the same at any size, and so tells how much of a difference is the machine's: where
others fill the processor's caches, everything takes more of its seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import Piece, corpus  # noqa: E402
from pipelines.writer import Writer  # noqa: E402

SIZES = (10_000, 100_000, 300_000)
BATCH = 512
MEDIAN, WORST = 200.0, 2000.0
"""Bars for each question on the largest database, in milliseconds."""
KEPT = 0.8
"""Bar for the rate at the end against the rate at the beginning."""


class Stretch(NamedTuple):
    """A stretch of the filling."""

    articles: int
    """In the database at its end."""
    pages: int
    """Stored in it: articles, and articles read again."""
    seconds: float
    cpu: float
    """Seconds of the processor; what counts where others work on the same machine."""
    making: float
    """Seconds of the processor for the making of these pages."""


class Grown(NamedTuple):
    """A database at one of the sizes."""

    articles: int
    bytes_an_article: float
    first_rate: float
    """Pages a second of the processor, over as many articles at the beginning as the smallest size has."""
    last_rate: float
    """The same at the end."""
    last_wall: float
    """Pages a second of the clock at the end."""
    kept: tuple[float, float, float]
    """Share of the rate at the beginning that is left at the end: of the processor's seconds, of the clock's, and of
    the processor's with the machine's own pace taken out."""
    waits: dict[str, list[float]]
    """Of each question, the milliseconds of each asking."""


def fill(path: Path, pages: Iterator[Piece], until: int, known: int = 0) -> list[Stretch]:
    """Store pages until that many articles are in the database."""
    stretches = []
    with Writer(path) as writer:
        while known < until:
            begun = time.process_time()
            batch = list(_batch(pages, until - known))
            started, cpu = time.perf_counter(), time.process_time()
            for future in [writer.submit(piece.outcome) for piece in batch]:
                future.result()
            known += sum(piece.visit == 1 for piece in batch)
            spent = time.perf_counter() - started, time.process_time() - cpu
            stretches.append(Stretch(known, len(batch), *spent, cpu - begun))
    return stretches


def _batch(pages: Iterator[Piece], wanted: int) -> Iterator[Piece]:
    for piece in islice(pages, BATCH):
        yield piece
        wanted -= piece.visit == 1
        if not wanted:
            return


def first(stretches: Iterable[Stretch], articles: int) -> list[Stretch]:
    """Give the stretches that hold the first so many pages."""
    taken: list[Stretch] = []
    for stretch in stretches:
        taken.append(stretch)
        if sum(each.pages for each in taken) >= articles:
            break
    return taken


def rate(stretches: Sequence[Stretch]) -> tuple[float, float, float]:
    """Give pages a second of the processor, of the clock, and makings in the time of a storing."""
    pages, cpu = sum(each.pages for each in stretches), sum(each.cpu for each in stretches)
    return pages / cpu, pages / sum(each.seconds for each in stretches), sum(each.making for each in stretches) / cpu


def ask(path: Path) -> dict[str, list[float]]:
    """Put the questions to a database, in a process of their own, and once more; give the second's milliseconds."""
    command = [sys.executable, str(ROOT / "benchmarks" / "questions.py"), str(path)]
    for _ in range(2):
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    waits: dict[str, list[float]] = json.loads(answer)
    return waits


def grow(path: Path, sizes: Sequence[int], *, tell: bool = True) -> Iterator[Grown]:
    """Fill a database to each of the sizes, and ask it."""
    pages, known, stretches = _begun(corpus()), 0, []
    for size in sizes:
        stretches += fill(path, pages, size, known)
        known = size
        begun, ended = (rate(first(part, min(sizes))) for part in (stretches, stretches[::-1]))
        kept = (ended[0] / begun[0], ended[1] / begun[1], ended[2] / begun[2])
        if tell:
            spent = sum(each.seconds for each in stretches)
            print(
                f"{size} articles: pages a second of the processor {begun[0]:.0f}, at the end {ended[0]:.0f}; "
                f"of the clock {begun[1]:.0f}, at the end {ended[1]:.0f}; {spent:.0f} s in all; "
                f"kept {kept[0]:.2f}, {kept[1]:.2f}, without the machine's pace {kept[2]:.2f}",
                flush=True,
            )
        yield Grown(size, path.stat().st_size / size, begun[0], *ended[:2], kept, ask(path))


def _begun(pages: Iterator[Piece]) -> Iterator[Piece]:
    """Have the press itself made, which comes with its first page: it does not count as the making of an article."""
    return chain([next(pages)], pages)


def table(grown: Sequence[Grown]) -> Iterator[str]:
    """Print the questions down, the sizes across: median and worst in milliseconds."""
    yield "| | " + " | ".join(f"{each.articles:,}" for each in grown) + " |"
    yield "| --- |" + " --- |" * len(grown)
    yield "| bytes an article | " + " | ".join(f"{each.bytes_an_article:,.0f}" for each in grown) + " |"
    yield "| pages a CPU second, the last | " + " | ".join(f"{each.last_rate:.0f}" for each in grown) + " |"
    yield "| the same, of the first | " + " | ".join(f"{each.kept[0]:.2f}" for each in grown) + " |"
    yield "| without the machine's own pace | " + " | ".join(f"{each.kept[2]:.2f}" for each in grown) + " |"
    yield "| pages a second of the clock, the last | " + " | ".join(f"{each.last_wall:.0f}" for each in grown) + " |"
    yield "| the same, of the first | " + " | ".join(f"{each.kept[1]:.2f}" for each in grown) + " |"
    for question in grown[-1].waits:
        cells = (
            f"{_median(each.waits[question]):.1f}; {max(each.waits[question]):.0f}" if question in each.waits else "–"
            for each in grown
        )
        yield f"| {question}: median; worst, ms | " + " | ".join(cells) + " |"


def missed(largest: Grown) -> Iterator[str]:
    """Name what misses its bar."""
    if largest.kept[0] < KEPT:
        yield f"the rate falls to {largest.kept[0]:.2f} of the first"
    for question, waits in largest.waits.items():
        if _median(waits) >= MEDIAN or max(waits) >= WORST:
            yield f"{question}: {_median(waits):.0f} ms, at worst {max(waits):.0f} ms"


def _median(waits: Sequence[float]) -> float:
    return sorted(waits)[len(waits) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, help="keep the database here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = (given.folder or Path(folder)) / "scale.db"
        grown = list(grow(path, given.sizes))
    print(f"{os.cpu_count()} cores")
    print("\n".join(table(grown)))
    wrong = list(missed(grown[-1]))
    print("\n".join(f"Missed: {each}" for each in wrong))
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
