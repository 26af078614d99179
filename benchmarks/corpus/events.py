"""What happens, to whom, and what of it may be told: the facts, sayings and posts that articles on it draw from."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from benchmarks.corpus.cast import Cast, Celebrity
from benchmarks.corpus.draft import Said
from benchmarks.corpus.plots import PLOTS, STOCK, Plot
from benchmarks.corpus.words import Words
from extractors import Embed

SIZES = (0.56, 0.17, 0.10, 0.06, 0.04, 0.02, 0.015, 0.01, 0.008, 0.006, 0.004, 0.003, 0.002, 0.001, 0.001)
"""Chances that an event is told by one outlet, by two, by three and so on."""
ORPHANS = (("person", 0.53), ("anonymous", 0.18), (None, 0.12), ("representative", 0.06), ("organisation", 0.04),
           ("group", 0.03), ("document", 0.02), ("outlet", 0.02))  # fmt: skip
"""Whose words are quoted: three in ten quotations have nobody with a name."""

OLD = timedelta(days=3)
"""After which a saying is brought up again at another event."""

_DESCRIBED = (
    "a source",
    "an insider",
    "one friend",
    "a source close to the family",
    "somebody on the set",
    "a witness",
)
_BODIES = ("{0} Police", "{0} Records", "{0} Hospital", "{0} Council")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened."""

    number: int
    at: datetime
    language: str
    plot: Plot
    celebrity: Celebrity
    other: str
    place: str
    thing: str
    topic: list[str]
    sayings: list[Said]
    posts: list[Embed]
    size: int
    """How many outlets tell it."""

    @property
    def slots(self) -> dict[str, str]:
        return {
            "who": self.celebrity.name, "other": self.other, "place": self.place, "thing": self.thing,
            "day": _DAYS[self.at.weekday()],
        }  # fmt: skip


def event(
    chance: random.Random,
    cast: Cast,
    words: Words,
    number: int,
    at: datetime,
    language: str,
    beside: Event | None = None,
) -> Event:
    """Make an event; one `beside` another has the same celebrity, and in three of ten cases the same second name or
    place, but another plot: a different story of the same days.
    """
    celebrity = beside.celebrity if beside else cast.celebrity()
    plot = chance.choice([plot for plot in PLOTS if beside is None or plot is not beside.plot])
    other = celebrity.partner if chance.random() < 0.35 else cast.anybody()
    place = chance.choice(words.content[100:4000]).capitalize()
    if beside and chance.random() < 0.3:
        other = beside.other
    if beside and chance.random() < 0.3:
        place = beside.place
    size = chance.choices(range(1, len(SIZES) + 1), weights=SIZES)[0]
    made = Event(
        number=number, at=at, language=language, plot=plot, celebrity=celebrity, other=other, place=place,
        thing=plot.thing.format(chance.choice(words.content[900:]).capitalize()), topic=words.topic(), sayings=[],
        posts=posts(chance, celebrity.surname, chance.choice((0, 0, 0, 1, 1, 2))), size=size,
    )  # fmt: skip
    made.sayings.extend(saying(chance, words, made) for _ in range(chance.randint(1, 5)))
    known = [text for since, text in celebrity.sayings if at - since > OLD]
    own = [(at, said.text) for said in made.sayings if said.speaker == celebrity.name and said.text not in STOCK]
    celebrity.sayings[:] = [*celebrity.sayings, *own][-20:]
    if known and chance.random() < 0.08:
        made.sayings.append(Said(chance.choice(known), celebrity.name, "person"))
    return made


def saying(chance: random.Random, words: Words, about: Event) -> Said:
    """Make a quotation of 5 to 30 words, or one that people say at any event."""
    text = words.sentence(about.topic)[:-1] if chance.random() > 0.03 else chance.choice(STOCK)
    kind = chance.choices([kind for kind, _ in ORPHANS], weights=[weight for _, weight in ORPHANS])[0]
    who = about.celebrity.name
    if kind is None:
        return Said(text, None, None)
    if kind == "representative":
        return Said(text, f"a rep for {who}", kind, who)
    speaker = {
        "person": chance.choice((who, who, about.other)),
        "anonymous": chance.choice(_DESCRIBED),
        "organisation": chance.choice(_BODIES).format(about.place),
        "group": "fans",
        "document": "the statement",
        "outlet": "Glimmer",
    }[kind]
    return Said(text, speaker, kind)  # type: ignore[arg-type]


def posts(chance: random.Random, handle: str, count: int) -> list[Embed]:
    """Make posts of the services, each with an identifier of its own."""
    made = []
    for _ in range(count):
        code = "".join(chance.choices("abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=11))
        number = str(chance.randrange(10**18, 10**19))
        provider, kind, url, identity = chance.choice(
            (
                ("instagram", "post", f"https://www.instagram.com/p/{code}/", code),
                ("instagram", "post", f"https://www.instagram.com/p/{code}/", code),
                ("x", "post", f"https://x.com/{handle.lower()}/status/{number}", number),
                ("youtube", "video", f"https://www.youtube.com/watch?v={code}", code),
                ("tiktok", "video", f"https://www.tiktok.com/@{handle.lower()}/video/{number}", number),
            )
        )
        made.append(Embed(provider=provider, kind=kind, url=url, id=identity, author=handle.lower()))  # type: ignore[arg-type]
    return made


def delay(chance: random.Random) -> timedelta:
    """How long after the event an outlet writes of it: minutes to days, four hours at the median."""
    return timedelta(hours=min(chance.lognormvariate(1.4, 1.1), 96))
