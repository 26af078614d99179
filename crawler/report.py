"""What a run did, outlet by outlet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from crawler.frontier.remaining import Remaining
from pipelines.alarm_news import AlarmNews

FEW = 5
"""Addresses of which it says nothing that none is an article's."""


@dataclass(slots=True, kw_only=True)
class OutletReport:
    """One outlet's share of a run; it grows while the run goes on."""

    site: str
    name: str
    listings: int = 0
    """Feeds, sitemaps and section pages that answered, also with "not modified"."""
    listed: int = 0
    """Articles that the listings named, with repetitions."""
    passed_over: int = 0
    """Addresses of the outlet that its feeds and sitemaps named and that were not taken for articles."""
    fetched: int = 0
    """Article pages that answered, also with "not modified"."""
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    """Known articles that are no longer there."""
    other_pages: int = 0
    """Pages that were taken for articles and are none."""
    disallowed: int = 0
    """Addresses that robots.txt does not allow; they were not asked."""
    failed: Counter[str] = field(default_factory=Counter)
    """Requests that failed, by reason; a request that succeeded later is counted all the same."""
    declined: Counter[str] = field(default_factory=Counter)
    """Pages that ask robots not to be kept or followed, by what they ask."""
    note: str | None = None
    """Why the outlet was left alone, where it was."""
    is_busy: bool = False
    """Whether another process was at work on it."""
    is_resting: bool = False
    """Whether it asked to be left alone, now or in an earlier run, for longer than a run waits."""
    is_unanswered: bool = False
    """Whether it was asked and no request got an answer, of whatever status."""

    @property
    def is_misread(self) -> bool:
        """Whether nothing that the outlet lists is taken for an article: the pattern in its file may be out of date."""
        return not self.listed and self.passed_over >= FEW

    @property
    def is_served(self) -> bool:
        """Whether the outlet gave anything, or somebody else took care of it."""
        return bool(self.listings or self.fetched or self.is_busy)


@dataclass(slots=True, kw_only=True)
class CrawlReport:
    """What a run did."""

    crawl_id: int
    outlets: dict[str, OutletReport]
    """By registrable domain."""
    status: str = "running"
    """`running`, `finished`, `interrupted` or `failed`."""
    error: str | None = None
    """Why the run broke off, in one line."""
    seconds: float = 0.0
    alarms: dict[str, str] = field(default_factory=dict)
    """How outlets fell out of their own past, by domain; those that did so in earlier runs and still stand, too."""
    news: AlarmNews = field(default_factory=AlarmNews)
    """Which alarms began, have lasted for another day, or ended with this run."""
    outage: str | None = None
    """That hardly any outlet answered, so that no outlet is to blame; in one line."""
    remaining: Callable[[], Remaining] = Remaining
    """Counts what is still to be asked, while the run goes on."""
    is_out_of_time: bool = False
    """Whether it ended because its time was over; what it did not come to is left to the next run."""

    def total(self, name: str) -> int:
        """Sum of one count over all outlets."""
        return sum(int(getattr(outlet, name)) for outlet in self.outlets.values())

    @property
    def errors(self) -> int:
        """Requests that failed."""
        return sum(outlet.failed.total() for outlet in self.outlets.values())

    @property
    def is_served(self) -> bool:
        """Whether the run came to its end and no outlet failed."""
        return self.status == "finished" and not any(map(self.has_failed, self.outlets.values()))

    def has_failed(self, outlet: OutletReport) -> bool:
        """Whether an outlet gave nothing although it could be asked.

        One that rests because it asked for that, or was not asked because the time was over, has not failed.
        """
        if outlet.is_served or outlet.is_resting:
            return False
        return not (self.is_out_of_time and not outlet.failed and not outlet.note)

    def summary(self) -> dict[str, Any]:
        """Give the whole of it as plain JSON types."""
        counts = (
            "listings", "listed", "passed_over", "fetched", "new", "changed", "unchanged", "gone", "other_pages",
            "disallowed",
        )  # fmt: skip
        return {
            "run": self.crawl_id,
            "status": self.status,
            "error": self.error,
            "seconds": round(self.seconds, 3),
            "out_of_time": self.is_out_of_time,
            "served": self.is_served,
            "errors": self.errors,
            "alarms": self.alarms,
            "alarms_begun": list(self.news.begun),
            "alarms_lasting": list(self.news.lasting),
            "alarms_ended": self.news.ended,
            "outage": self.outage,
            **{name: self.total(name) for name in counts},
            "outlets": [
                asdict(outlet)
                | {"failed": dict(outlet.failed), "declined": dict(outlet.declined), "served": outlet.is_served}
                for outlet in self.outlets.values()
            ],
        }
