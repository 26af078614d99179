"""What reads the database for people; every function takes a connection of `open_reader` and gives typed rows."""

from pipelines.research.filters import QueryError
from pipelines.research.quotes import QuoteRow, quotes
from pipelines.research.search import Hit, search
from pipelines.research.show import ArticleLink, ArticleView, RevisionRow, show
from pipelines.research.stories import StoryArticle, StoryRow, StoryView, stories, story
from pipelines.research.summary import CopyRow, EmbedRow, OutletRow, SpeakerRow, Summary, summary

__all__ = [
    "ArticleLink",
    "ArticleView",
    "CopyRow",
    "EmbedRow",
    "Hit",
    "OutletRow",
    "QueryError",
    "QuoteRow",
    "RevisionRow",
    "SpeakerRow",
    "StoryArticle",
    "StoryRow",
    "StoryView",
    "Summary",
    "quotes",
    "search",
    "show",
    "stories",
    "story",
    "summary",
]
