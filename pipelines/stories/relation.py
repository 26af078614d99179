"""Whether two articles tell of one event: evidence by name, each with its weight, held against one bar.

Every weight depends on the two articles alone. What may be common to many events (a celebrity, a place, a player that
an outlet puts on all its pages) has a cap below the bar, so that it never makes a pair by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipelines.stories.signs import Signs

WINDOW = 7 * 86400
"""Seconds that may lie between two articles of a pair; a story runs on as long as its pairs do."""
BAR = 1.1
"""Weight from which on two articles are a pair."""
_FADE = 0.3
"""Share of its weight that all but copies, quotations, posts and text lose over the window."""
_COPY = 2.0
_QUOTES = (0.0, 0.7, 0.95, 1.1, 1.2)
"""Of no, one, two, … shared runs of words in the same mouth."""
_MOST = 0.6
_FEW = 0.45
"""Share of it where the shared words are less than `_MOST` of what either article quotes: old words in a new one."""
_OTHER_MOUTH = 0.3
"""Share of it where the words are given to different people."""
_ALONE = 0.45
"""Share of it where nothing but the speaker and common words are shared beside it: a saying that is often repeated."""
_NOBODY = 0.7
"""Share of it where no person is in both articles."""
_BORNE_OUT = 0.13
"""Weight of posts, names, dates and title from which on a single shared speaker is not alone."""
_POST, _POSTS = 0.6, 0.9
_SAME_SITE = 0.2
"""Share of the weight of posts where an outlet repeats them itself: it may show one on every page."""
_PERSON = {1: 0.06, 2: 0.15, 3: 0.3}
"""By how much of the article the person is, in the article where it is less."""
_PEOPLE = 0.55
_NAME, _NAMES = 0.22, 0.6
_DATE, _DATES = 0.14, 0.25
_TITLE = (0.0, 0.14, 0.28, 0.4, 0.45)
_HEADLINE = 0.75
_AT_ONCE = 6 * 3600
"""Seconds within which two equal headlines are one article's: the pages of a gallery; later it may be a column's."""
_TEXT, _TEXTS = 0.1, 0.45
_NEAR = 2 * 86400
"""Seconds over which what two texts are about loses all its weight: a celebrity's next event has words of the last."""
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
    fade = 1 - _FADE * apart / WINDOW
    shared = mine.people.keys() & its.people.keys()
    around = {
        "posts": min(_POSTS, _POST * _common(mine.posts, its.posts)) * (_SAME_SITE if one.site == other.site else 1.0),
        "names": min(_NAMES, _NAME * _common(mine.names, its.names)) * fade,
        "dates": min(_DATES, _DATE * _common(mine.dates, its.dates)) * fade,
        "title": _step(_TITLE, _common(mine.title, its.title)) * fade,
    }
    borne_out = len(shared) > 1 or (len(shared) == 1 and sum(around.values()) > _BORNE_OUT)
    weights = around | {
        "copy": _COPY if similarity is not None else 0.0,
        "quotes": _quotes(mine, its) * (1.0 if borne_out else _ALONE) * (1.0 if shared else _NOBODY),
        "people": min(_PEOPLE, sum(_PERSON[min(mine.people[name], its.people[name])] for name in shared)) * fade,
        "headline": _HEADLINE if mine.headline and mine.headline == its.headline and apart <= _AT_ONCE else 0.0,
        "text": min(_TEXTS, _TEXT * _common(mine.text, its.text)) * max(0.0, 1 - apart / _NEAR),
    }
    total = sum(weights.values())
    if total < BAR:
        return None
    reasons = sorted(
        ((name, round(weight, 2)) for name, weight in weights.items() if weight), key=lambda item: -item[1]
    )
    return Link(round(1 - _DOUBT**total, 4), dict(reasons))


def _quotes(mine: Signs, its: Signs) -> float:
    shared = mine.quotes.keys() & its.quotes.keys()
    if not shared:
        return 0.0
    same = sum(not mine.quotes[run] or not its.quotes[run] or mine.quotes[run] == its.quotes[run] for run in shared)
    whole = len(shared) >= _MOST * min(len(mine.quotes), len(its.quotes))
    return max(_step(_QUOTES, same), _OTHER_MOUTH * _step(_QUOTES, len(shared))) * (1.0 if whole else _FEW)


def _common(mine: Iterable[object], its: Iterable[object]) -> int:
    return len(set(mine).intersection(its))


def _step(weights: tuple[float, ...], count: int) -> float:
    return weights[min(count, len(weights) - 1)]
