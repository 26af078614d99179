"""What a database costs as it grows: articles a second, bytes an article, and how long a researcher waits.

    python benchmarks/scale.py [--sizes 10000 100000 300000] [--folder FOLDER]

One database is filled with the articles of `benchmarks.corpus`, through the project's own writer; at each size it is
closed, and questions are put to it in a process of their own, twice: the second process finds the file in the system's
cache ("warm") and its figures are shown. Each question is put with several parameters; median and worst are over
these. The rate is of the writer's time only: the making of the articles does not count.

The last articles of each size, as many as the smallest size has, are stored in turn with the first ones of a fresh
database beside it, a batch here and a batch there: whatever else the machine does falls on the beginning and on the
end alike. An hour between them made more of a difference than the articles did.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest
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
    """Seconds of the processor."""


class Rate(NamedTuple):
    """How fast pages are stored."""

    cpu: float
    """Pages a second of the processor."""
    clock: float
    """Pages a second of the clock."""


class Grown(NamedTuple):
    """A database at one of the sizes."""

    articles: int
    bytes_an_article: float
    first: Rate
    """Over as many articles at the beginning as the smallest size has."""
    last: Rate
    """The same at the end, in turn with the beginning."""
    waits: dict[str, list[float]]
    """Of each question, the milliseconds of each asking."""


def fill(path: Path, pages: Iterator[Piece], until: int, known: int = 0) -> list[Stretch]:
    """Store pages until that many articles are in the database."""
    with Writer(path) as writer:
        return list(_stored(writer, pages, until, known))


def fill_in_turn(path: Path, pages: Iterator[Piece], until: int, known: int) -> tuple[list[Stretch], list[Stretch]]:
    """Store pages until that many articles are in the database, in turn with as many first ones in a fresh database.

    Returns:
        The stretches of the fresh database and those of the other.
    """
    with (
        tempfile.TemporaryDirectory(dir=path.parent) as folder,
        Writer(path) as here,
        Writer(Path(folder) / "fresh.db") as beside,
    ):
        ended, begun = _stored(here, pages, until, known), _stored(beside, corpus(), until - known, 0)
        both = list(zip_longest(begun, ended))
    return [one for one, _ in both if one], [other for _, other in both if other]


def _stored(writer: Writer, pages: Iterator[Piece], until: int, known: int) -> Iterator[Stretch]:
    while known < until:
        batch = list(_batch(pages, until - known))
        started, cpu = time.perf_counter(), time.process_time()
        for future in [writer.submit(piece.outcome) for piece in batch]:
            future.result()
        spent = time.perf_counter() - started, time.process_time() - cpu
        known += sum(piece.visit == 1 for piece in batch)
        yield Stretch(known, len(batch), *spent)


def _batch(pages: Iterator[Piece], wanted: int) -> Iterator[Piece]:
    for piece in islice(pages, BATCH):
        yield piece
        wanted -= piece.visit == 1
        if not wanted:
            return


def rate(stretches: Sequence[Stretch]) -> Rate:
    """Give the rate over some stretches."""
    pages = sum(each.pages for each in stretches)
    return Rate(pages / sum(each.cpu for each in stretches), pages / sum(each.seconds for each in stretches))


def ask(path: Path) -> dict[str, list[float]]:
    """Put the questions to a database, in a process of their own, and once more; give the second's milliseconds."""
    command = [sys.executable, str(ROOT / "benchmarks" / "questions.py"), str(path)]
    for _ in range(2):
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT).stdout
    waits: dict[str, list[float]] = json.loads(answer)
    return waits


def grow(path: Path, sizes: Sequence[int], *, tell: bool = True) -> Iterator[Grown]:
    """Fill a database to each of the sizes, and ask it."""
    pages, known = corpus(), 0
    for size in sizes:
        if known:
            fill(path, pages, max(known, size - sizes[0]), known)
            begun, ended = fill_in_turn(path, pages, size, max(known, size - sizes[0]))
        else:
            begun = ended = fill(path, pages, size)
        known = size
        grown = Grown(size, path.stat().st_size / size, rate(begun), rate(ended), ask(path))
        if tell:
            print(f"{size} articles; the first {grown.first}, the last {grown.last}", flush=True)
        yield grown


def table(grown: Sequence[Grown]) -> Iterator[str]:
    """Print the questions down, the sizes across: median and worst in milliseconds."""
    yield "| | " + " | ".join(f"{each.articles:,}" for each in grown) + " |"
    yield "| --- |" + " --- |" * len(grown)
    yield "| bytes an article | " + " | ".join(f"{each.bytes_an_article:,.0f}" for each in grown) + " |"
    for name, of in (("CPU second", 0), ("second of the clock", 1)):
        yield f"| pages a {name}, the first | " + " | ".join(f"{each.first[of]:.0f}" for each in grown) + " |"
        yield f"| pages a {name}, the last | " + " | ".join(f"{each.last[of]:.0f}" for each in grown) + " |"
        yield (
            "| the last of the first | " + " | ".join(f"{each.last[of] / each.first[of]:.2f}" for each in grown) + " |"
        )
    for question in grown[-1].waits:
        cells = (
            f"{_median(each.waits[question]):.1f}; {max(each.waits[question]):.0f}" if question in each.waits else "–"
            for each in grown
        )
        yield f"| {question}: median; worst, ms | " + " | ".join(cells) + " |"


def missed(largest: Grown) -> Iterator[str]:
    """Name what misses its bar."""
    if largest.last.cpu < KEPT * largest.first.cpu:
        yield f"the rate falls to {largest.last.cpu / largest.first.cpu:.2f} of the first"
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
