"""The stories that the pairs hold together: connected components, each named by its smallest article."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from sqlite_utils import Database

from pipelines.precedence import Copy, in_order
from pipelines.rows import insert_rows


def settle(db: Database, article_id: int, neighbours: Iterable[int]) -> None:
    """Bring the stories up to date after the pairs of one article have changed.

    Args:
        db: in a transaction.
        article_id: of the article, new or known.
        neighbours: the articles with which it is a pair now.
    """
    around = [article_id, *neighbours]
    rows = db.conn.execute(
        "SELECT DISTINCT story_id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND story_id IS NOT NULL",
        [json.dumps(around)],
    )
    stories = [story for (story,) in rows]
    members = {article_id}
    if stories:
        found = db.conn.execute(
            "SELECT id FROM article WHERE story_id IN (SELECT value FROM json_each(?))", [json.dumps(stories)]
        )
        members |= {member for (member,) in found}
    scores = _scores(db, members) if len(members) > 1 else []
    components = _components(members, scores)
    kept = {component[0] for component, _ in components}
    for component, confidence in components:
        _write(db, component, confidence)
    if stories:
        _retire(db, stories, kept)


def _scores(db: Database, members: set[int]) -> list[tuple[float, int, int]]:
    """Give the pairs among some articles, the surest first."""
    rows = db.conn.execute(
        "SELECT score, article_id, other_id FROM story_link WHERE article_id IN (SELECT value FROM json_each(?)) "
        "ORDER BY score DESC, article_id, other_id",
        [json.dumps(sorted(members))],
    )
    return [(score, one, other) for score, one, other in rows]


def _components(members: set[int], scores: Iterable[tuple[float, int, int]]) -> list[tuple[list[int], float]]:
    """Give what hangs together, and how sure that is: the weakest of the pairs without which it would fall apart.

    Those are the pairs of a maximum spanning tree (Kruskal).
    """
    parent = {member: member for member in members}
    confidence = dict.fromkeys(members, 1.0)

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for score, one, other in scores:
        mine, its = sorted((root(one), root(other)))
        if mine != its:
            parent[its] = mine
            confidence[mine] = min(confidence[mine], confidence[its], score)
    found: dict[int, list[int]] = {}
    for member in sorted(members):
        found.setdefault(root(member), []).append(member)
    return [(component, confidence[first]) for first, component in found.items()]


def _write(db: Database, component: list[int], confidence: float) -> None:
    """Write one story, and let its articles name it."""
    execute = db.conn.execute
    ordered = sorted(in_order(db, component))
    story, first, decided = component[0], ordered[0], first_by(ordered)
    outlets = Counter(copy.site for copy in ordered)
    execute(
        "INSERT OR REPLACE INTO story (id, headline, first_article_id, first_published, last_published, first_by, "
        "articles, sites, confidence) SELECT ?1, article.headline, article.id, article.published, "
        "(SELECT max(published) FROM article WHERE id IN (SELECT value FROM json_each(?2))), ?3, ?4, ?5, ?6 "
        "FROM article WHERE id = ?7",
        [
            story, json.dumps(component), decided, len(component), len(outlets), confidence, first.id,
        ],
    )  # fmt: skip
    execute(
        "UPDATE article SET story_id = ?1 WHERE id IN (SELECT value FROM json_each(?2)) AND story_id IS NOT ?1",
        [story, json.dumps(component)],
    )
    execute("DELETE FROM story_redirect WHERE old_id = ?", [story])
    execute("DELETE FROM story_outlet WHERE story_id = ?", [story])
    if len(outlets) > 1:
        is_sure = decided == "published"
        insert_rows(
            db,
            "story_outlet",
            "story_id,site,articles,sites,is_first,is_sure",
            [
                (story, site, articles, len(outlets), site == first.site, is_sure)
                for site, articles in sorted(outlets.items())
            ],
        )


def first_by(ordered: list[Copy]) -> str:
    """Tell what decided who was first: the times of publication, or, where they leave it open, when a page was seen."""
    first = ordered[0]
    open_still = len(ordered) > 1 and ordered[1].since == first.since
    return "published" if first.dated and not open_still else "first_seen"


def _retire(db: Database, before: list[int], kept: set[int]) -> None:
    """Take away stories that are no more; a former id leads to the story of the article that it was named by.

    Where that article has been taken for another one since, it leads to where the other one's story leads.
    """
    execute = db.conn.execute
    for story in before:
        if story not in kept:
            execute(
                "INSERT INTO story_redirect (old_id, story_id) SELECT id, story_id FROM article WHERE id = ?", [story]
            )
    execute(
        "UPDATE story_redirect SET story_id = coalesce((SELECT story_id FROM article WHERE id = old_id), "
        "(SELECT article.story_id FROM article WHERE article.id = story_redirect.story_id)) "
        "WHERE story_id IN (SELECT value FROM json_each(?))",
        [json.dumps(before)],
    )
    execute(
        "DELETE FROM story WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps([story for story in before if story not in kept])],
    )
