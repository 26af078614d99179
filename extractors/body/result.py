"""What the body's extractor gives to those who come after."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml.html import HtmlElement

from extractors.article import Block


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside a block: the address, and where its words stand in the block's text."""

    block: int
    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture among the parts of a text that stands only in a script's data."""

    part: Mapping[str, Any]
    """As the data has it."""
    after_block: int


@dataclass(frozen=True, slots=True)
class Body:
    """The blocks, where each stands in the tree, and how sure the recipe is."""

    blocks: tuple[Block, ...] = ()
    positions: tuple[int, ...] = ()
    """For each block the document position (`Document.position`) of the element its text starts in; ascending."""
    containers: tuple[HtmlElement, ...] = ()
    """The elements that together hold the text, in document order."""
    links: tuple[Link, ...] = ()
    """Links inside the blocks, in order."""
    strategy: str = ""
    confidence: float = 0.0
    drawn: tuple[Drawn, ...] = ()
    """Pictures that stand beside the blocks in a script's data, in order; empty where the markup has the text."""

    def after_block(self, position: int) -> int:
        """Index of the last block that starts before this document position; -1 at the top."""
        return bisect_left(self.positions, position) - 1
