"""An outlet prints an agency's text: as it came, or with a share of its words changed, under the agency's lines."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from benchmarks.corpus.draft import Paragraph, Span
from benchmarks.corpus.words import Words

SHARES = (0.0, 0.05, 0.20)
"""Of the words that a copy changes; each as often as the others."""


def changed(chance: random.Random, words: Words, paragraphs: Sequence[Paragraph], share: float) -> list[Paragraph]:
    """Put other words in place of that share of all words, each chosen by itself; what is quoted, and names, stay."""
    places = [
        (block, number, word)
        for block, spans in enumerate(paragraphs)
        for number, span in enumerate(spans)
        if not (span.said or span.outlet or span.day)
        for word, text in enumerate(span.text.split(" "))
        if text.isalpha() and text.islower()
    ]
    total = sum(len("".join(span.text for span in spans).split()) for spans in paragraphs)
    chosen = chance.sample(places, k=min(len(places), round(share * total)))
    fresh = iter(words.some(2 * len(chosen) + 1, []))
    made = [list(spans) for spans in paragraphs]
    for block, number, word in chosen:
        parts = made[block][number].text.split(" ")
        parts[word] = next(new for new in fresh if new != parts[word])
        made[block][number] = replace(made[block][number], text=" ".join(parts))
    return made


def with_agency(
    chance: random.Random, paragraphs: list[Paragraph], agency: str, place: str, year: int
) -> list[Paragraph]:
    """Add the lines that come with an agency's text: a dateline, a credit, a notice; each in seven of ten cases."""
    made = [list(spans) for spans in paragraphs]
    if chance.random() < 0.7:
        made[0] = [Span(f"{place.upper()} ({agency}) — "), *made[0]]
    if chance.random() < 0.7:
        made.insert(chance.choice((0, len(made))), [Span(f"By {agency} Entertainment Reporters")])
    if chance.random() < 0.7:
        made.append(
            [Span(f"Copyright {year} {agency}. All rights reserved. This material may not be published or rewritten.")]
        )
    return made
