"""What reads the database for people; every function takes a connection of `open_reader` and gives typed rows."""

from pipelines.research.diff import ArticleDiff, FieldDiff, diff
from pipelines.research.filters import QueryError
from pipelines.research.quotes import QuoteRow, count_quotes, quotes
from pipelines.research.search import Hit, count, search
from pipelines.research.selection import Selection
from pipelines.research.show import ArticleLink, ArticleView, RevisionRow, show
from pipelines.research.stories import StoryArticle, StoryRow, StoryView, stories, story
from pipelines.research.summary import CopyRow, EmbedRow, OutletRow, SpeakerRow, Summary, summary
from pipelines.research.words import Piece

__all__ = [
    "ArticleDiff",
    "ArticleLink",
    "ArticleView",
    "CopyRow",
    "EmbedRow",
    "FieldDiff",
    "Hit",
    "OutletRow",
    "Piece",
    "QueryError",
    "QuoteRow",
    "RevisionRow",
    "Selection",
    "SpeakerRow",
    "StoryArticle",
    "StoryRow",
    "StoryView",
    "Summary",
    "count",
    "count_quotes",
    "diff",
    "quotes",
    "search",
    "show",
    "stories",
    "story",
    "summary",
]
