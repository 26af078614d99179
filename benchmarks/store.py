"""What storing costs: articles a second and bytes an article, beside bare `executemany` of the very same rows.

    python benchmarks/store.py [--articles 4000] [--batch 200]

The bare run gets finished rows and writes them into the same tables, indexes and triggers: what SQLite itself takes.
The store's run begins with records: it looks up whose article a page is, packs the record,
finds people, copies and stories.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from sqlite_utils import Database

from extractors import Article, Author, Block, Embed, Image, Provenance, Quote, Stamp
from pipelines.database import close_writer, open_writer, transaction
from pipelines.outcome import Outcome
from pipelines.page import Page
from pipelines.store import write_outcomes
from pipelines.writer import Writer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TABLES = (
    "article", "article_address", "block", "article_author", "quote", "embed", "image", "revision",
    "article_signature", "article_band", "copy_link", "block_print", "article_person", "story_sign", "story_key",
    "story_link", "fetch",
)  # fmt: skip


class Words:
    """Words of an invented language with the frequencies of a real one (Zipf)."""

    def __init__(self, chance: random.Random, size: int = 30_000) -> None:
        letters = "abcdefghijklmnoprstuvw"
        self._chance = chance
        self._words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(size)]
        self._weights = list(accumulate(1 / (rank + 3) for rank in range(size)))

    def some(self, count: int) -> str:
        return " ".join(self._chance.choices(self._words, cum_weights=self._weights, k=count))


def outcomes(articles: int) -> list[Outcome]:
    """Pages with articles of some 400 words, 10 quotes, 3 embeds and 4 images."""
    chance = random.Random(7)
    words = Words(chance)
    return [outcome(number, words, chance) for number in range(articles)]


def outcome(number: int, words: Words, chance: random.Random) -> Outcome:
    blocks, quotes = [], []
    for block in range(12):
        before, said = words.some(22), words.some(12)
        blocks.append(Block(kind="paragraph", text=f"{before} “{said}” she said"))
        if block < 10:
            speaker, start = f"Person {chance.randrange(2000)}", len(before) + 2
            quotes.append(
                Quote(
                    text=said, speaker=speaker, speakers=(speaker,), mention="she", speaker_kind="person", cue="said",
                    block=block, start=start, end=start + len(said),
                )
            )  # fmt: skip
    site = f"outlet{number % 40}.example"
    url = f"https://www.{site}/2026/11/story-{number}"
    published = NOW - timedelta(minutes=number)
    article = Article(
        url=url, canonical_url=url, site=site, language="en", headline=words.some(10), dek=words.some(18),
        authors=(Author(name=f"Author {number % 300}"),),
        published=Stamp(value=published, precision="second", raw=published.isoformat(), source="json-ld"),
        section="Celebrity", tags=("one", "two", "three"), access="free", body=tuple(blocks), quotes=tuple(quotes),
        embeds=tuple(
            Embed(
                provider="instagram", kind="post", url=f"https://www.instagram.com/p/{number}-{post}/",
                id=f"{number}-{post}", author="someone", after_block=post,
            )
            for post in range(3)
        ),
        images=tuple(
            Image(
                url=f"https://www.{site}/{number}-{image}.jpg", caption=words.some(8), credit="Getty", after_block=image
            )
            for image in range(4)
        ),
        provenance=Provenance({"headline": "h1", "body": "article", "body.confidence": "0.97"}),
    )  # fmt: skip
    page = Page(url=url, status=200, body=str(number).encode(), fetched_at=NOW)
    return Outcome(page=page, site=site, article=article)


def by_store(path: Path, pages: list[Outcome], batch: int, synchronous: str) -> None:
    db = open_writer(path)
    db.conn.execute(f"PRAGMA synchronous = {synchronous}")
    for start in range(0, len(pages), batch):
        with transaction(db):
            write_outcomes(db, pages[start : start + batch])
    close_writer(db)


def by_writer(path: Path, pages: list[Outcome], batch: int) -> None:
    with Writer(path, most=batch) as writer:
        for future in [writer.submit(page) for page in pages]:
            future.result()


def by_executemany(path: Path, rows: dict[str, list[list[tuple[object, ...]]]]) -> None:
    db = open_writer(path)
    db.conn.execute("PRAGMA foreign_keys = OFF")  # a row may come before what it refers to
    for part in range(len(rows["article"])):
        with transaction(db):
            for table, batches in rows.items():
                if chunk := batches[part]:
                    places = ",".join("?" * len(chunk[0]))
                    db.conn.executemany(f"INSERT INTO {table} VALUES ({places})", chunk)
    close_writer(db)


def finished_rows(path: Path, batches: int) -> dict[str, list[list[tuple[object, ...]]]]:
    """Read every table of a finished database, each cut into as many parts, the rows of an article in the same one."""
    connection = sqlite3.connect(path)
    found = {
        table: [connection.execute(f"SELECT * FROM {table}").fetchall(), *[[] for _ in range(batches - 1)]]
        for table in ("author", "person", "story")
    }
    for table in TABLES:
        order = "id" if table == "article" else "article_id"
        rows = connection.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()
        cuts = [len(rows) * part // batches for part in range(batches + 1)]
        found[table] = [rows[start:end] for start, end in pairwise(cuts)]
    connection.close()
    return found


def timed(action: Callable[[], object]) -> tuple[float, float]:
    started, cpu = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - started, time.process_time() - cpu


def measure(folder: Path, articles: int, batch: int) -> Iterator[str]:
    pages = outcomes(articles)
    with open_writer(folder / "first.db") as db:
        yield f"SQLite {sqlite_version(db)}, {articles} articles in batches of {batch}"
    runs: dict[str, Callable[[Path], object]] = {
        "store, synchronous NORMAL": lambda path: by_store(path, pages, batch, "NORMAL"),
        "store": lambda path: by_store(path, pages, batch, "FULL"),
        "store, one article a transaction": lambda path: by_store(path, pages[: articles // 8], 1, "FULL"),
        "writer thread": lambda path: by_writer(path, pages, batch),
        "bare executemany": lambda path: by_executemany(path, rows),
    }
    rows: dict[str, list[list[tuple[object, ...]]]] = {}
    costs = {}
    for number, (name, run) in enumerate(runs.items()):
        path = folder / f"{number}.db"
        count = articles // 8 if "one article" in name else articles
        wall, cpu = timed(lambda run=run, path=path: run(path))  # type: ignore[misc]
        costs[name] = cpu / count
        rows = rows or finished_rows(path, max(1, articles // batch))
        size = path.stat().st_size / count / 1000
        yield f"{name:34} {count / wall:7.0f} articles/s {count / cpu:7.0f} per CPU s {size:6.1f} kB an article"
    yield f"the store's CPU is {costs['store'] / costs['bare executemany']:.2f} times that of bare executemany"


def sqlite_version(db: Database) -> str:
    return str(db.execute("SELECT sqlite_version()").fetchone()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=4000)
    parser.add_argument("--batch", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for line in measure(Path(folder), given.articles, given.batch):
            print(line, flush=True)


if __name__ == "__main__":
    main()
