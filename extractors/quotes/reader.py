"""Goes through the paragraphs once, gives each quotation its source and carries the speaker on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.article import Quote
from extractors.quotes.after import next_sentence
from extractors.quotes.classes import PRON, ROLE
from extractors.quotes.context import Context
from extractors.quotes.cues import attribute_quote, inside, joins, lead_in
from extractors.quotes.frame import LOUD_END, PLACEHOLDER, Clause, Frame
from extractors.quotes.given import given_gender
from extractors.quotes.lexicon import ROMANCE, Lexicon
from extractors.quotes.pronouns import singular
from extractors.quotes.resolve import resolve
from extractors.quotes.scene import Scene, Speaker
from extractors.quotes.source import Source, sentence_subject
from extractors.quotes.span import Span
from extractors.quotes.works import Surroundings, is_quotation, says_something, titles

_STRAY = re.compile(PLACEHOLDER.pattern + r"\s?")
_LABEL = re.compile(r"([A-ZÀ-Þ]{3,}(?:[ -][A-ZÀ-Þ]{2,}){0,3}):\s")
_SIGNATURE = re.compile(r"[-–—―]{1,2}\s{0,2}([A-ZÀ-Þ][\w'’.-]*(?:\s[\w'’.-]+){0,5}?)(?:,.{0,80})?\.?")
_SIGNED_INSIDE = re.compile(r"([A-ZÀ-Þ][\w'’.-]*(?:\s[A-ZÀ-Þ][\w'’.-]*){1,4})(?:,[^\"“”]{0,80})?\.?[\"”]")
_INSIDE = 240  # characters of a quotation that are looked through for its speaker
_HEADING = 8  # words of a heading
_CARRIED = 3  # blocks that may lie between a speaker and a bare quotation that carries the speaker on
_BESIDE = 160  # characters before a quotation that tell whether it is one


@dataclass(frozen=True, slots=True)
class Given:
    """What a quotation was given: who speaks, and the words for it."""

    speaker: Speaker | None
    mention: str | None = None
    cue: str | None = None


@dataclass(slots=True)
class _Paragraph:
    """One paragraph while it is read."""

    block: int
    frame: Frame
    continues: bool
    number: int = 0
    """Ordinal of the next quotation."""
    previous: Given | None = None
    """What the quotation before was given."""
    source: tuple[Clause, int, Source] | None = None
    """The sentence, the place and the source of the last quotation that has one inside its sentence."""


class Reader:
    """Reads the quotations of one article."""

    def __init__(
        self, paragraphs: Sequence[str], spans: Sequence[Sequence[Span]], context: Context, lexicon: Lexicon
    ) -> None:
        self.paragraphs = paragraphs
        self.spans = spans
        self.lexicon = lexicon
        self.scene = Scene(paragraphs, spans, context, lexicon)
        self.carried: Speaker | None = None
        self.carried_block = -1
        self.quotes: list[Quote] = []
        self.in_double_marks = any(
            not _in_single_marks(text, span)
            for text, marked in zip(paragraphs, spans, strict=True)
            for span in marked[:1]
        )
        self.titles = titles(
            text[span.start : span.end] for text, marked in zip(paragraphs, spans, strict=True) for span in marked
        )

    def read(self) -> tuple[Quote, ...]:
        """Give the quotations in order."""
        left_open = False
        for block, spans in enumerate(self.spans):
            if spans:
                frame = Frame(self.scene.masked[block], self.lexicon)
                self._paragraph(_Paragraph(block, frame, left_open and spans[0].outer_start <= 1))
            left_open = bool(spans) and not spans[-1].closed
        return tuple(self.quotes)

    def _paragraph(self, paragraph: _Paragraph) -> None:
        waiting: list[int] = []
        for index, (start, end) in enumerate(paragraph.frame.bounds):
            if not PLACEHOLDER.search(paragraph.frame.text, start, end):
                continue
            if len(paragraph.frame.text[start:end].strip(" .,;:–—-…")) == 1:
                self._bare(paragraph, index, waiting)
                paragraph.number += 1
                continue
            clause = Clause(paragraph.frame.text, start, end, self.lexicon)
            alone = clause.only_marks
            for place in clause.quotes:
                given = self._within(paragraph, clause, place, index, alone=alone)
                if given is not None:
                    paragraph.previous = given
                    self._flush(paragraph, waiting)
                    self._emit(paragraph, paragraph.number, given)
                paragraph.number += 1
        self._flush(paragraph, waiting)

    # --- a quotation that is a sentence of its own -------------------------------------------------------------------

    def _bare(self, paragraph: _Paragraph, index: int, waiting: list[int]) -> None:
        """Give a quotation that stands alone to somebody; one that has nobody yet waits for the next."""
        if not says_something(self._text(paragraph), self.titles) or self._is_heading(paragraph):
            return
        given = (
            self._labelled(paragraph)
            or self._told_inside(paragraph)
            or self._named_after(paragraph, index)
            or self._signed_below(paragraph, index)
        )
        if given is None and paragraph.previous is None and not paragraph.continues:
            if self._another_follows(paragraph.frame, index):
                waiting.append(paragraph.number)
                return
            given = self._announced(paragraph, index - 1) if index else None
        paragraph.previous = given or paragraph.previous or self._carry(paragraph)
        self._flush(paragraph, waiting)
        self._emit(paragraph, paragraph.number, paragraph.previous)

    def _is_heading(self, paragraph: _Paragraph) -> bool:
        """As in 'A long night': a short line in single marks, where the article speaks in double ones."""
        block = paragraph.block
        span, text = self.spans[block][0], self.paragraphs[block]
        if (
            len(self.spans[block]) > 1
            or not block
            or not _in_single_marks(text, span)
            or text[span.outer_end :].strip(" .,!?")
        ):
            return False
        return len(text[span.start : span.end].split()) <= _HEADING and self.in_double_marks

    def _labelled(self, paragraph: _Paragraph) -> Given | None:
        """As in "KAYE: Not yet." in a transcript: the speaker's name in capitals inside the marks."""
        span = self.spans[paragraph.block][paragraph.number]
        label = _LABEL.match(self.paragraphs[paragraph.block], span.start, span.end)
        if label is None:
            return None
        speaker, mention = resolve(self.scene, label[1], paragraph.block, 0)
        return Given(speaker, mention)

    def _told_inside(self, paragraph: _Paragraph) -> Given | None:
        """As in "« Elle reste, dit Kim, et moi aussi. »", as Romance languages print it."""
        if self.lexicon.language not in ROMANCE:
            return None
        span, text = self.spans[paragraph.block][paragraph.number], self.paragraphs[paragraph.block]
        source = inside(Clause(text, span.start, min(span.end, span.start + _INSIDE), self.lexicon))
        if source is None:
            return None
        speaker, mention = resolve(self.scene, source.mention, paragraph.block, 0, source.cue)
        return Given(speaker, mention, source.cue)

    def _signed_below(self, paragraph: _Paragraph, index: int) -> Given | None:
        """As in a pull quote whose next paragraph is "— Kim Kaye", or ends it: "Kim Kaye, usher.”"."""
        below = paragraph.block + 1
        if index + 1 < len(paragraph.frame.bounds) or below >= len(self.paragraphs) or self.spans[below]:
            return None
        text = self.paragraphs[below].strip()
        signature = _SIGNATURE.fullmatch(text)
        if signature is None and not self.spans[paragraph.block][paragraph.number].closed:
            signature = _SIGNED_INSIDE.fullmatch(text)
        if signature is None:
            return None
        speaker, mention = resolve(self.scene, signature[1], below, 0)
        return Given(speaker, mention)

    def _named_after(self, paragraph: _Paragraph, index: int) -> Given | None:
        """As in "…?" Kim asked."""
        bounds, text = paragraph.frame.bounds, paragraph.frame.text
        if index + 1 >= len(bounds) or LOUD_END not in text[bounds[index][0] : bounds[index][1]]:
            return None
        source = next_sentence(Clause(text, *bounds[index + 1], self.lexicon), self.lexicon)
        return self._given(source, paragraph.block) if source else None

    def _another_follows(self, frame: Frame, index: int) -> bool:
        """Tell whether the next sentence opens with a quotation: the two belong together."""
        if index + 1 >= len(frame.bounds):
            return False
        start, _ = frame.bounds[index + 1]
        return PLACEHOLDER.match(frame.text, start) is not None

    def _announced(self, paragraph: _Paragraph, index: int) -> Given | None:
        """The source that the sentence before a bare quotation announces."""
        clause = Clause(paragraph.frame.text, *paragraph.frame.bounds[index], self.lexicon)
        source = lead_in(clause, self.lexicon)
        return self._given(source, paragraph.block) if source else None

    def _flush(self, paragraph: _Paragraph, waiting: list[int]) -> None:
        for number in waiting:
            self._emit(paragraph, number, paragraph.previous or self._carry(paragraph))
        waiting.clear()

    def _carry(self, paragraph: _Paragraph) -> Given | None:
        """Who speaks in a paragraph that names nobody: whom the one before announces, else who spoke last."""
        block = paragraph.block
        if block and not self.spans[block - 1] and not paragraph.continues:
            text = self.scene.masked[block - 1]
            bounds = self.scene.sentences(block - 1)
            source = lead_in(Clause(text, *bounds[-1], self.lexicon), self.lexicon) if bounds else None
            if source is not None:
                given = self._given(source, block - 1)
                if text.rstrip().endswith(":"):
                    return given
                if given.speaker is not None:
                    return Given(given.speaker)
        if self.carried is not None and block - self.carried_block <= _CARRIED:
            return Given(self.carried)
        return Given(self.scene.last) if self.scene.last is not None else None

    # --- a quotation inside a sentence -------------------------------------------------------------------------------

    def _within(self, paragraph: _Paragraph, clause: Clause, place: int, index: int, *, alone: bool) -> Given | None:
        """Give a quotation inside a sentence its source; None where it is no quotation."""
        source = self._shared(paragraph, clause, place) or attribute_quote(clause, place, self.lexicon)
        if source is None and place == len(clause) - 1 and (named := self._named_after(paragraph, index)):
            return named
        if source is None and not alone:
            source = sentence_subject(clause, place, self.lexicon)
            source = source if source is None or self._is_somebody(source, clause) else None
        continues = paragraph.continues and paragraph.number == 0
        if not continues and not self._is_quotation(paragraph, clause, place, source):
            return None
        if source is not None:
            paragraph.source = clause, place, source
            return self._given(source, paragraph.block, self._text(paragraph))
        return paragraph.previous or self._carry(paragraph) or Given(None)

    def _is_somebody(self, source: Source, clause: Clause) -> bool:
        """Tell a name from a word that has its capital only from the head of the sentence ("Audiences")."""
        word = source.mention
        if " " in word or source.at != clause.starts[0] or clause.flags[0] & (PRON | ROLE) or not word[0].isupper():
            return True
        if len(word) > 1 and word.isupper():
            return True
        person = self.scene.names.find((word,))
        return person is not None and (person.count > 1 or len(person.tokens) > 1 or given_gender(word) is not None)

    def _shared(self, paragraph: _Paragraph, clause: Clause, place: int) -> Source | None:
        """As in "Kim called it 'a gift' and 'a curse'": quotations that are only joined have one source."""
        if paragraph.source is None:
            return None
        sentence, before, source = paragraph.source
        if sentence is not clause or source.cue is None or source.at > clause.starts[before]:
            return None
        return source if joins(clause, before, place) else None

    def _is_quotation(self, paragraph: _Paragraph, clause: Clause, place: int, source: Source | None) -> bool:
        text = self._text(paragraph)
        start, end = clause.starts[place], clause.ends[place]
        beside = Surroundings(clause.text[max(clause.starts[0], start - _BESIDE) : start], clause.text[end : end + 40])
        return is_quotation(text, beside, source, self.lexicon, self.titles)

    def _text(self, paragraph: _Paragraph) -> str:
        span = self.spans[paragraph.block][paragraph.number]
        return self.paragraphs[paragraph.block][span.start : span.end]

    def _given(self, source: Source, block: int, said: str = "") -> Given:
        if not source.mention:
            return Given(singular(self.scene, "", "", block, source.at, source.cue), None, source.cue)
        words = _STRAY.sub("", source.mention).strip()
        speaker, mention = resolve(self.scene, words, block, source.at, source.cue, said)
        return Given(speaker, mention, source.cue)

    def _emit(self, paragraph: _Paragraph, number: int, given: Given | None) -> None:
        span = self.spans[paragraph.block][number]
        speaker = given.speaker if given else None
        if speaker is not None:
            self.scene.carry(speaker, paragraph.block)
            self.carried, self.carried_block = speaker, paragraph.block
        self.quotes.append(
            Quote(
                text=self.paragraphs[paragraph.block][span.start : span.end],
                speaker=speaker.label if speaker else None,
                speakers=speaker.names if speaker else (),
                mention=given.mention if given else None,
                speaker_kind=speaker.kind if speaker else None,
                principal=speaker.principal if speaker else None,
                cue=given.cue if given else None,
                block=paragraph.block,
                start=span.start,
                end=span.end,
                continues=paragraph.continues and number == 0,
            )
        )


def _in_single_marks(text: str, span: Span) -> bool:
    return text[span.outer_start] in "'‘‚" and text[span.outer_start + 1] not in "'‘"
