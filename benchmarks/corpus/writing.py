"""An outlet tells an event in its own words."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from benchmarks.corpus.draft import Paragraph, Said, Span
from benchmarks.corpus.events import Event, saying
from benchmarks.corpus.outlets import Outlet
from benchmarks.corpus.plots import SURVEYS
from benchmarks.corpus.words import Words

_CUES = ("said", "told reporters", "wrote", "added", "explained", "admitted", "insisted")


def headline(chance: random.Random, event: Event) -> str:
    """Choose one of the plot's headlines; a third of the outlets shortens the celebrity to the surname."""
    slots = event.slots
    if chance.random() < 0.3:
        slots["who"] = event.celebrity.surname
    text = chance.choice(event.plot.headlines).format(**slots)
    return text[0].upper() + text[1:]


def tell(chance: random.Random, words: Words, event: Event, outlet: Outlet, first: Outlet | None) -> list[Paragraph]:
    """Write the body: the news, some of the other facts, some of what was said, and much that is the outlet's own.

    Args:
        chance: of everything.
        words: of the language.
        event: that is told.
        outlet: that tells it.
        first: the outlet that had it first, where this one is another; it may be credited.
    """
    news, *others = event.plot.facts
    paragraphs = [[Span(_fact(chance, news, event)), Span(" " + words.sentence(event.topic))]]
    told: list[Paragraph] = [[Span(_fact(chance, fact, event))] for fact in others if chance.random() < 0.8]
    told += [_quoted(chance, event, said) for said in event.sayings if chance.random() < 0.45]
    for _ in range(chance.choice((0, 0, 1, 1, 2))):
        told.append(_quoted(chance, event, saying(chance, words, event)))
    if first and chance.random() < 0.25:
        told.append([Span("It was first reported by "), Span(first.name, outlet=first.name), Span(".")])
    if chance.random() < 0.4:
        day = event.at + timedelta(days=chance.randint(-30, 60))
        told.append([Span(words.sentence(event.topic)[:-1] + " on "), Span(_written(day), day=day.date()), Span(".")])
    chance.shuffle(told)
    wanted = min(max(int(chance.lognormvariate(5.6, 0.6)), 60), 1600)
    return _filled(chance, words, event, paragraphs + told, wanted)


def survey(chance: random.Random, words: Words, names: list[str], outlet: Outlet) -> tuple[str, list[Paragraph]]:
    """Write a round-up: many names, no event."""
    title = chance.choice(SURVEYS).format(number=len(names), name=names[0], last=names[-1], outlet=outlet.name)
    return title, [[Span(words.sentence([], name)), Span(" " + words.sentence([]))] for name in names]


def _fact(chance: random.Random, wordings: tuple[str, ...], event: Event) -> str:
    text = chance.choice(wordings).format(**event.slots)
    return text[0].upper() + text[1:]


def _quoted(chance: random.Random, event: Event, said: Said) -> Paragraph:
    """Write a paragraph around a quotation, one in six of them shortened to its beginning or end."""
    words = said.text.split(" ")
    if len(words) > 12 and chance.random() < 0.17:
        half = len(words) // 2 + 1
        words = words[:half] if chance.random() < 0.5 else words[-half:]
    text = " ".join(words).rstrip(",")
    if said.speaker is None:
        return [Span("“"), Span(text, said=said), Span(".”")]
    cue = chance.choice(_CUES)
    mention = event.celebrity.surname if said.speaker == event.celebrity.name else said.speaker
    shown = mention[0].upper() + mention[1:]
    if chance.random() < 0.5:
        return [Span("“"), Span(text, said=said, mention=mention, cue=cue), Span(f",” {mention} {cue}.")]
    return [Span(f"{shown} {cue}: “"), Span(text, said=said, mention=shown, cue=cue), Span(".”")]


def _filled(
    chance: random.Random, words: Words, event: Event, paragraphs: list[Paragraph], wanted: int
) -> list[Paragraph]:
    """Write on, between and behind what there is to tell, up to the length that the outlet wants."""
    length = sum(len(span.text.split()) for spans in paragraphs for span in spans)
    while length < wanted:
        opening = event.celebrity.surname if chance.random() < 0.2 else ""
        text = " ".join(
            words.sentence(event.topic, opening if not part else "") for part in range(chance.randint(1, 3))
        )
        length += text.count(" ") + 1
        paragraphs.insert(chance.randint(1, len(paragraphs)), [Span(text)])
    return paragraphs


def _written(day: datetime) -> str:
    return f"{day.day} {day:%B}"
