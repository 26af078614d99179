"""What reads the database for people; every function takes a connection of `open_reader` and gives typed rows."""

from pipelines.research.dictionary import TableText, read_dictionary
from pipelines.research.filters import QueryError
from pipelines.research.questions import Answer, Chart, Question, ask, read_question, read_questions
from pipelines.research.quotes import QuoteRow, quotes
from pipelines.research.search import Hit, search
from pipelines.research.show import ArticleLink, ArticleView, RevisionRow, show
from pipelines.research.summary import CopyRow, EmbedRow, OutletRow, SpeakerRow, Summary, summary

__all__ = [
    "Answer",
    "ArticleLink",
    "ArticleView",
    "Chart",
    "CopyRow",
    "EmbedRow",
    "Hit",
    "OutletRow",
    "QueryError",
    "Question",
    "QuoteRow",
    "RevisionRow",
    "SpeakerRow",
    "Summary",
    "TableText",
    "ask",
    "quotes",
    "read_dictionary",
    "read_question",
    "read_questions",
    "search",
    "show",
    "summary",
]
