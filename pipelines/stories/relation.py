"""Whether two articles tell of one event: evidence by name, each with its weight, held against one bar.

Every weight depends on the two articles alone. What may be common to many events (a celebrity, a place, a player that
an outlet puts on all its pages) has a cap below the bar, so that it never makes a pair by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.stories.signs import Signs

WINDOW = 7 * 86400
"""Seconds that may lie between two articles of a pair; a story runs on as long as its pairs do."""
BAR = 1.0
"""Weight from which on two articles are a pair."""
_FADE = 0.3
"""Share of its weight that all but copies, quotations and posts lose over the window."""
_COPY = 2.0
_QUOTES = (0.0, 0.7, 0.95, 1.1, 1.2)
"""Of no, one, two, … shared runs of words in the same mouth."""
_OTHER_MOUTH = 0.3
"""Share of it where the words are given to different people."""
_POST, _POSTS = 0.6, 0.9
_SAME_SITE = 0.5
"""Share of the weight of posts and quotations where an outlet repeats them itself."""
_PERSON = {1: 0.06, 2: 0.15, 3: 0.3}
"""By how much of the article the person is, in the article where it is less."""
_PEOPLE = 0.55
_NAME, _NAMES = 0.09, 0.3
_DATE, _DATES = 0.14, 0.25
_TITLE = (0.0, 0.14, 0.32, 0.48, 0.6)
_HEADLINE = 0.6
_AT_ONCE = 6 * 3600
"""Seconds within which two equal headlines are one article's: the pages of a gallery; later it may be a column's."""
_TEXT, _TEXTS = 0.06, 0.35
_DOUBT = 0.35
"""What of the doubt is left for each unit of weight."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article, as far as it matters here."""

    id: int
    site: str
    moment: int
    """Seconds since 1970."""
    signs: Signs


@dataclass(frozen=True, slots=True)
class Link:
    """Why two articles tell of one event."""

    score: float
    """From 0 to 1."""
    reasons: dict[str, float]
    """The evidence by name, with its weight, the heaviest first."""


def relate(one: Article, other: Article, similarity: float | None) -> Link | None:
    """Give what makes two articles a pair, or None where they are none; the same in either order.

    Args:
        one: of the two.
        other: of the two.
        similarity: of their texts where they have nearly the same one.
    """
    apart = abs(one.moment - other.moment)
    if apart > WINDOW:
        return None
    mine, its = one.signs, other.signs
    shown = _SAME_SITE if one.site == other.site else 1.0
    fade = 1 - _FADE * apart / WINDOW
    people = _people(mine, its)
    names = min(_NAMES, _NAME * len(set(mine.names) & set(its.names)))
    weights = {
        "copy": _COPY if similarity is not None else 0.0,
        "quotes": _quotes(mine, its) * (shown if not people else 1.0),
        "posts": min(_POSTS, _POST * len(set(mine.posts) & set(its.posts))) * shown,
        "people": people * fade,
        "names": names * fade,
        "dates": min(_DATES, _DATE * len(set(mine.dates) & set(its.dates))) * fade,
        "title": _step(_TITLE, len(set(mine.title) & set(its.title))) * fade,
        "headline": _HEADLINE if mine.headline and mine.headline == its.headline and apart <= _AT_ONCE else 0.0,
        "text": min(_TEXTS, _TEXT * len(set(mine.text) & set(its.text))) * fade,
    }
    if not people and not names:
        weights["quotes"] *= _SAME_SITE
    total = sum(weights.values())
    if total < BAR:
        return None
    reasons = sorted(
        ((name, round(weight, 2)) for name, weight in weights.items() if weight), key=lambda item: -item[1]
    )
    return Link(round(1 - _DOUBT**total, 4), dict(reasons))


def _quotes(mine: Signs, its: Signs) -> float:
    shared = mine.quotes.keys() & its.quotes.keys()
    same = sum(not mine.quotes[run] or not its.quotes[run] or mine.quotes[run] == its.quotes[run] for run in shared)
    return max(_step(_QUOTES, same), _OTHER_MOUTH * _step(_QUOTES, len(shared)))


def _people(mine: Signs, its: Signs) -> float:
    shared = mine.people.keys() & its.people.keys()
    return min(_PEOPLE, sum(_PERSON[min(mine.people[name], its.people[name])] for name in shared))


def _step(weights: tuple[float, ...], count: int) -> float:
    return weights[min(count, len(weights) - 1)]
