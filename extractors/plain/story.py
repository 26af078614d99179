"""The text of a pasted article: its blocks, and the pictures, posts and topics among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from extractors.article import Block, Embed, Image, Stamp
from extractors.captions import is_credit, split_credit
from extractors.dates import read_stamp
from extractors.plain.lines import SENTENCE_END, is_clock, is_promo, is_sentence, is_tail, sentences, tags_of
from extractors.plain.posts import is_address, read_post
from extractors.plain.units import Unit

_LONGEST_HEADING, _LONGEST_QUESTION, _LONGEST_CAPTION = 14, 10, 45
"""Words."""
_RUNNING = 14
"""Words from which a sentence is running text."""
_OPEN = (",", ":", ";", '"', "”", "’", "»", "–", "—", "-", "(")
"""What a heading does not end with."""


@dataclass(slots=True)
class Story:
    """What the text holds; filled from top to bottom."""

    blocks: list[Block] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    embeds: list[Embed] = field(default_factory=list)
    tags: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """Index of the last block so far; -1 before the first."""
        return len(self.blocks) - 1


def read_story(units: Sequence[Unit], published: Stamp | None) -> Story:
    """Read the units below the head; what follows a heading such as "Related articles" to the end is left out."""
    story, clock = Story(), None
    units = _without_tail(units, story)
    index = 0
    while index < len(units):
        unit = units[index]
        if is_clock(unit.text):
            clock = _clock(unit.text, published)
            index += 1
            continue
        taken = _post(units, index, story) or _left_out(unit, story) or _picture(units, index, story)
        if not taken:
            block = _block(units, index, story)
            story.blocks.append(replace(block, published=clock) if clock else block)
            clock = None
        index += taken or 1
    return story


def _without_tail(units: Sequence[Unit], story: Story) -> Sequence[Unit]:
    """Cut what follows the first line that heads a tail and has no running text after it."""
    running = max((index for index, unit in enumerate(units) if _is_running(unit)), default=-1)
    for index in range(running + 1, len(units)):
        if is_tail(units[index].text):
            for unit in units[index:]:
                story.tags = story.tags or tags_of(unit.text)
            return units[:index]
    return units


def _is_running(unit: Unit) -> bool:
    text = unit.text
    return (
        unit.kind == "text"
        and is_sentence(text)
        and (text.count(" ") >= _RUNNING or sentences(text) > 1)
        and not is_promo(text)
    )


def _post(units: Sequence[Unit], index: int, story: Story) -> int:
    """Take an embedded post; give how many units it is."""
    found = read_post(units, index)
    if found is None:
        return 0
    story.embeds.append(replace(found[0], after_block=story.last))
    return found[1]


def _picture(units: Sequence[Unit], index: int, story: Story) -> int:
    """Take a caption with its credit, on one line or on two; give how many units it is."""
    unit = units[index]
    if unit.kind != "text" or unit.text.count(" ") >= _LONGEST_CAPTION:
        return 0
    following = units[index + 1] if index + 1 < len(units) else None
    if (
        following
        and not (following.apart or is_sentence(unit.text) or is_promo(following.text))
        and is_credit(following.text)
    ):
        caption, credit, taken = unit.text, split_credit(following.text)[1], 2
    else:
        (parted, credit), taken = split_credit(unit.text), 1
        caption = parted or ""
        if credit is None or (not is_credit(credit) and not _labels(unit.text, caption)):
            return 0
    lead = story.last < 0 and not story.images
    story.images.append(Image(url=None, caption=caption or None, credit=credit, after_block=story.last, lead=lead))
    return taken


def _labels(text: str, caption: str) -> bool:
    """Whether what stands after the caption says in words or brackets that it is a credit."""
    return is_credit(text[len(caption) :].strip()) or text.rstrip(" .").endswith((")", "]"))


def _left_out(unit: Unit, story: Story) -> int:
    """Pass over a unit that is none of the article; give 1, or 0 of any other."""
    if listed := tags_of(unit.text):
        story.tags = story.tags or listed
        return 1
    return int(is_address(unit.text) or is_promo(unit.text) or is_tail(unit.text))


def _block(units: Sequence[Unit], index: int, story: Story) -> Block:
    unit = units[index]
    if unit.kind == "list_item":
        return Block(kind="list_item", text=unit.text, level=unit.level)
    if unit.kind == "block_quote":
        return Block(kind="block_quote", text=unit.text)
    if unit.kind == "heading" or _is_heading(units, index, story):
        return Block(kind="heading", text=unit.text, level=unit.level or 2)
    return Block(kind="paragraph", text=unit.text)


def _is_heading(units: Sequence[Unit], index: int, story: Story) -> bool:
    """A short line without the end of a sentence before a paragraph; or a short question alone between paragraphs."""
    text, following = units[index].text, units[index + 1] if index + 1 < len(units) else None
    if (
        following is None
        or not (text[0].isupper() or text[0].isdigit() or text[0] in "\"'“‘„«")
        or text.endswith(_OPEN)
    ):
        return False
    words = text.count(" ") + 1
    if not SENTENCE_END.search(text):
        return words <= _LONGEST_HEADING and len(following.text) > len(text) / 2
    asks = text.endswith("?") and sentences(text) == 1 and words <= _LONGEST_QUESTION
    after_paragraph = bool(story.blocks) and story.blocks[-1].kind == "paragraph" and is_sentence(story.blocks[-1].text)
    return asks and units[index].apart and following.apart and after_paragraph and _is_running(following)


def _clock(text: str, published: Stamp | None) -> Stamp | None:
    """The stamp of an entry that only a time of day stands above: on the day of publication."""
    day = published.value if published else None
    if day is None:
        return Stamp(value=None, precision="minute", raw=text, source="text")
    iso = (day.date() if isinstance(day, datetime) else day).isoformat()
    found = read_stamp(f"{iso} {text}", "text")
    if found is None or not isinstance(found.value, datetime):
        return None
    return replace(found, raw=text)
