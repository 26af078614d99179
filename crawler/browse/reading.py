"""An article as its own page shows it: quotations with their speakers, posts and pictures in place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractors import Article, Block, Embed, Image, Quote
from pipelines.render.parts import caption, embed_line, parts

CLOSING = tuple("”’“‘»«\"'")
TAGS = {"list_item": "li", "block_quote": "blockquote"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph: plain text, or a quotation."""

    text: str
    quote: Quote | None = None
    closing: str = ""
    """The mark that closes the quotation."""

    @property
    def speaker(self) -> str:
        """Who says it, in words; empty where nobody was found."""
        if self.quote is None:
            return ""
        name = self.quote.speaker or self.quote.mention or ""
        principal = self.quote.principal
        told = not principal or principal.split()[-1] in name
        return name if told or not name else f"{name} for {principal}"


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph, a picture or a post, in the order of the page."""

    tag: str
    """Of HTML: p, h2, li, blockquote, figure for a picture, aside for a post."""
    pieces: tuple[Piece, ...] = ()
    words: str = ""
    """Caption and credit, or the post's line."""
    text: str = ""
    """The post's own words."""
    url: str | None = None


def reading(article: Article) -> Iterator[Part]:
    """Give the parts of an article; nothing in them is loaded from anywhere."""
    quotes: dict[int, list[Quote]] = defaultdict(list)
    for quote in article.quotes:
        quotes[quote.block].append(quote)
    numbers = {id(block): number for number, block in enumerate(article.body)}
    for part in parts(article):
        if isinstance(part, Image):
            yield Part("figure", words=caption(part), url=_web(part.url))
        elif isinstance(part, Embed):
            yield Part("aside", words=embed_line(part), text=part.text or "", url=_web(part.url))
        else:
            yield Part(_tag(part), tuple(_cut(part.text, quotes[numbers[id(part)]])))


def _tag(block: Block) -> str:
    return f"h{min(6, max(2, block.level or 2))}" if block.kind == "heading" else TAGS.get(block.kind, "p")


def _cut(text: str, quotes: list[Quote]) -> Iterator[Piece]:
    position = 0
    for quote in quotes:
        if text[position : quote.start]:
            yield Piece(text[position : quote.start])
        position = quote.end + (text[quote.end : quote.end + 1] in CLOSING)
        yield Piece(text[quote.start : quote.end], quote, text[quote.end : position])
    if text[position:]:
        yield Piece(text[position:])


def _web(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) else None
