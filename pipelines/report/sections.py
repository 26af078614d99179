"""What the report asks: questions of data/queries, in the order in which one reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from pipelines.research.questions import Answer, Question, ask

_STORIES = 3
_LARGEST = "SELECT id, headline FROM story WHERE sites > 1 ORDER BY sites DESC, articles DESC, id LIMIT ?"
_HEALTH = "SELECT * FROM site_health ORDER BY alarm IS NULL, site"
ORDER: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("coverage_by_day", {"days": "60"}),
    ("most_quoted", {"rows": "15"}),
    ("most_named", {"rows": "15"}),
    ("anonymous_share", {}),
    ("anonymous_share_by_month", {}),
    ("who_was_first", {}),
    ("who_copied_whom", {}),
    ("agency_share", {}),
    ("agency_stories", {"rows": "20"}),
    ("embeds_by_provider", {}),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its answer."""

    question: Question
    answer: Answer
    values: Mapping[str, str] = field(default_factory=dict)
    """What was set."""
    title: str = ""
    """Instead of the question's."""

    @property
    def heading(self) -> str:
        """What stands above it."""
        return self.title or self.question.title


_OUTLETS = """
SELECT
    article_day.site,
    sum(articles) AS articles,
    min(nullif(day, '')) AS first_day,
    max(day) AS last_day,
    sum(copies) AS copies,
    (SELECT coalesce(sum(quotes), 0) FROM quote_month WHERE quote_month.site = article_day.site) AS quotes,
    (SELECT coalesce(sum(embeds), 0) FROM embed_month WHERE embed_month.site = article_day.site) AS embeds
FROM article_day
GROUP BY article_day.site
HAVING sum(articles) > 0
ORDER BY articles DESC, article_day.site
""".strip()


def outlets(db: Database) -> Section:
    """Give how much there is of each outlet."""
    question = Question(
        name="outlets",
        title="How much is there of each outlet?",
        description="Copies are articles that another outlet had first.",
        parameters={},
        chart=None,
        sql=_OUTLETS,
    )
    return Section(question, ask(db, question))


def sections(
    db: Database, questions: Mapping[str, Question], wanted: Callable[[str], bool] = lambda name: True
) -> Iterator[Section]:
    """Answer the report's questions, or those of the names that are wanted.

    The timelines are those of the stories that most outlets tell.
    """
    if wanted("outlets"):
        yield outlets(db)
    for name, values in ORDER:
        if wanted(name):
            yield Section(questions[name], ask(db, questions[name], values), values)
    if wanted("story_timeline"):
        yield from _timelines(db, questions["story_timeline"])
    if wanted("site_health") and db["site_health"].exists():  # a published copy has none
        yield health(db)
    if wanted("crawl_gaps"):
        yield Section(questions["crawl_gaps"], ask(db, questions["crawl_gaps"]))


def _timelines(db: Database, timeline: Question) -> Iterator[Section]:
    for story, headline in db.conn.execute(_LARGEST, [_STORIES]).fetchall():
        values = {"story": str(story)}
        yield Section(timeline, ask(db, timeline, values), values, f"How “{headline}” travelled")


def health(db: Database) -> Section:
    """Give the view site_health, outlets with an alarm first."""
    question = Question(
        name="site_health",
        title="Is every outlet still read as it should be?",
        description="Seven days up to the end of each outlet's last finished crawl; shares are from 0 to 1.",
        parameters={},
        chart=None,
        sql=_HEALTH,
    )
    return Section(question, ask(db, question))
