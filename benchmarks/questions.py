"""Put a researcher's questions to a database, and print how many milliseconds each asking took, as JSON.

python benchmarks/questions.py FILE
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sqlite_utils import Database  # noqa: E402

from pipelines.database import open_reader  # noqa: E402
from pipelines.research import Selection, search, show  # noqa: E402
from pipelines.research.questions import ask as answer  # noqa: E402
from pipelines.research.questions import read_questions  # noqa: E402
from pipelines.research.stories import stories, story  # noqa: E402

ASKINGS = 15
SHOWN = tomllib.loads((ROOT / "crawler" / "browse" / "tables.toml").read_text(encoding="utf-8"))
FACETS = {name: tuple(dict.fromkeys([*SHOWN[name]["facets"], *more])) for name, more in {
    "article": ("language", "section"), "quote": ("speaker_kind",)
}.items()}  # fmt: skip
"""What Datasette counts by on the pages of these tables, and what one may well ask it to."""

Asked = Callable[[], object]


def questions(db: Database) -> Iterator[tuple[str, list[Asked]]]:
    """Name the questions, each with the ways in which it is put."""
    words, (first, last) = (
        known_words(db),
        db.conn.execute("SELECT min(published), max(published) FROM article").fetchone(),
    )
    half = min(first, last)[:7]
    (articles,) = db.conn.execute("SELECT max(id) FROM article").fetchone()
    sites = [site for (site,) in db.conn.execute("SELECT site FROM article GROUP BY site ORDER BY count(*) DESC")]
    people = [name for (name,) in db.conn.execute(
        "SELECT speaker FROM (SELECT speaker FROM quote WHERE speaker_kind = 'person' LIMIT 20000) "
        "GROUP BY 1 ORDER BY count(*) DESC LIMIT 20"
    )]  # fmt: skip
    largest = [number for (number,) in db.conn.execute("SELECT id FROM story ORDER BY articles DESC LIMIT 15")]
    yield "search, ranked", [lambda word=word: search(db, Selection(query=word)) for word in words]
    yield (
        "search, ranked, of one outlet since a month",
        [
            lambda word=word, site=site: search(db, Selection(query=word, sites=(site,), since=half))
            for word, site in zip(words, sites, strict=False)
        ],
    )
    yield (
        "search, ranked, with a language and an embed",
        [lambda word=word: search(db, Selection(query=word, languages=("en",), has=("instagram",))) for word in words],
    )
    yield (
        "search, ranked, with a speaker",
        [
            lambda word=word, name=name: search(db, Selection(query=word, speakers=(name,)))
            for word, name in zip(words, people, strict=False)
        ],
    )
    yield (
        "search, two words, by date",
        [
            lambda one=one, two=two: search(db, Selection(query=f"{one} OR {two}"), order="date")
            for one, two in pairwise(words)
        ],
    )
    yield (
        "stories, the latest",
        [lambda skipped=skipped: stories(db, limit=20, offset=skipped) for skipped in range(15)],
    )
    yield (
        "stories, of several outlets",
        [lambda site=site: stories(db, site=site, min_sites=2, limit=20) for site in sites[:15]],
    )
    yield "stories, by words", [lambda word=word: stories(db, query=word, limit=20) for word in words]
    yield "story, whole", [lambda number=number: story(db, number) for number in largest]
    yield "article page", [lambda number=number: show(db, 1 + number * (articles - 1) // 40) for number in range(41)]
    for name, columns in FACETS.items():
        yield f"facet page of {name}", [lambda name=name, columns=columns: facet_page(db, name, columns)] * ASKINGS
        selected = sites[:ASKINGS]
        yield (
            f"facet page of {name}, one outlet",
            [lambda name=name, columns=columns, site=site: facet_page(db, name, columns, site) for site in selected],
        )
    names = [name for (name,) in db.conn.execute("SELECT name FROM person ORDER BY articles DESC LIMIT 15")]
    told = [str(number) for number in largest]
    yield from canned(
        db,
        {"site": sites, "person": names, "story": told, "since": [half], "until": [half], "provider": ["instagram"]},
    )


def known_words(db: Database) -> list[str]:
    """Choose words of many frequencies, the most frequent in one article of a hundred.

    The vocabulary of the index is read only here: https://sqlite.org/fts5.html#the_fts5vocab_virtual_table_module.
    """
    other = sqlite3.connect(f"file:{db.conn.execute('PRAGMA database_list').fetchone()[2]}?mode=ro", uri=True)
    (articles,) = other.execute("SELECT count(*) FROM article").fetchone()
    other.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab('main', 'article_fts', 'row')")
    bounds = [articles / 100 / 1.6**step for step in range(ASKINGS)]
    found = [
        other.execute(
            "SELECT term FROM temp.word WHERE doc <= ?1 AND doc > ?1 * .8 AND term GLOB '[a-z]*' LIMIT 1", [most]
        ).fetchone() for most in bounds
    ]  # fmt: skip
    other.close()
    return [row[0] for row in found if row]


def facet_page(db: Database, name: str, columns: tuple[str, ...], site: str | None = None) -> None:
    """Ask what Datasette asks for a table's page: rows, their count, and each facet (datasette/facets.py)."""
    listed = ", ".join(row[1] for row in db.conn.execute(f"PRAGMA table_info({name})"))
    where, values = ("WHERE site = ?", [site]) if site else ("", [])
    sql = f"SELECT {listed} FROM {name} {where}"
    db.conn.execute(f"{sql} ORDER BY published DESC LIMIT 101", values).fetchall()
    db.conn.execute(f"SELECT count(*) FROM {name} {where}", values).fetchall()
    for column in columns:
        db.conn.execute(
            f"SELECT {column} AS value, count(*) AS count FROM ({sql}) WHERE {column} IS NOT NULL "
            f"GROUP BY {column} ORDER BY count DESC, value LIMIT 31",
            values,
        ).fetchall()


def canned(db: Database, settings: dict[str, list[str]]) -> Iterator[tuple[str, list[Asked]]]:
    """Each question of data/queries: five times with nothing set, then with each parameter that `settings` knows."""
    for name, question in read_questions(ROOT / "data" / "queries").items():
        known = [parameter for parameter in question.parameters if parameter in settings]
        askings: list[dict[str, str]] = [{}] * 5
        askings += [{one: value} for one in known for value in settings[one][:ASKINGS]]
        yield name, [lambda question=question, given=given: answer(db, question, given) for given in askings]


def waits(asked: list[Asked]) -> list[float]:
    """Time each asking, in milliseconds: the quickest of three, lest the machine's other work be counted."""
    return [min(_milliseconds(question) for _ in range(3)) for question in asked]


def _milliseconds(question: Asked) -> float:
    started = time.perf_counter()
    question()
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    db = open_reader(sys.argv[1])
    print(json.dumps({name: waits(asked) for name, asked in questions(db) if asked}))
    db.close()


if __name__ == "__main__":
    main()
