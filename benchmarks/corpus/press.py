"""The stream: what the crawler would hand over, in the order in which it comes in."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count

from benchmarks.corpus.cast import Cast
from benchmarks.corpus.copying import SHARES, changed, with_agency
from benchmarks.corpus.draft import Paragraph, Span, blocks_of, citations_of, dates_of, quotes_of
from benchmarks.corpus.events import Event, delay, event, posts
from benchmarks.corpus.outlets import AGENCIES, Outlet, outlets
from benchmarks.corpus.words import ENGLISH, GERMAN, Words
from benchmarks.corpus.writing import headline, survey, tell
from extractors import Article, Author, Block, Embed, Image, Provenance, Stamp
from pipelines.outcome import Outcome
from pipelines.page import Page

START = datetime(2025, 1, 6, tzinfo=UTC)
APART = timedelta(minutes=3.9)
"""Between two events, on average: some 370 a day, 800 articles."""

_CREDITS = ("Getty", "Rex", "Alamy", "Backgrid", "Shutterstock", "PA", "Instagram")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A page that comes in, with what is true of its article."""

    outcome: Outcome
    story: int
    """The event; of a round-up a number of its own."""
    text: int | None = None
    """The agency's text that it prints."""
    share: float | None = None
    """Of that text's words, how many it changed; None where it is the first print."""
    visit: int = 1
    """From 2 on the article is known, and read again."""


