"""A story as its page shows it: who told it when, and who cites whom."""

from __future__ import annotations

from dataclasses import dataclass

from sqlite_utils import Database

from pipelines.research import QueryError


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One outlet's article in a story."""

    id: int
    site: str
    headline: str | None
    published: str | None
    hours_later: float | None
    """After the first; None where one of the times is not known."""
    agency: str | None
    copy_of: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story whole."""

    id: int
    headline: str | None
    first_article_id: int
    first_by: str
    """published or first_seen: what decided who was first."""
    confidence: float
    sites: int
    tellings: tuple[Telling, ...]
    """The first one first, then by time."""
    citations: tuple[tuple[str, str], ...]
    """Who cites whom."""


_STORY = "SELECT id, headline, first_article_id, first_by, confidence, sites FROM story WHERE id = ?"
_TELLINGS = """
SELECT article.id, article.site, article.headline, article.published,
    CASE WHEN length(article.published) > 10 AND length(story.first_published) > 10
        THEN round(24 * (julianday(article.published) - julianday(story.first_published)), 1) END AS hours_later,
    article.agency, article.copy_of
FROM story JOIN article ON article.story_id = story.id WHERE story.id = ?
ORDER BY article.id <> story.first_article_id, article.published IS NULL, article.published, article.id
"""


def story_view(db: Database, story_id: int) -> StoryView:
    """Give a story, under its own id or one that it had before it was merged.

    Raises:
        QueryError: there is no such story.
    """
    moved = db.conn.execute("SELECT story_id FROM story_redirect WHERE old_id = ?", [story_id]).fetchone()
    story_id = moved[0] if moved else story_id
    story = db.conn.execute(_STORY, [story_id]).fetchone()
    if story is None:
        raise QueryError(f"no story {story_id}")
    tellings = tuple(
        Telling(
            id=row[0], site=row[1], headline=row[2], published=row[3], hours_later=row[4], agency=row[5], copy_of=row[6]
        )
        for row in db.conn.execute(_TELLINGS, [story_id])
    )
    cites = db.conn.execute(
        "SELECT DISTINCT site, outlet FROM story_citation WHERE story_id = ? ORDER BY 1, 2", [story_id]
    )
    return StoryView(
        id=story[0], headline=story[1], first_article_id=story[2], first_by=story[3], confidence=story[4],
        sites=story[5], tellings=tellings, citations=tuple((site, outlet) for site, outlet in cites),
    )  # fmt: skip
