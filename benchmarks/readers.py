"""One process writes and five read at once: is anybody told that the database is locked, does anybody see half a write?

    python benchmarks/readers.py [--seconds 600]

The writer stores the pages of `benchmarks.corpus` through the project's own writer, known articles read again among
them, and now and then closes the database and opens it anew, as cron does. Three readers open it as redtop does, two as
anybody would (`sqlite3.connect`). Within one transaction each of them looks at articles just written and at others:
the body must be its blocks and its newest revision, every counter must equal the rows that it counts, the search index
must find the newest headline, and at the end of the transaction everything must still be as at its beginning.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.corpus import Piece, corpus  # noqa: E402
from pipelines.database import DatabaseError, open_reader  # noqa: E402
from pipelines.research import Selection, search, show  # noqa: E402
from pipelines.writer import Writer  # noqa: E402

OURS, PLAIN = 3, 2
"""Readers of each kind."""
LIVES = 8
"""Times that the writer opens the database in a run."""

COUNTERS = {
    "revisions": "SELECT id, revisions, (SELECT count(*) FROM revision WHERE article_id = article.id) "
    "FROM article WHERE id BETWEEN ? AND ? + 40",
    "articles of a story": "SELECT id, articles, (SELECT count(*) FROM article WHERE story_id = story.id) "
    "FROM story WHERE id BETWEEN ? AND ? + 40",
    "outlets of a story": "SELECT id, sites, (SELECT count(DISTINCT site) FROM article WHERE story_id = story.id) "
    "FROM story WHERE id BETWEEN ? AND ? + 40",
}
"""Each row's counter beside what it counts."""


class Told(NamedTuple):
    """What one process saw."""

    who: str
    done: int
    """Pages stored, or transactions read."""
    problems: list[str]


class Outcome(NamedTuple):
    """What came of a run."""

    pages: int
    readings: int
    longest_log: int
    """The largest size of the write-ahead log that was seen, in bytes."""
    problems: list[str]


def run(path: Path, seconds: float, seed: int = 7) -> Outcome:
    """Let one process write and five read for so many seconds, all from one moment on."""
    context = get_context("spawn")
    answers: Queue[Told] = context.Queue()
    ready = context.Barrier(1 + OURS + PLAIN)
    next(_written(path, corpus(seed), 200))
    processes = [context.Process(target=write, args=(path, seconds, seed, ready, answers))]
    for number in range(OURS + PLAIN):
        arguments = (path, seconds, number, number < OURS, ready, answers)
        processes.append(context.Process(target=read, args=arguments))
    for process in processes:
        process.start()
    log, longest, told = path.with_name(path.name + "-wal"), 0, list[Told]()
    while len(told) < len(processes):
        longest = max(longest, log.stat().st_size if log.exists() else 0)
        if not answers.empty():
            told.append(answers.get())
        elif any(process.exitcode for process in processes):
            told.append(Told("a process", 0, ["ended without an answer"]))
            break
        time.sleep(0.05)
    for process in processes:
        process.join(timeout=30)
        process.kill()
    return Outcome(
        sum(each.done for each in told if each.who == "writer"),
        sum(each.done for each in told if each.who != "writer"),
        longest,
        [f"{each.who}: {problem}" for each in told for problem in each.problems],
    )


def _written(path: Path, pages: Iterator[Piece], batch: int) -> Iterator[int]:
    """Store batch after batch, giving the number of pages stored so far; the database stays open meanwhile."""
    done = 0
    with Writer(path, most=32) as writer:
        while True:
            for future in [writer.submit(piece.outcome) for piece in islice(pages, batch)]:
                future.result()
                done += 1
            yield done


def write(path: Path, seconds: float, seed: int, ready: Barrier, answers: Queue[Told]) -> None:
    """Store pages, behind those that are there, until the time is over."""
    problems, done, pages = list[str](), 0, corpus(seed)
    list(islice(pages, 200))
    ready.wait()
    began = time.monotonic()
    try:
        for life in range(1, LIVES + 1):
            before = done
            with closing(_written(path, pages, 32)) as writing:
                for stored in writing:
                    done = before + stored
                    if time.monotonic() > began + seconds * life / LIVES:
                        break
    except (DatabaseError, sqlite3.Error) as problem:
        problems.append(f"{type(problem).__name__}: {problem}")
    answers.put(Told("writer", done, problems))