class Press:
    """Everybody who takes part, and what waits to come in."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.words = {"en": Words(self.chance, ENGLISH), "de": Words(self.chance, GERMAN)}
        self.cast = Cast(self.chance)
        self.outlets = outlets(self.chance, self.cast)
        self._volumes = {
            language: [outlet.volume if outlet.language == language else 0.0 for outlet in self.outlets]
            for language in self.words
        }
        self._numbers, self._articles, self._order = count(), count(1), count()
        self._waiting: list[tuple[datetime, int, Event | Piece]] = []

    def run(self) -> Iterator[Piece]:
        """Let the days pass, without an end."""
        now = START
        while True:
            self._wait(now, self._event(now))
            now += self.chance.expovariate(1.0) * APART
            while self._waiting and self._waiting[0][0] <= now:
                _, _, what = heappop(self._waiting)
                if isinstance(what, Piece):
                    yield what
                else:
                    self._report(what)

    def _wait(self, moment: datetime, what: Event | Piece) -> None:
        heappush(self._waiting, (moment, next(self._order), what))

    def _event(self, at: datetime, beside: Event | None = None) -> Event:
        language = beside.language if beside else ("de" if self.chance.random() < 0.07 else "en")
        return event(self.chance, self.cast, self.words[language], next(self._numbers), at, language, beside)

    def _report(self, event: Event) -> None:
        """Have an event told, perhaps followed by another one of the same celebrity."""
        chance = self.chance
        if chance.random() < 0.16:
            at = event.at + timedelta(hours=chance.uniform(1, 72))
            self._wait(at, self._event(at, beside=event))
        told = sorted((event.at + delay(chance), outlet) for outlet in self._tellers(event))
        told = sorted(((outlet.at_work(moment), outlet) for moment, outlet in told), key=lambda pair: pair[0])
        first = told[0][1]
        agency = chance.choice(AGENCIES) if len(told) > 1 and chance.random() < 0.17 else None
        prints = 1 + chance.randint(1, min(len(told) - 1, 6)) if agency else 0
        text = tell(chance, self.words[event.language], event, first, None)
        title = headline(chance, event)
        for number, (moment, outlet) in enumerate(told):
            if agency and number < prints:
                share = chance.choice(SHARES) if number else None
                body = changed(chance, self.words[event.language], text, share or 0.0)
                body = with_agency(chance, body, agency, event.place, moment.year)
                own = title if chance.random() < 0.5 or not number else headline(chance, event)
                self._print(event, outlet, moment, own, body, agency, share)
            else:
                body = text if not number else tell(chance, self.words[event.language], event, outlet, first)
                self._print(event, outlet, moment, headline(chance, event), body)
        if chance.random() < 0.055:
            self._survey(event.at)

    def _tellers(self, event: Event) -> list[Outlet]:
        """Draw as many different outlets of the event's language as it has tellers, the larger more often."""
        volumes = self._volumes[event.language]
        wanted = min(event.size, sum(volume > 0 for volume in volumes))
        drawn: dict[str, Outlet] = {}
        while len(drawn) < wanted:
            outlet = self.chance.choices(self.outlets, weights=volumes)[0]
            drawn[outlet.site] = outlet
        return list(drawn.values())

    def _survey(self, at: datetime) -> None:
        chance = self.chance
        names = list(dict.fromkeys(self.cast.celebrity().name for _ in range(chance.randint(8, 16))))
        about = replace(self._event(at), sayings=[], posts=[])
        outlet = chance.choices(self.outlets, weights=self._volumes[about.language])[0]
        title, body = survey(chance, self.words[about.language], names, outlet)
        self._print(about, outlet, outlet.at_work(at + delay(chance)), title, body, names=names)

    def _print(
        self,
        event: Event,
        outlet: Outlet,
        moment: datetime,
        title: str,
        body: list[Paragraph],
        agency: str | None = None,
        share: float | None = None,
        names: list[str] | None = None,
    ) -> None:
        """Publish, and let the page come in once the crawler has seen it; perhaps again later."""
        chance, number = self.chance, next(self._articles)
        if chance.random() < 0.65:
            body = [*body, *([Span(text)] for text in outlet.templates)]
        article = self._article(event, outlet, moment, title, body, agency, names, number)
        seen = moment + timedelta(minutes=outlet.lag * chance.uniform(0.3, 1.7))
        piece = Piece(
            outcome=_outcome(article, outlet, seen, title),
            story=event.number,
            text=event.number if agency else None,
            share=share,
        )
        self._wait(seen, piece)
        if (again := chance.random()) < 0.1:
            later = seen + timedelta(hours=chance.uniform(1, 30))
            if again < 0.05:
                article = self._revised(article, event, again)
            self._wait(later, replace(piece, outcome=_outcome(article, outlet, later, f"{title} {again}"), visit=2))

    def _article(
        self,
        event: Event,
        outlet: Outlet,
        moment: datetime,
        title: str,
        body: list[Paragraph],
        agency: str | None,
        names: list[str] | None,
        number: int,
    ) -> Article:
        chance, words = self.chance, self.words[event.language]
        moment = moment.replace(second=chance.randrange(60), microsecond=0)
        slug = "-".join("".join(c for c in word if c.isalnum()) for word in title.lower().split()[:7])
        url = f"https://www.{outlet.site}/{moment:%Y/%m}/{slug}-{number}"
        blocks = blocks_of(body)
        topics = tuple(dict.fromkeys(names or [event.celebrity.name, event.other, event.thing]))
        return Article(
            url=url, canonical_url=url, site=outlet.site, language=outlet.language, headline=title,
            dek=words.sentence(event.topic)[:-1] if chance.random() < 0.5 else None,
            authors=self._byline(outlet, agency),
            published=_stamp(moment, outlet.day_only) if chance.random() > 0.01 else None,
            section=chance.choice(outlet.sections), tags=topics[: chance.randint(1, 12)] if outlet.tags else (),
            access="free" if chance.random() < 0.8 else None, body=blocks,
            images=self._images(words, event, outlet, number, len(blocks)), embeds=self._embeds(event, len(blocks)),
            quotes=quotes_of(body), date_mentions=dates_of(body), citations=citations_of(body),
            provenance=Provenance({"headline": "h1", "body": "article", "body.confidence": "0.97"}),
        )  # fmt: skip

    def _byline(self, outlet: Outlet, agency: str | None) -> tuple[Author, ...]:
        if agency and self.chance.random() < 0.6:
            return (Author(name=agency, kind="organisation"),)
        names = self.chance.sample(outlet.staff, k=self.chance.choice((0, 1, 1, 1, 1, 1, 2)))
        return tuple(
            Author(name=name, url=f"https://www.{outlet.site}/by/{name.lower().replace(' ', '-')}") for name in names
        )

    def _images(self, words: Words, event: Event, outlet: Outlet, number: int, blocks: int) -> tuple[Image, ...]:
        chance = self.chance
        return tuple(
            Image(
                url=f"https://cdn.{outlet.site}/{number}-{place}.jpg",
                caption=words.sentence(event.topic, event.celebrity.name) if chance.random() < 0.7 else None,
                credit=chance.choice(_CREDITS), alt=event.celebrity.name, lead=not place,
                after_block=-1 if not place else chance.randrange(blocks),
            )
            for place in range(chance.randint(1, 5))
        )  # fmt: skip

    def _embeds(self, event: Event, blocks: int) -> tuple[Embed, ...]:
        chance = self.chance
        shown = [post for post in event.posts if chance.random() < 0.5]
        shown += posts(chance, event.celebrity.surname, chance.choice((0, 0, 0, 1, 1, 3)))
        return tuple(replace(post, after_block=chance.randrange(blocks)) for post in shown)

    def _revised(self, article: Article, event: Event, kind: float) -> Article:
        if kind < 0.02:
            return replace(article, headline=f"{article.headline}: the latest")
        more = Block(kind="paragraph", text=self.words[event.language].sentence(event.topic, "Update:"))
        return replace(article, body=(*article.body, more))


def corpus(seed: int = 7) -> Iterator[Piece]:
    """Give the pages of a press that does not exist, in the order in which they come in, without an end.

    Args:
        seed: of everything; the same seed gives the same pages.
    """
    return Press(seed).run()


def _outcome(article: Article, outlet: Outlet, seen: datetime, bytes_of: str) -> Outcome:
    assert article.url
    seen = seen.replace(microsecond=0)
    page = Page(url=article.url, status=200, body=f"{article.url} {bytes_of}".encode(), fetched_at=seen)
    return Outcome(page=page, site=outlet.site, article=article)


def _stamp(moment: datetime, day_only: bool) -> Stamp:
    if day_only:
        return Stamp(value=moment.date(), precision="day", raw=moment.date().isoformat(), source="time")
    return Stamp(value=moment, precision="second", raw=moment.isoformat(), source="json-ld")
