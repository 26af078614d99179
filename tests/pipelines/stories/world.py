"""A small invented press: events, the outlets that tell of them in their own words, and which article tells of what.

It shares nothing with what it judges. Each event has people, a place, a day, words of its own, some quotations and
perhaps a post. Each outlet that tells of it takes some of these, in an order of its own, between sentences of everyday
words, up to three days later, under a headline of its own. A few people are in many events of one week, and are quoted
with old words in new events; every article of an outlet has the outlet's own paragraph and its own player.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from extractors import Article, Block, DateMention, Embed, Quote, Stamp

START = datetime(2026, 11, 1, 6, 0, tzinfo=UTC)
_LISTS = {
    "given": "Maud Otto Ines Ruth Clara Hugo Edith Walter Nora Felix Greta Oscar Agnes Victor Helen Leo Martha Simon",
    "family": "Perrin Lind Okafor Abel Tamsworth Brindle Corvane Dunmore Estwick Fallowby Garrick Hollin Ivorson "
    "Jessup Kettering Larkin Mowbray Norwell Ostrand Pellow Quarrie Rudge Selwick Thorne Umber Vance Wexler Yarrow",
    "places": "Dublin Lisbon Oslo Prague Naples Bristol Geneva Porto Vienna Bergen Malaga Turin Leeds Ghent Basel Riga",
    "starts": "b d f g k l m n p r s t v z st br tr kl",
    "ends": "an el or im un ost ark esh",
    "everyday": "the a of to in and for with on at from that was were had has been would could after before again "
    "while their there people house morning evening street little friend family money music door table window garden "
    "summer winter paper water light number question answer reason moment story picture minute letter corner village",
}
GIVEN, FAMILY, PLACES, STARTS, ENDS, EVERYDAY = (words.split() for words in _LISTS.values())
_SYLLABLES = [start + end for start in STARTS for end in ENDS]


def word(chance: random.Random, syllables: int = 3) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(syllables))


@dataclass(frozen=True)
class Event:
    """Something that happened, and what can be said of it."""

    people: tuple[str, ...]
    place: str
    day: datetime
    words: tuple[str, ...]
    quotes: tuple[tuple[str, str], ...]
    post: str | None


@dataclass(frozen=True)
class Told:
    """An article, and the number of the event that it tells of."""

    article: Article
    event: int


def world(seed: int, events: int = 60, outlets: int = 12) -> list[Told]:
    """Events of two weeks, in the order in which their articles were published."""
    chance = random.Random(seed)
    vocabulary = [word(chance) for _ in range(4000)]
    stars = [f"{chance.choice(GIVEN)} {name}" for name in chance.sample(FAMILY, 8)]
    old = {star: _sentence(chance, vocabulary, 14) for star in stars}
    sites = [f"outlet{number}.example" for number in range(outlets)]
    template = {site: " ".join(chance.choices(EVERYDAY, k=25)) + "." for site in sites}
    told = []
    for number in range(events):
        event = _event(chance, vocabulary, stars)
        outlets_of_it = chance.sample(sites, chance.choice((1, 1, 2, 2, 3, 4, 6)))
        told += [Told(_article(chance, event, site, number, template[site], old), number) for site in outlets_of_it]
    return sorted(told, key=lambda each: str(each.article.published.value if each.article.published else ""))


def _event(chance: random.Random, vocabulary: list[str], stars: list[str]) -> Event:
    lead = chance.choice(stars) if chance.random() < 0.5 else _name(chance)
    people = (lead, *(_name(chance) for _ in range(chance.randint(1, 3))))
    words = tuple(chance.sample(vocabulary, 14))
    quotes = tuple(
        (chance.choice(people[:2]), _sentence(chance, vocabulary, chance.randint(9, 22)))
        for _ in range(chance.randint(1, 4))
    )
    day = START + timedelta(hours=chance.randrange(14 * 24))
    return Event(
        people,
        chance.choice(PLACES),
        day,
        words,
        quotes,
        f"P{chance.randrange(10**9)}" if chance.random() < 0.3 else None,
    )


def _name(chance: random.Random) -> str:
    return f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}{chance.choice(['', 'son', 'ley', 'ham', 'wick'])}"


def _sentence(chance: random.Random, vocabulary: list[str], length: int) -> str:
    """Words of which one in four is a rarer one."""
    return " ".join(
        chance.choice(vocabulary) if chance.random() < 0.25 else chance.choice(EVERYDAY) for _ in range(length)
    )


def _article(
    chance: random.Random, event: Event, site: str, number: int, template: str, old: dict[str, str]
) -> Article:
    published = event.day + timedelta(hours=chance.expovariate(1 / 12) % 72)
    paragraphs: list[tuple[str, tuple[str, str] | None]] = []
    day = event.day + timedelta(days=9)
    for person in event.people:
        if person is event.people[0] or chance.random() < 0.75:
            some = " ".join([*chance.sample(event.words, 3), *chance.choices(EVERYDAY, k=14)])
            paragraphs.append(
                (f"Then {person} {some} in {event.place}. {person.split()[1]} {chance.choice(EVERYDAY)}.", None)
            )
    kept = [quote for quote in event.quotes if chance.random() < 0.7] or [event.quotes[0]]
    if (lead := event.people[0]) in old and chance.random() < 0.1:
        kept.append((lead, old[lead]))
    for speaker, text in kept:
        shown = text if chance.random() < 0.7 else " ".join(text.split()[: max(7, len(text.split()) - 4)])
        paragraphs.append((f"“{shown}” said {speaker.split()[1]}.", (speaker, shown)))
    paragraphs += [
        (" ".join([*chance.sample(event.words, 2), *chance.choices(EVERYDAY, k=25)]) + ".", None)
        for _ in range(chance.randint(2, 5))
    ]
    dated = chance.random() < 0.5
    if dated:
        paragraphs.append((f"It is planned for {day:%d %B}.", None))
    chance.shuffle(paragraphs)
    paragraphs.append((template, None))
    headline = f"{event.people[0]} " + " ".join([*chance.sample(event.words, 3), *chance.choices(EVERYDAY, k=4)])
    quotes = tuple(
        Quote(
            text=spoken[1], speaker=spoken[0], speakers=(spoken[0],), mention=spoken[0].split()[1],
            speaker_kind="person", cue="said", block=block, start=1, end=1 + len(spoken[1]),
        )
        for block, (_, spoken) in enumerate(paragraphs)
        if spoken
    )  # fmt: skip
    posts = [Embed(provider="x", kind="post", id=event.post)] if event.post and chance.random() < 0.6 else []
    mentions = [
        DateMention(text=f"{day:%d %B}", value=f"{day:%Y-%m-%d}", precision="day", block=block, start=18, end=20)
        for block, (text, _) in enumerate(paragraphs)
        if text.startswith("It is planned")
    ]
    url = f"https://www.{site}/{number}-{chance.randrange(10**6)}"
    return Article(
        url=url, canonical_url=url, site=site, language="en", headline=headline,
        published=Stamp(value=published, precision="second", raw="", source="json-ld"),
        body=tuple(Block(kind="paragraph", text=text) for text, _ in paragraphs), quotes=quotes,
        embeds=(*posts, Embed(provider="youtube", kind="video", id=f"player-{site}")), date_mentions=tuple(mentions),
    )  # fmt: skip
