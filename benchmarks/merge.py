"""What folding shards into one database costs beside storing the same articles at once, and whether both are the same.

    python benchmarks/merge.py [--shards 100] [--articles 3000] [--deal slices|random] [--at-once 2] [--folder FOLDER]

The articles are those of `benchmarks.corpus`, known ones that are read again among them. `slices`: each shard has the
pages of a stretch of time, as the files of CC-NEWS have; `random`: each page goes to any shard. Storing and merging run
in a process each, whose largest memory is told; the making of the articles does not count, nor does the finding of
what they are recognised by, which workers do (it is told apart). Then the shards are merged in another order, and once
more into the database that has them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.contents import digests, raw_digests  # noqa: E402
from benchmarks.corpus import corpus  # noqa: E402
from pipelines.features import features_of  # noqa: E402
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
    beside: float = 0.0
    """CPU seconds in which was found what the articles are recognised by, which workers do."""


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


def shard_paths(folder: Path, shards: int) -> list[Path]:
    """Name the shards."""
    return [folder / f"shard-{number:03}.db" for number in range(shards)]


def fill_shards(paths: Sequence[Path], articles: int, deal: str) -> None:
    """Make the shards, a part of them at a time: `OPEN` where each page goes to any of them, else one."""
    shards = len(paths)
    if deal == "slices":
        made = pages(shards * articles)
        for path in paths:
            with Writer(path) as writer:
                _fill({0: writer}, ((0, outcome) for outcome in slice_of(made, articles, is_last=path == paths[-1])))
        return
    for start in range(0, shards, OPEN):
        chance = random.Random(1)
        with ExitStack() as stack:
            writers = {
                number: stack.enter_context(Writer(paths[number])) for number in range(start, min(start + OPEN, shards))
            }
            _fill(writers, ((chance.randrange(shards), outcome) for outcome in pages(shards * articles)))


def slice_of(made: Iterator[Outcome], count: int, *, is_last: bool) -> Iterator[Outcome]:
    """Give so many pages, or all that are left."""
    return made if is_last else islice(made, count)


def _fill(writers: dict[int, Writer], dealt: Iterator[tuple[int, Outcome]]) -> None:
    for at, (number, outcome) in enumerate(dealt):
        if number in writers:
            done = writers[number].submit(outcome)
            if at % BATCH == 0:
                done.result()


def store(path: Path, articles: int) -> tuple[float, float, float]:
    """Store the articles at once; give the seconds of the clock and of the processor that the writer took, and those
    of the processor that workers would have taken.
    """
    made, seconds, cpu, beside = pages(articles), 0.0, 0.0, 0.0
    with Writer(path) as writer:
        while batch := list(islice(made, BATCH)):
            spent = time.process_time()
            batch = [replace(each, features=features_of(each.article)) for each in batch if each.article]
            beside += time.process_time() - spent
            began, spent = time.perf_counter(), time.process_time()
            for future in [writer.submit(outcome) for outcome in batch]:
                future.result()
            seconds, cpu = seconds + time.perf_counter() - began, cpu + time.process_time() - spent
        began, spent = time.perf_counter(), time.process_time()
    return seconds + time.perf_counter() - began, cpu + time.process_time() - spent, beside


def fold(path: Path, shards: Sequence[Path]) -> tuple[float, float, float]:
    """Merge the shards; give the same."""
    began, spent = time.perf_counter(), time.process_time()
    report = merge(shards, path)
    if report.failed:
        raise SystemExit("\n".join(report.failed))
    return time.perf_counter() - began, time.process_time() - spent, 0.0


def largest_memory() -> float:
    """Give the largest resident memory of this process in MB; `ru_maxrss` would have that of its parent in it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024


def measured(what: str, path: Path, articles: int, shards: Sequence[Path] = ()) -> Cost:
    """Run one of the ways in a process of its own."""
    command = [sys.executable, __file__, "--only", what, "--folder", str(path), "--articles", str(articles)]
    answer = subprocess.run(
        command, input="\n".join(map(str, shards)), check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    seconds, cpu, beside, most = json.loads(answer.stdout)
    return Cost(articles, seconds, cpu, most, beside)


def compare(folder: Path, shards: int, articles: int, deal: str, *, at_once: int = 1, tell: bool = True) -> Compared:
    """Make shards and compare both ways.

    Args:
        folder: for the databases.
        shards: how many.
        articles: of each.
        deal: which page goes to which shard.
        at_once: 2 fills the shards while the articles are stored at once, and merges in both orders at once, so that
            both ways have as much beside them.
        tell: whether to say how far it is.
    """
    whole, merged, other = (folder / name for name in ("whole.db", "merged.db", "other.db"))
    paths, total = shard_paths(folder, shards), shards * articles

    def told(what: str, cost: Cost) -> Cost:
        if tell:
            print(f"{what}: {cost}", flush=True)
        return cost

    with ThreadPoolExecutor(at_once) as running:
        filled = running.submit(fill_shards, paths, articles, deal)
        stored = running.submit(measured, "store", whole, total)
        filled.result()
        stored_cost = told("store", stored.result())
        folded = running.submit(measured, "merge", merged, total, paths)
        shuffled = running.submit(_merge_shuffled, other, total, paths)
        merged_cost = told("merge", folded.result())
        shuffled.result()
    before = raw_digests(merged)
    again = told("merge again", measured("merge", merged, total, paths))
    after = raw_digests(merged)
    one, two, three = digests(whole), digests(merged), digests(other)
    return Compared(
        stored_cost, merged_cost, again,
        [table for table in one if one[table] != two[table]],
        [table for table in two if two[table] != three[table]],
        [table for table in before if before[table] != after[table]],
    )  # fmt: skip


def _merge_shuffled(path: Path, articles: int, shards: Sequence[Path]) -> None:
    shuffled = random.Random(3).sample(shards, len(shards))
    for portion in (shuffled[: len(shards) // 3], shuffled[len(shards) // 3 :]):
        measured("merge", path, articles, portion)


def table(found: Compared) -> Iterator[str]:
    """Print the ways down."""
    yield "| | seconds | articles a second | CPU seconds | largest memory, MB |"
    yield "| --- | --- | --- | --- | --- |"
    for name, cost in (("stored at once", found.stored), ("merged", found.merged), ("merged again", found.again)):
        rate = cost.articles / cost.seconds
        yield f"| {name} | {cost.seconds:.1f} | {rate:.0f} | {cost.cpu:.1f} | {cost.megabytes:.0f} |"
    alone, whole = found.stored.cpu, found.stored.cpu + found.stored.beside
    yield f"\nmerging takes {found.merged.cpu / alone:.2f} of the CPU time of storing,"
    yield f"{found.merged.cpu / whole:.2f} of that with what workers do for it ({found.stored.beside:.1f} s)"
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
    parser.add_argument("--at-once", type=int, choices=(1, 2), default=1, help="2: two things beside each other")
    parser.add_argument("--folder", type=Path, help="make the databases here, and keep them")
    parser.add_argument("--only", choices=("store", "merge"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        paths = [Path(line) for line in sys.stdin.read().splitlines()]
        spent = store(given.folder, given.articles) if given.only == "store" else fold(given.folder, paths)
        print(json.dumps([*spent, largest_memory()]))
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.folder:
            given.folder.mkdir(parents=True, exist_ok=True)
        found = compare(given.folder or Path(folder), given.shards, given.articles, given.deal, at_once=given.at_once)
    print("\n".join(table(found)))
    sys.exit(bool(found.unequal or found.ordered or found.rewritten))


if __name__ == "__main__":
    main()