def read(path: Path, seconds: float, number: int, ours: bool, ready: Barrier, answers: Queue[Told]) -> None:
    """Look at the database again and again, until the time is over."""
    chance, done, problems = random.Random(number), 0, list[str]()
    ready.wait()
    end = time.monotonic() + seconds
    while time.monotonic() < end and len(problems) < 20:
        try:
            for seen in _ours(path, chance) if ours else _plain(path, chance):
                problems += seen
                done += 1
        except (DatabaseError, sqlite3.Error) as problem:
            problems.append(f"{type(problem).__name__}: {problem}")
    answers.put(Told("reader" if ours else "plain reader", done, problems))


def _ours(path: Path, chance: random.Random) -> Iterator[list[str]]:
    """Read some times as redtop does; between, ask what people ask."""
    with closing(open_reader(path)) as db:
        for _ in range(20):
            yield list(torn(db.conn, chance))
            found = search(db, Selection(query=_word(db.conn, chance)))
            yield [] if show(db, found[0].id).article.headline else [f"article {found[0].id} has no headline"]


def _plain(path: Path, chance: random.Random) -> Iterator[list[str]]:
    """Read some times as anybody would."""
    with closing(sqlite3.connect(path)) as connection:
        for _ in range(20):
            yield list(torn(connection, chance))


def torn(connection: sqlite3.Connection, chance: random.Random) -> Iterator[str]:
    """Say what does not agree within one transaction."""
    connection.execute("BEGIN")
    try:
        first = connection.execute("SELECT count(*), max(id), total(revisions) FROM article").fetchone()
        newest = int(first[1])
        for article in (newest, chance.randint(max(1, newest - 60), newest), chance.randint(1, newest)):
            yield from _torn_article(connection, article)
        start = chance.choice((max(1, newest - 40), chance.randint(1, newest)))
        for what, sql in COUNTERS.items():
            for row, counter, counted in connection.execute(sql, [start, start]):
                if counter != counted:
                    yield f"{what} {row}: {counter} against {counted} rows"
        if connection.execute("SELECT count(*), max(id), total(revisions) FROM article").fetchone() != first:
            yield "the transaction saw a later one"
    finally:
        connection.execute("ROLLBACK")


def _torn_article(connection: sqlite3.Connection, article: int) -> Iterator[str]:
    headline, body, quotes = connection.execute(
        "SELECT headline, body, (SELECT count(*) FROM quote JOIN block ON block.article_id = quote.article_id "
        "AND block.position = quote.block AND substr(block.text, start_char + 1, end_char - start_char) <> quote.text "
        "WHERE quote.article_id = article.id) FROM article WHERE id = ?",
        [article],
    ).fetchone()
    blocks = connection.execute("SELECT text FROM block WHERE article_id = ? ORDER BY position", [article])
    if body != "\n\n".join(text for (text,) in blocks):
        yield f"article {article}: the body is not its blocks"
    if quotes:
        yield f"article {article}: {quotes} quotations stand elsewhere"
    newest = connection.execute(
        "SELECT headline, body FROM revision WHERE article_id = ? ORDER BY number DESC LIMIT 1", [article]
    ).fetchone()
    if newest != (headline, body):
        yield f"article {article}: it is not its newest revision"
    found = connection.execute(
        "SELECT count(*) FROM article_fts WHERE article_fts MATCH ? AND rowid = ?",
        ['headline : "' + headline.replace('"', '""') + '"', article],
    ).fetchone()
    if found != (1,):
        yield f"article {article}: the search does not find its headline"


def _word(connection: sqlite3.Connection, chance: random.Random) -> str:
    (body,) = connection.execute("SELECT body FROM article WHERE id >= ? LIMIT 1", [chance.randint(1, 100)]).fetchone()
    return max(
        body.replace("”", " ").replace(".", " ").replace(",", " ").split(), key=lambda word: (word.isalpha(), len(word))
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=600)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        outcome = run(Path(folder) / "readers.db", given.seconds)
    print(f"{outcome.pages} pages stored, {outcome.readings} transactions read, ", end="")
    print(f"the write-ahead log at most {outcome.longest_log / 1e6:.1f} MB, {len(outcome.problems)} problems")
    print("\n".join(outcome.problems))
    sys.exit(bool(outcome.problems))


if __name__ == "__main__":
    main()
