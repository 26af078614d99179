"""The record: what one article page says, as frozen values.

Names follow schema.org's NewsArticle and newsroom usage. A field that the page does not give is `None` or an
empty tuple; it is never guessed silently, and never one thing in place of another. `docs/record.md` has the
conventions with examples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Literal

from extractors.serial import plain

Precision = Literal["second", "minute", "hour", "day", "week", "month", "year"]
BlockKind = Literal["paragraph", "heading", "list_item", "block_quote"]
EmbedKind = Literal["post", "video", "audio", "playlist", "profile", "image", "map", "document", "chart"]
AuthorKind = Literal["person", "organisation"]
SpeakerKind = Literal["person", "group", "representative", "anonymous", "organisation", "outlet", "document"]
Access = Literal["free", "metered", "paywalled"]


class Provenance(Mapping[str, str]):
    """A read-only, hashable mapping from a field's name to the strategy that filled it.

    `body.confidence` holds how sure the recipe is of the body, as a decimal from 0 to 1; `document`, where it is there,
    what the parser had to flatten or cut.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, str] | None = None) -> None:
        self._items = tuple((items or {}).items())

    def __getitem__(self, key: str) -> str:
        for name, value in self._items:
            if name == key:
                return value
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items))

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    def __repr__(self) -> str:
        return f"Provenance({dict(self)!r})"


NO_PROVENANCE = Provenance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """One name of the byline."""

    name: str
    """The name alone: no "By", role, place, date or handle; in the page's capitals, unless all are."""
    url: str | None = None
    """The absolute address of the author's page."""
    kind: AuthorKind = "person"
    """A person; or a desk, agency or outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """A moment as the page gives it, and what it means."""

    value: datetime | date | None
    """A `datetime` for precision second, minute and hour (aware, in UTC; naive only where the page gives no zone),
    else the `date` of the first day meant; None where it cannot be resolved."""
    precision: Precision
    """How exactly the page says it."""
    raw: str
    """As the page writes it: the markup's own string where markup gives it, else the printed words."""
    source: str
    """Where it stood: `json-ld`, `meta`, `microdata`, `time`, `text`, `url`, `rules`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One paragraph, heading, list item or block quotation of the body."""

    kind: BlockKind
    """What it is. A block quotation of two paragraphs is two blocks."""
    text: str
    """One line, white space collapsed, never empty."""
    level: int | None = None
    """1 to 6 of a heading; the depth, from 1, of a list item; else None."""
    published: Stamp | None = None
    """The stamp of a live blog's entry, on its first block; else None."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article: the lead and those in the body, no icons, avatars, logos or related teasers."""

    url: str | None
    """The absolute address of the best candidate; None in plain text and where a script draws it."""
    caption: str | None = None
    """The caption without the credit."""
    credit: str | None = None
    """Who is credited, without "Image:", "Photo by", "©", "via" or brackets."""
    alt: str | None = None
    """The alternative text of the markup."""
    after_block: int = -1
    """Index in `body` of the last block before it; -1 at the top."""
    lead: bool = False
    """True of the one picture that leads the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A post, player, map, document or chart that the article shows from another service, or its own player."""

    provider: str
    """In lower case: instagram, x, tiktok, youtube, facebook, …; the outlet's own `<video>` or `<audio>` is `self`."""
    kind: EmbedKind
    """What is embedded."""
    url: str | None = None
    """The canonical address of the post itself, not of its player and without tracking; None where not given."""
    id: str | None = None
    """The provider's own identifier."""
    author: str | None = None
    """The handle without @, else the name shown."""
    text: str | None = None
    """The post's own words, where the markup has them."""
    after_block: int = -1
    """Index in `body` of the last block before it; -1 at the top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One marked span of direct speech; it never crosses a block."""

    text: str
    """`body[block].text[start:end]`: without the outer marks, commas as they stand."""
    speaker: str | None
    """The speakers' fullest names in the article joined with " and "; None where nobody is named or described."""
    speakers: tuple[str, ...] = ()
    """Each speaker's fullest name in the article; an anonymous one as described ("a source close to the couple")."""
    mention: str | None = None
    """The words of the text that stand for the speaker ("the pair"); None where the speaker is carried on."""
    speaker_kind: SpeakerKind | None = None
    """None exactly where `speaker` is None; named people together are person."""
    principal: str | None = None
    """For whom a representative speaks."""
    cue: str | None = None
    """The verb or phrase that attributes it ("said", "according to"), as written."""
    block: int = 0
    """Index of the block in `body`."""
    start: int = 0
    """Offset of the first character in the block's text, in code points."""
    end: int = 0
    """Offset past the last character."""
    continues: bool = False
    """True where the paragraph before left the same quotation open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date in the text, resolved against the publication date."""

    text: str
    """The words, as they stand."""
    value: str | None
    """ISO 8601 cut to its precision: "2023", "2023-06", "2023-06-15"; of a week its Monday; None where unresolved."""
    precision: Precision
    """How exactly the text says it."""
    block: int = 0
    """Index of the block in `body`."""
    start: int = 0
    """Offset of the first character, in code points."""
    end: int = 0
    """Offset past the last character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Another outlet that the article credits ("told People", "TMZ reports")."""

    outlet: str
    """The outlet's name, in its usual form."""
    url: str | None = None
    """The absolute address that the mention links to."""
    block: int = 0
    """Index of the block in `body`."""
    start: int = 0
    """Offset of the first character of the outlet's name in the block's text, in code points."""
    end: int = 0
    """Offset past the last character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Everything that one article page says."""

    url: str | None
    """The address that the caller gave."""
    canonical_url: str | None
    """The address that the page calls its own, checked and cleaned; else `url`, cleaned; None in pasted text."""
    site: str | None
    """The registrable domain of the address, in lower case."""
    language: str | None
    """A BCP 47 tag in its shortest common form: "en", "de", "pt"; the region is left out."""
    headline: str | None
    """As the reader sees it, without site name."""
    dek: str | None = None
    """The standfirst, only where the page shows one as such."""
    authors: tuple[Author, ...] = ()
    """The byline, in its order."""
    published: Stamp | None = None
    """When it was first published."""
    modified: Stamp | None = None
    """When it was last changed, as the page says; equal to `published` where the page says so."""
    section: str | None = None
    """The section as the page names it ("Celebrity")."""
    tags: tuple[str, ...] = ()
    """Topics and people that the page lists, in its order, without duplicates."""
    access: Access | None = None
    """Whether the page is free, metered or paywalled, as its markup says."""
    body: tuple[Block, ...] = ()
    """The text, in order."""
    images: tuple[Image, ...] = ()
    """In the page's order."""
    embeds: tuple[Embed, ...] = ()
    """In the page's order."""
    quotes: tuple[Quote, ...] = ()
    """In the text's order."""
    date_mentions: tuple[DateMention, ...] = ()
    """In the text's order."""
    citations: tuple[Citation, ...] = ()
    """In the text's order."""
    provenance: Provenance = NO_PROVENANCE
    """For each filled field the strategy that filled it."""

    @property
    def text(self) -> str:
        """The body's blocks joined by blank lines."""
        return "\n\n".join(block.text for block in self.body)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain JSON types; dates as ISO 8601, with `Z` only where the zone is known."""
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}
