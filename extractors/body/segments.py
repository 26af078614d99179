"""The page cut into text segments, in document order."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extractors.body.names import Names


class Node:
    """An element that breaks lines, as a place in the tree of such elements."""

    __slots__ = ("_lists", "_tokens", "depth", "element", "names", "parent", "tag")

    def __init__(self, element: HtmlElement, parent: int, depth: int, lists: Names) -> None:
        self.element = element
        self.parent = parent
        """Index of the node above; the root is its own."""
        self.tag: str = element.tag
        self.names: str = element.get("class") or ""
        """The class attribute, as it stands."""
        self.depth = depth
        self._lists = lists
        self._tokens: tuple[str, ...] | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of its tag, classes, id, role and itemprop (`Names.read`); read when first asked for."""
        if self._tokens is None:
            self._tokens = self._lists.read(self.element)
        return self._tokens


@dataclass(slots=True, eq=False)
class Link:
    """An `<a>` inside a segment: its first piece, and past its last."""

    first: int
    past: int
    element: HtmlElement


@dataclass(slots=True, eq=False)
class Segment:
    """A run of text between two places where the line breaks."""

    node: int
    """Index of the node whose text it is."""
    element: HtmlElement
    """The element in which its text starts; where `tail` is set, the element after which it starts."""
    tail: bool
    text: str
    """White space collapsed; never empty."""
    pieces: list[str]
    """The strings of the tree, in order, as they stand."""
    links: list[Link]
    link_chars: int
    """Characters inside links, before white space is collapsed."""
    bold_chars: int


@dataclass(slots=True)
class Cut:
    """The nodes and segments of one page, both in document order."""

    nodes: list[Node] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
