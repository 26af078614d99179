"""An article before its offsets are counted: paragraphs of spans, of which some are quotations, credits or dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractors import Block, Citation, DateMention, Quote
from extractors.article import SpeakerKind


@dataclass(frozen=True, slots=True)
class Said:
    """A quotation, and who is meant to have said it."""

    text: str
    speaker: str | None
    kind: SpeakerKind | None
    principal: str | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Running text; with a mark, the words of a quotation, of an outlet's name or of a date."""

    text: str
    said: Said | None = None
    mention: str | None = None
    cue: str | None = None
    outlet: str | None = None
    day: date | None = None


Paragraph = list[Span]


def blocks_of(paragraphs: Sequence[Paragraph]) -> tuple[Block, ...]:
    """Give the text as blocks."""
    return tuple(Block(kind="paragraph", text="".join(span.text for span in spans)) for spans in paragraphs)


def quotes_of(paragraphs: Sequence[Paragraph]) -> tuple[Quote, ...]:
    """Give the quotations with their places."""
    return tuple(
        Quote(
            text=span.text, speaker=span.said.speaker, speakers=(span.said.speaker,) if span.said.speaker else (),
            mention=span.mention, speaker_kind=span.said.kind, principal=span.said.principal, cue=span.cue,
            block=block, start=start, end=start + len(span.text),
        )
        for block, start, span in _placed(paragraphs) if span.said
    )  # fmt: skip


def citations_of(paragraphs: Sequence[Paragraph]) -> tuple[Citation, ...]:
    """Give the credits to other outlets with their places."""
    return tuple(
        Citation(outlet=span.outlet, url=None, block=block, start=start, end=start + len(span.text))
        for block, start, span in _placed(paragraphs)
        if span.outlet
    )


def dates_of(paragraphs: Sequence[Paragraph]) -> tuple[DateMention, ...]:
    """Give the dates in the text with their places."""
    return tuple(
        DateMention(
            text=span.text, value=span.day.isoformat(), precision="day", block=block, start=start,
            end=start + len(span.text),
        )
        for block, start, span in _placed(paragraphs) if span.day
    )  # fmt: skip


def _placed(paragraphs: Sequence[Paragraph]) -> list[tuple[int, int, Span]]:
    found = []
    for block, spans in enumerate(paragraphs):
        start = 0
        for span in spans:
            found.append((block, start, span))
            start += len(span.text)
    return found
