"""Who writes: forty-four invented outlets of nine houses, each with its rhythm, staff, sections and template text."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.corpus.cast import Cast

OUTLETS = 44
HOUSES = 9
"""Publishing houses; the outlets of one have the same template text."""
AGENCIES = ("PA Media", "AP", "AFP", "Bang Showbiz", "Cover Media", "dpa")

_PLATFORMS = (
    "Glimmer",
    "Beacon",
    "Lantern",
    "Parade",
    "Whisper",
    "Spotlight",
    "Tattle",
    "Marquee",
    "Velvet",
    "Keyhole",
    "Hearsay",
)
_FORMS = ("{0}", "Daily {0}", "{0} Now", "The {0} Post")
_SECTIONS = ("Celebrity", "Showbiz", "TV", "Film", "Music", "Royals", "Style", "News", "Entertainment", "Relationships")
_TEMPLATES = (
    "Get the best stories about the people you love straight to your inbox every morning by signing up to our free "
    "newsletter, and unsubscribe whenever you want; we may use what you tell us as our privacy notice describes.",
    "Do you have a story to tell? Our desk reads every message, pays for pictures and exclusive videos, and would be "
    "glad to hear from you by telephone at any time of the day or night, seven days a week.",
    "If you or anybody close to you has been touched by what this article describes, trained listeners can be reached "
    "free of charge around the clock, and nobody will ask you for your name or where you live.",
    "This page has links to shops that pay us a share of what you spend there. It costs you nothing extra, and has no "
    "say in what our writers choose to recommend or how they come to their verdicts.",
    "We have asked those named above for a word and will bring this article up to date once we hear from them. Our "
    "standards are those of the press council, and whoever feels wronged may turn to our readers' editor.",
    "Follow us wherever you spend your evenings, turn on the bell so that no live pictures escape you, and tell us in "
    "the comments below what you would have done, as long as you keep it kind.",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A newspaper or magazine of the web."""

    name: str
    site: str
    language: str
    volume: float
    """How much it writes, against the others."""
    wakes: int
    """The hour, UTC, at which its desk begins; it writes for seventeen."""
    lag: float
    """Minutes after which a crawler sees a new article, at the median."""
    day_only: bool
    """Its pages give the day of publication and no time."""
    tags: bool
    staff: tuple[str, ...]
    sections: tuple[str, ...]
    templates: tuple[str, ...]
    """Paragraphs that stand below most of its articles."""

    def at_work(self, moment: datetime) -> datetime:
        """Give the moment, or the beginning of the next working day where the desk is asleep."""
        since = (moment.hour - self.wakes) % 24
        if since < 17:
            return moment
        return moment + timedelta(hours=24 - since, minutes=-(moment.minute % 45))


def outlets(chance: random.Random, cast: Cast) -> list[Outlet]:
    """Make them all; four write in German."""
    houses = [tuple(chance.sample(_TEMPLATES, k=chance.randint(1, 3))) for _ in range(HOUSES)]
    names = [form.format(name) for form in _FORMS for name in _PLATFORMS]
    chance.shuffle(names)
    return [_outlet(chance, cast, name, rank, houses[rank % HOUSES]) for rank, name in enumerate(names[:OUTLETS])]


def _outlet(chance: random.Random, cast: Cast, name: str, rank: int, templates: tuple[str, ...]) -> Outlet:
    german = rank % 11 == 7
    return Outlet(
        name=name,
        site=f"{name.lower().replace(' ', '')}.example",
        language="de" if german else "en",
        volume=1 / (rank + 6),
        wakes=chance.choice((5, 6, 7, 11, 12, 14)),
        lag=chance.uniform(4, 50),
        day_only=rank % 13 == 5,
        tags=rank % 5 != 3,
        staff=tuple(cast.anybody() for _ in range(chance.randint(4, 24))),
        sections=tuple(chance.sample(_SECTIONS, k=chance.randint(3, 6))),
        templates=templates,
    )
