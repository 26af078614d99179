"""How long after the first each outlet told a story."""

from __future__ import annotations

from datetime import datetime

from pipelines.research import StoryArticle, StoryView


def tellings(view: StoryView) -> tuple[tuple[StoryArticle, str], ...]:
    """Give the articles of a story, each with its delay in words: "first", "+22.6 h"; empty where it is not known."""
    first = view.articles[0]
    return tuple((article, "first" if article is first else _later(first, article)) for article in view.articles)


def _later(first: StoryArticle, article: StoryArticle) -> str:
    begun, told = _moment(first.published), _moment(article.published)
    return f"{(told - begun).total_seconds() / 3600:+.1f} h" if begun and told else ""


def _moment(text: str | None) -> datetime | None:
    """Read a time; a day alone is none."""
    return datetime.fromisoformat(text) if text and len(text) > 10 else None
