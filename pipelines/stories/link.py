"""Keeps the pairs of one article, and with them the stories, in step with its signs."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlite_utils import Database

from pipelines.periods import period_of, periods_within
from pipelines.precedence import Copy
from pipelines.rows import insert_rows
from pipelines.stories.component import settle
from pipelines.stories.keys import keys_of
from pipelines.stories.relation import WINDOW, Article, Link, relate
from pipelines.stories.signs import Signs


def link_story(db: Database, copy: Copy, signs: Signs, copies: Mapping[int, float]) -> None:
    """Write an article's signs, find its pairs, and bring the stories up to date that this changes.

    Args:
        db: in a transaction.
        copy: the article, whose other rows are written.
        signs: of it.
        copies: the articles with nearly the same text, and how similar each is.
    """
    execute = db.conn.execute
    article_id = copy.id
    article = Article(article_id, copy.site, copy.moment, signs)
    old = execute("SELECT moment, signs FROM story_sign WHERE article_id = ?", [article_id]).fetchone()
    keys, told = keys_of(signs), signs.to_json()
    if old != (article.moment, told):
        if old:
            _forget(db, article_id, old[0], Signs.from_json(old[1]))
        row = [article_id, article.moment, told]
        execute("INSERT INTO story_sign (article_id, moment, signs) VALUES (?, ?, ?)", row)
        period = period_of(article.moment)
        rows = [(period, key, article.moment, article_id) for key in keys]
        insert_rows(db, "story_key", "period,key,moment,article_id", rows)
    candidates = _candidates(db, article, keys)
    links: dict[int, Link] = {}
    for other in _articles(db, candidates | set(copies)):
        if link := relate(article, other, copies.get(other.id)):
            links[other.id] = link
    _replace(db, article_id, links)
    settle(db, article_id, links)


def _candidates(db: Database, article: Article, keys: list[int]) -> set[int]:
    near = periods_within(db, "story_key", article.moment, WINDOW)
    rows = db.conn.execute(
        f"SELECT article_id FROM story_key WHERE period IN ({','.join('?' * len(near))}) "
        "AND key IN (SELECT value FROM json_each(?)) AND moment BETWEEN ? AND ? "
        "AND article_id <> ? GROUP BY article_id HAVING max(key) >= 0 OR count(*) > 1",
        [*near, json.dumps(keys), article.moment - WINDOW, article.moment + WINDOW, article.id],
    )
    return {article_id for (article_id,) in rows}


def _articles(db: Database, ids: set[int]) -> list[Article]:
    if not ids:
        return []
    rows = db.conn.execute(
        "SELECT article_id, site, moment, signs FROM story_sign JOIN article ON article.id = article_id "
        "WHERE article_id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(ids))],
    )
    return [Article(number, site, moment, Signs.from_json(signs)) for number, site, moment, signs in rows]


def _forget(db: Database, article_id: int, moment: int, signs: Signs) -> None:
    db.conn.execute("DELETE FROM story_sign WHERE article_id = ?", [article_id])
    db.conn.executemany(
        "DELETE FROM story_key WHERE period = ? AND key = ? AND moment = ? AND article_id = ?",
        [(period_of(moment), key, moment, article_id) for key in keys_of(signs)],
    )


def _replace(db: Database, article_id: int, links: Mapping[int, Link]) -> None:
    """Put the pairs of an article in place of its old ones."""
    execute = db.conn.execute
    execute("DELETE FROM story_link WHERE article_id = ?", [article_id])
    execute("DELETE FROM story_link WHERE other_id = ?", [article_id])
    rows = [
        (min(article_id, other), max(article_id, other), link.score, json.dumps(link.reasons))
        for other, link in sorted(links.items())
    ]
    insert_rows(db, "story_link", "article_id,other_id,score,reasons", rows)
