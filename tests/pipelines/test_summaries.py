"""The summary tables say what counting anew would say, whatever is written."""

from __future__ import annotations

from random import Random

import pytest
from sqlite_utils import Database

KEY = "a.site, coalesce(substr(a.published, 1, 7), ''), coalesce(a.language, '')"
TIMED = "length(c.published) > 10 AND length(o.published) > 10"
COUNTED = {
    "article_day": "SELECT site, CASE WHEN published_precision IN ('second', 'minute', 'hour', 'day')"
    " THEN substr(published, 1, 10) ELSE '' END, count(*), count(copy_of), count(agency), count(gone_at), sum(words)"
    " FROM article GROUP BY 1, 2",
    "fetch_day": "SELECT site, substr(fetched_at, 1, 10), count(*), sum(result = 'failed') FROM fetch GROUP BY 1, 2",
    "quote_month": f"SELECT {KEY}, coalesce(p.speaker_kind, ''), count(*) FROM quote p JOIN article a"
    " ON a.id = p.article_id GROUP BY 1, 2, 3, 4",
    "embed_month": f"SELECT {KEY}, p.provider, p.kind, count(*) FROM embed p JOIN article a ON a.id = p.article_id"
    " GROUP BY 1, 2, 3, 4, 5",
    "citation_month": f"SELECT {KEY}, p.outlet, count(*) FROM citation p JOIN article a ON a.id = p.article_id"
    " GROUP BY 1, 2, 3, 4",
    "person_site": "SELECT p.person_id, a.site, sum(p.quotes), sum(p.quotes > 0), count(*) FROM article_person p"
    " JOIN article a ON a.id = p.article_id GROUP BY 1, 2",
    "copy_delay": "SELECT c.id, o.id, c.site, o.site, c.published, o.published,"
    f" CASE WHEN {TIMED} THEN round(24 * (julianday(c.published) - julianday(o.published)), 2) END"
    " FROM article c JOIN article o ON o.id = c.copy_of",
}
FIRST_COUNT = {
    "article_day": 2, "fetch_day": 2, "quote_month": 4, "embed_month": 5, "citation_month": 4, "person_site": 2,
    "copy_delay": 0,
}  # fmt: skip
PUBLISHED = [("2026-11-02T08:00:00Z", "second"), ("2026-11-03", "day"), ("2026-10-26", "week"), (None, None)]
VALUES = {
    "site": ["tattle.example", "glimmer.example"], "language": ["en", "de", None], "words": [10, 200],
    "agency": ["PA", None], "gone_at": ["2026-11-20T00:00:00Z", None],
}  # fmt: skip


def article(db: Database, random: Random) -> None:
    published, precision = random.choice(PUBLISHED)
    values = {name: random.choice(choices) for name, choices in VALUES.items()}
    db["article"].insert(
        {"url": "https://x.example/", "body": "", "first_seen": "2026-11-21", "last_fetched": "2026-11-21",
         "revisions": 1, "extractor_version": "1", "read_from": "", "text_digest": b"", "published": published,
         "published_precision": precision, "copy_of": some(db, random, "article"), **values}
    )  # fmt: skip


def some(db: Database, random: Random, table: str) -> int | None:
    found = [number for (number,) in db.execute(f"SELECT id FROM {table}")]
    return random.choice(found) if found else None


def part(db: Database, random: Random) -> None:
    where = {"article_id": some(db, random, "article")}
    place = {"block": 0, "start_char": 0, "end_char": 1}
    kind = random.choice(["person", "anonymous", None])
    outlet = random.choice(["People", "Glimmer"])
    db["quote"].insert(
        {**where, **place, "position": 0, "text": "Yes", "speaker_kind": kind, "continues": 0, "site": "x"}
    )
    provider = random.choice(["x", "tiktok"])
    db["embed"].insert({**where, "provider": provider, "kind": "post", "position": 0, "after_block": 0})
    db["citation"].insert({**where, **place, "outlet": outlet})
    day = random.choice(["2026-11-20", "2026-11-21"])
    result = random.choice(["new", "failed"])
    site = random.choice(VALUES["site"])
    db["fetch"].insert({"url": "x", "site": site, "fetched_at": f"{day}T01:00:00Z", "result": result})
    who = {"article_id": where["article_id"], "person_id": random.choice([1, 2])}
    counts = {"name": "Maud", "quotes": random.choice([0, 2]), "mentions": 1, "in_headline": 0, "tagged": 0}
    db["article_person"].insert({**who, **counts}, replace=True)


def alter(db: Database, random: Random) -> None:
    published, precision = random.choice(PUBLISHED)
    name = random.choice([*VALUES, "published", "copy_of"])
    article_id = some(db, random, "article")
    if name == "published":
        db["article"].update(article_id, {"published": published, "published_precision": precision})
    elif name == "copy_of":
        db["article"].update(article_id, {"copy_of": some(db, random, "article")})
    else:
        db["article"].update(article_id, {name: random.choice(VALUES[name])})
    db["quote"].update(some(db, random, "quote"), {"speaker_kind": random.choice(["group", None])})
    db["embed"].update(some(db, random, "embed"), {"kind": random.choice(["video", "post"])})
    db.execute("UPDATE article_person SET quotes = ? WHERE article_id = ?", [random.choice([0, 3]), article_id])
    db["fetch"].update(some(db, random, "fetch"), {"result": random.choice(["gone", "failed"])})


def take_away(db: Database, random: Random) -> None:
    for table in ("quote", "embed", "citation", "fetch"):
        if random.random() < 0.5:
            db[table].delete(some(db, random, table))
    db.execute("DELETE FROM article_person WHERE article_id = ?", [some(db, random, "article")])
    bare = db.execute(
        "SELECT id FROM article WHERE NOT EXISTS (SELECT 1 FROM quote WHERE article_id = article.id)"
        " AND NOT EXISTS (SELECT 1 FROM embed WHERE article_id = article.id)"
        " AND NOT EXISTS (SELECT 1 FROM citation WHERE article_id = article.id)"
        " AND NOT EXISTS (SELECT 1 FROM article_person WHERE article_id = article.id)"
        " AND id NOT IN (SELECT copy_of FROM article WHERE copy_of IS NOT NULL)"
    ).fetchone()
    if bare:
        db["article"].delete(bare[0])


@pytest.mark.parametrize("seed", range(3))
def test_summaries_are_what_counting_anew_gives(db: Database, seed: int) -> None:
    random = Random(seed)
    db["person"].insert_all({"id": number, "name": f"Maud {number}", "key": f"maud {number}"} for number in (1, 2))
    for _ in range(6):
        article(db, random)
        part(db, random)
    for _ in range(60):
        random.choice([article, part, part, alter, alter, alter, take_away])(db, random)
        for table, sql in COUNTED.items():
            held = [row for row in db.execute(f"SELECT * FROM {table}") if any(row[FIRST_COUNT[table] :])]
            assert sorted(held, key=repr) == sorted(db.execute(sql).fetchall(), key=repr), table
