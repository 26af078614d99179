"""Whether an outlet has fallen out of its own past: fewer articles, fields that are missing, requests that fail.

Everything here is held against what the same outlet did in the weeks before, never against a fixed measure: an outlet
without bylines, or one that sleeps at week-ends, is well as long as it goes on like that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import comb
from statistics import median

DAY = 86400.0
CERTAIN = 0.001
"""Probability below which chance is no longer believed: one false alarm in a thousand runs of an outlet."""
FEWEST = 3
"""Pages of a run from which on anything is said about their fields."""
SHORT_PAST = 7 * DAY
"""Of a past shorter than this the rhythm is not known; then `PATIENCE` counts."""
PATIENCE = 4 * DAY
_FIELDS = {
    "missing_headline": "headline",
    "missing_date": "publication date",
    "missing_author": "author",
    "missing_body": "body",
}

_SUMMED = ("articles_new", "articles_changed", "refused", *_FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRun:
    """What one run found at one outlet."""

    finished: float
    """Seconds since 1970."""
    pages: int
    """Answers, and requests that got none."""
    failures: int
    articles_new: int = 0
    articles_changed: int = 0
    refused: int = 0
    """Pages that were taken for articles and gave no record."""
    missing_headline: int = 0
    missing_date: int = 0
    missing_author: int = 0
    missing_body: int = 0
    median_words: float | None = None
    is_alarmed: bool = False
    """Whether the run itself fell out of the past; it is then no part of what later ones are held against."""

    @property
    def articles(self) -> int:
        """Articles that were read."""
        return self.articles_new + self.articles_changed


def alarm(runs: Sequence[SiteRun]) -> str | None:
    """Say in one line how the last run of an outlet falls out of the runs before; None where it does not.

    A run of few pages is taken together with those just before it.

    Args:
        runs: of one outlet over some weeks, oldest first; the last is the run in question.
    """
    last, recent, past = _parted(runs)
    usual = [run for run in past if not run.is_alarmed]
    checks = (
        _failures([run for run in runs[:-1] if not run.is_alarmed], runs[-1]),
        _refused(usual, recent),
        *_fields(usual, recent),
        _short(usual, recent),
        _silent(runs[:-1], last),
    )
    return "; ".join(check for check in checks if check) or None


def _parted(runs: Sequence[SiteRun]) -> tuple[SiteRun, SiteRun, Sequence[SiteRun]]:
    """Part the last run, the sum of the last ones with enough pages to say anything, and the runs before those."""
    count, seen = 0, 0
    while count < len(runs) and seen < FEWEST:
        count += 1
        seen += runs[-count].refused + runs[-count].articles
    recent = runs[-count:]
    words = [run.median_words for run in recent if run.median_words is not None]
    total = replace(
        recent[-1],
        **{name: sum(getattr(run, name) for run in recent) for name in _SUMMED},
        median_words=median(words) if words else None,
    )
    return runs[-1], total, runs[:-count]


def _failures(past: Sequence[SiteRun], last: SiteRun) -> str | None:
    if last.pages == 0:
        return None
    if last.failures == last.pages:
        return "no page answered"
    failed, asked = sum(run.failures for run in past), sum(run.pages for run in past)
    if last.failures / last.pages >= 0.5 and _is_unlike(last.failures, last.pages, failed, asked):
        return f"{last.failures} of {last.pages} requests failed, {_share(failed, asked)} before"
    return None


def _refused(past: Sequence[SiteRun], last: SiteRun) -> str | None:
    """The pages answer, and give no articles any more: a redesign, or a wall in front of them."""
    seen = last.refused + last.articles
    refused = sum(run.refused for run in past)
    before = refused + sum(run.articles for run in past)
    if seen >= FEWEST and last.refused / seen >= 0.5 and _is_unlike(last.refused, seen, refused, before):
        return f"{last.refused} of {seen} pages give no article, {_share(refused, before)} before"
    return None


def _fields(past: Sequence[SiteRun], last: SiteRun) -> list[str]:
    found = []
    before = sum(run.articles for run in past)
    for name, word in _FIELDS.items():
        missing, lacked = getattr(last, name), sum(getattr(run, name) for run in past)
        if last.articles < FEWEST or not before or missing / last.articles - lacked / before < 0.3:
            continue
        if _is_unlike(missing, last.articles, lacked, before):
            found.append(f"{missing} of {last.articles} articles have no {word}, {_share(lacked, before)} before")
    return found


def _short(past: Sequence[SiteRun], last: SiteRun) -> str | None:
    usual = [run.median_words for run in past if run.median_words is not None]
    if last.median_words is None or last.articles < FEWEST or len(usual) < FEWEST:
        return None
    if last.median_words < median(usual) / 3:
        return f"articles have {last.median_words:.0f} words, {median(usual):.0f} before"
    return None


def _silent(past: Sequence[SiteRun], last: SiteRun) -> str | None:
    """No new article for longer than the outlet was ever silent in the weeks before."""
    times = [run.finished for run in past if run.articles_new]
    if last.articles_new or len(times) < FEWEST:
        return None
    silence = last.finished - times[-1]
    longest = max(later - earlier for earlier, later in pairwise(times))
    is_short = times[-1] - past[0].finished < SHORT_PAST
    allowed = max(1.5 * longest + DAY / 2, PATIENCE if is_short else 0.0)
    if silence <= allowed:
        return None
    return f"no new article for {silence / DAY:.1f} days, never more than {longest / DAY:.1f} before"


def _is_unlike(hits: int, tried: int, before: int, tried_before: int) -> bool:
    """Whether so many hits are not believable by chance at the rate of the past (a binomial tail, Laplace's rate)."""
    if tried_before < FEWEST:
        return False
    rate = (before + 1) / (tried_before + 2)
    if tried > 1000:  # the numbers of a crawl after a long sleep; the share alone decides
        return hits / tried - rate > 0.3
    tail = sum(comb(tried, k) * rate**k * (1 - rate) ** (tried - k) for k in range(hits, tried + 1))
    return tail < CERTAIN


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"
