"""Whether an outlet has fallen out of its own past: fewer articles, fields that are missing, requests that fail.

Everything here is held against what the same outlet did in the weeks before, never against a fixed measure: an outlet
without bylines, or one that sleeps at week-ends, is well as long as it goes on like that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import comb
from statistics import median

from pipelines.silence import silence

CERTAIN = 0.001
"""Probability below which chance is no longer believed: one false alarm in a thousand runs of an outlet."""
FEWEST = 3
"""Pages of a run from which on anything is said of them."""
FEWEST_RUNS = 3
"""Earlier runs in which the outlet answered; with fewer there is no past that it could fall out of."""
_FIELDS = {
    "missing_headline": "headline",
    "missing_date": "publication date",
    "missing_author": "author",
    "missing_body": "body",
}

_SUMMED = ("pages", "failures", "articles_new", "articles_changed", "refused", *_FIELDS)


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
    is_outage: bool = False
    """Whether hardly any outlet answered in that run: it says nothing of this one."""

    @property
    def articles(self) -> int:
        """Articles that were read."""
        return self.articles_new + self.articles_changed


def alarm(runs: Sequence[SiteRun]) -> str | None:
    """Say in one line how the last run of an outlet falls out of the runs before; None where it does not.

    A run of few pages is taken together with those just before it. One in which the outlet was not asked at all (it
    rests, or its robots.txt forbids everything) leaves what was known of its pages as it was, and only adds to its
    silence; one in which nobody answered is as if it had not been.

    Args:
        runs: of one outlet over some weeks, oldest first; the last is the run in question.
    """
    watched = [run for run in runs if not run.is_outage]
    asked = [run for run in watched if run.pages]
    checks = (*_pages(asked), silence([(run.finished, run.articles_new > 0) for run in watched]))
    return "; ".join(check for check in checks if check) or None


def _pages(runs: Sequence[SiteRun]) -> list[str | None]:
    """Hold the pages of the last run, or of the last few, against those of the runs before."""
    recent, past = _parted(runs, lambda run: run.refused + run.articles)
    recent_requests, past_requests = _parted(runs, lambda run: run.pages)
    if recent is None or recent_requests is None:
        return []
    found = []
    if _is_past(past_requests) and 2 * runs[-1].failures >= runs[-1].pages:
        found.append(_failures(past_requests, recent_requests))
    if _is_past(past):
        found += [_refused(past, recent), *_fields(past, recent), _short(past, recent)]
    return found


def _parted(runs: Sequence[SiteRun], pages: Callable[[SiteRun], int]) -> tuple[SiteRun | None, Sequence[SiteRun]]:
    """Give the sum of the last runs with enough pages to say anything, and the runs before that were not alarmed."""
    count, seen = 0, 0
    while count < len(runs) and seen < FEWEST:
        count += 1
        seen += pages(runs[-count])
    if not count:
        return None, ()
    recent = runs[-count:]
    words = [run.median_words for run in recent if run.median_words is not None]
    total = replace(
        recent[-1],
        **{name: sum(getattr(run, name) for run in recent) for name in _SUMMED},
        median_words=median(words) if words else None,
    )
    return total, [run for run in runs[:-count] if not run.is_alarmed]


def _is_past(runs: Sequence[SiteRun]) -> bool:
    return sum(run.failures < run.pages for run in runs) >= FEWEST_RUNS


def _failures(past: Sequence[SiteRun], last: SiteRun) -> str | None:
    failed, asked = sum(run.failures for run in past), sum(run.pages for run in past)
    if last.pages < FEWEST or last.failures / last.pages < 0.5:
        return None
    if not _is_unlike(last.failures, last.pages, failed, asked):
        return None
    if last.failures == last.pages:
        return "no page answered"
    return f"{last.failures} of {last.pages} requests failed, {_share(failed, asked)} before"


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
