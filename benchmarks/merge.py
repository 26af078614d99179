"""What folding shards into one database costs beside storing the same articles at once, and whether both are the same.

    python benchmarks/merge.py [--shards 100] [--articles 3000] [--deal slices|random] [--folder FOLDER]

The articles are those of `benchmarks.corpus`, known ones that are read again among them. `slices`: each shard has the
pages of a stretch of time, as the files of CC-NEWS have; `random`: each page goes to any shard. Storing and merging run
in a process each, whose largest memory is told; the making of the articles, and the finding of their names, which
workers do, do not count. Then the shards are merged in another order, and once more into the database that has them.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.contents import digests, raw_digests  # noqa: E402
from benchmarks.corpus import corpus  # noqa: E402
from extractors.people import find_people  # noqa: E402
from pipelines.merge import merge  # noqa: E402
from pipelines.outcome import Outcome  # noqa: E402
from pipelines.writer import Writer  # noqa: E402

BATCH = 512
OPEN = 25
"""Shards that are filled at a time."""


class Cost(NamedTuple):
    """What a way to the database cost."""

    articles: int
    seconds: float
    cpu: float
    megabytes: float
    """The largest resident memory of the process."""


class Compared(NamedTuple):
    """The outcome."""

    stored: Cost
    merged: Cost
    again: Cost
    unequal: list[str]
    """Tables in which the merged database differs from the one that was filled at once."""
    ordered: list[str]
    """Tables in which it differs from the one of another order."""
    rewritten: list[str]
    """Tables that the second merge changed."""


def pages(articles: int) -> Iterator[Outcome]:
    """Give pages until that many articles are new."""
    known = 0
    for piece in corpus():
        known += piece.visit == 1
        yield piece.outcome
        if known == articles:
            return


def fill_shards(folder: Path, shards: int, articles: int, deal: str) -> list[Path]:
    """Make the shards, a part of them at a time."""
    paths = [folder / f"shard-{number:03}.db" for number in range(shards)]
    for start in range(0, shards, OPEN):
        chance = random.Random(1)
        with ExitStack() as stack:
            writers = {
                number: stack.enter_context(Writer(paths[number])) for number in range(start, min(start + OPEN, shards))
            }
            for at, outcome in enumerate(pages(shards * articles)):
                number = min(at // articles, shards - 1) if deal == "slices" else chance.randrange(shards)
                if number in writers:
                    done = writers[number].submit(outcome)
                    if at % BATCH == 0:
                        done.result()
    return paths


def store(path: Path, articles: int) -> tuple[float, float]:
    """Store the articles at once; give the seconds of the clock and of the processor that the writer took."""
    made, seconds, cpu = pages(articles), 0.0, 0.0
    with Writer(path) as writer:
        while batch := [replace(each, cast=find_people(each.article)) for each in islice(made, BATCH) if each.article]:
            began, spent = time.perf_counter(), time.process_time()
            for future in [writer.submit(outcome) for outcome in batch]:
                future.result()
            seconds, cpu = seconds + time.perf_counter() - began, cpu + time.process_time() - spent
        began, spent = time.perf_counter(), time.process_time()
    return seconds + time.perf_counter() - began, cpu + time.process_time() - spent


def fold(path: Path, shards: Sequence[Path]) -> tuple[float, float]:
    """Merge the shards; give the seconds of the clock and of the processor."""
    began, spent = time.perf_counter(), time.process_time()
    report = merge(shards, path)
    if report.failed:
        raise SystemExit("\n".join(report.failed))
    return time.perf_counter() - began, time.process_time() - spent


def measured(what: str, path: Path, articles: int, shards: Sequence[Path] = ()) -> Cost:
    """Run one of the ways in a process of its own."""
    command = [sys.executable, __file__, "--only", what, "--folder", str(path), "--articles", str(articles)]
    answer = subprocess.run(
        command, input="\n".join(map(str, shards)), check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    return Cost(articles, *json.loads(answer.stdout))


def compare(folder: Path, shards: int, articles: int, deal: str, *, tell: bool = True) -> Compared:
    """Make shards and compare both ways."""
    whole, merged, other = (folder / name for name in ("whole.db", "merged.db", "other.db"))
    began, total = time.perf_counter(), shards * articles
    paths = fill_shards(folder, shards, articles, deal)
    if tell:
        print(f"{shards} shards of {articles} made in {time.perf_counter() - began:.0f} s", flush=True)
    costs = []
    for what, path, given in (("store", whole, []), ("merge", merged, paths)):
        costs.append(measured(what, path, total, given))
        if tell:
            print(f"{what}: {costs[-1]}", flush=True)
    before = raw_digests(merged)
    again = measured("merge", merged, total, paths)
    after = raw_digests(merged)
    shuffled = random.Random(3).sample(paths, len(paths))
    for portion in (shuffled[: shards // 3], shuffled[shards // 3 :]):
        measured("merge", other, total, portion)
    one, two, three = digests(whole), digests(merged), digests(other)
    return Compared(
        *costs, again,
        [table for table in one if one[table] != two[table]],
        [table for table in two if two[table] != three[table]],
        [table for table in before if before[table] != after[table]],
    )  # fmt: skip


def table(found: Compared) -> Iterator[str]:
    """Print the ways down."""
    yield "| | seconds | articles a second | CPU seconds | largest memory, MB |"
    yield "| --- | --- | --- | --- | --- |"
    for name, cost in (("stored at once", found.stored), ("merged", found.merged), ("merged again", found.again)):
        rate = cost.articles / cost.seconds
        yield f"| {name} | {cost.seconds:.1f} | {rate:.0f} | {cost.cpu:.1f} | {cost.megabytes:.0f} |"
    yield f"\nmerging takes {found.merged.cpu / found.stored.cpu:.2f} of the CPU time of storing"
    for what, wrong in (
        ("equal by content", found.unequal),
        ("the same in another order", found.ordered),
        ("left as it is by a second merge", found.rewritten),
    ):
        yield f"{what}: {'yes' if not wrong else 'no: ' + ', '.join(wrong)}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shards", type=int, default=100)
    parser.add_argument("--articles", type=int, default=3000)
    parser.add_argument("--deal", choices=("slices", "random"), default="slices")
    parser.add_argument("--folder", type=Path, help="make the databases here, and keep them")
    parser.add_argument("--only", choices=("store", "merge"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        paths = [Path(line) for line in sys.stdin.read().splitlines()]
        spent = store(given.folder, given.articles) if given.only == "store" else fold(given.folder, paths)
        print(json.dumps([*spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.folder:
            given.folder.mkdir(parents=True, exist_ok=True)
        found = compare(given.folder or Path(folder), given.shards, given.articles, given.deal)
    print("\n".join(table(found)))
    sys.exit(bool(found.unequal or found.ordered or found.rewritten))


if __name__ == "__main__":
    main()
