"""What a database says, without its ids: two that say the same have the same contents, row by row."""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path

_KEY = "(SELECT one.read_from FROM article AS one WHERE one.id = {})"
_WITHOUT = {"id", "article_id", "other_id", "copy_of", "story_id", "first_article_id", "author_id", "person_id"}
_WITHOUT |= {"crawl_id", "original_id", "quote_id"}
_OF_ARTICLE = (
    "block", "quote", "embed", "image", "citation", "date_mention", "revision", "article_signature", "article_band",
    "story_sign", "story_key", "block_print", "annotation", "article_address",
)  # fmt: skip
_PLAIN = (
    "article_page", "article_day", "fetch_day", "quote_month", "embed_month", "citation_month", "frontier_url",
    "frontier_host",
)  # fmt: skip
_COUNTS = {"quote_month": "quotes", "embed_month": "embeds", "citation_month": "citations", "person_site": "articles"}
"""Of tables in which rows of none may stand."""
_STORY = (
    "(SELECT group_concat(read_from, ' ') FROM "
    "(SELECT one.read_from FROM article AS one WHERE one.story_id = {} ORDER BY 1))"
)


def questions(db: sqlite3.Connection) -> dict[str, str]:
    """Give for each table the question for its rows, in which addresses stand for ids."""
    there = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found = {
        "article": f"SELECT {_columns(db, 'article')}, {_KEY.format('it.copy_of')}, {_STORY.format('it.story_id')} "
        "FROM article AS it",
        "article_author": f"SELECT {_KEY.format('article_id')}, position, name, kind, url FROM article_author "
        "JOIN author ON author.id = author_id",
        "copy_link": _pair("copy_link", "similarity"),
        "story_link": _pair("story_link", "score, reasons"),
        "copy_delay": f"SELECT {_columns(db, 'copy_delay')}, {_KEY.format('article_id')} FROM copy_delay",
        "story": f"SELECT {_columns(db, 'story')}, {_KEY.format('first_article_id')}, {_STORY.format('story.id')} "
        "FROM story",
        "story_outlet": f"SELECT {_columns(db, 'story_outlet')}, {_STORY.format('story_outlet.story_id')} "
        "FROM story_outlet",
        "person": "SELECT key, name, articles, quotes FROM person",
        "article_person": f"SELECT {_KEY.format('article_id')}, key, article_person.name, article_person.quotes, "
        "mentions, in_headline, tagged FROM article_person JOIN person ON person.id = person_id",
        "person_site": "SELECT key, site, person_site.quotes, quoted_in, person_site.articles FROM person_site "
        "JOIN person ON person.id = person_id WHERE person_site.articles",
        "fetch": f"SELECT {_columns(db, 'fetch')}, {_KEY.format('article_id')}, "
        "(SELECT started FROM crawl WHERE id = crawl_id) FROM fetch",
        "crawl": f"SELECT {_columns(db, 'crawl')} FROM crawl",
        "site_run": f"SELECT {_columns(db, 'site_run')}, (SELECT started FROM crawl WHERE id = crawl_id) FROM site_run",
        "site_health": "SELECT * FROM site_health",
    }
    for table in _OF_ARTICLE:
        found[table] = f"SELECT {_KEY.format('article_id')}, {_columns(db, table)} FROM {table}"
    for table in _PLAIN:
        if table in there:
            where = f" WHERE {_COUNTS[table]}" if table in _COUNTS else ""
            found[table] = f"SELECT {_columns(db, table)} FROM {table}{where}"
    return found


def contents(path: Path, *, but: frozenset[str] = frozenset()) -> dict[str, list[tuple[object, ...]]]:
    """Give the rows of every table, sorted; some tables can be left out."""
    with closing(_opened(path)) as db:
        return {
            table: sorted(db.execute(question).fetchall(), key=repr)
            for table, question in questions(db).items()
            if table not in but
        }


def digests(path: Path) -> dict[str, tuple[int, str]]:
    """Give for each table how many rows it has, and what tells them from others; the order does not matter."""
    with closing(_opened(path)) as db:
        return {table: _digest(db.execute(question)) for table, question in questions(db).items()}


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give every table's rows as they stand, ids and all: what is equal here was not written to."""
    with closing(_opened(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names if name != "sqlite_stat1"}


def raw_digests(path: Path) -> dict[str, tuple[int, str]]:
    """Give `digests` of `rows`, without holding them."""
    with closing(_opened(path)) as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {name: _digest(db.execute(f'SELECT * FROM "{name}"')) for name in names if name != "sqlite_stat1"}


def _digest(found: Iterator[tuple[object, ...]]) -> tuple[int, str]:
    """Count rows and sum what each hashes to: in marshal's form without references, which depends on values only."""
    count = total = 0
    for row in found:
        count += 1
        total += int.from_bytes(blake2b(marshal.dumps(row, 0), digest_size=16).digest())
    return count, f"{total % 2**128:032x}"


def _pair(table: str, columns: str) -> str:
    """Both ends of a pair, the smaller address first."""
    one, other = _KEY.format("article_id"), _KEY.format("other_id")
    return f"SELECT min({one}, {other}), max({one}, {other}), {columns} FROM {table}"


def _columns(db: sqlite3.Connection, table: str) -> str:
    names = [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])]
    return ", ".join(name for name in names if name not in _WITHOUT)


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{path}?mode=ro", uri=True)
