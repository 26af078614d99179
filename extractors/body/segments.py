"""The page cut into text segments: one walk over the tree, in document order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from extractors.body.names import Names
from extractors.embed_marks import is_embed
from extractors.whitespace import squash


@dataclass(slots=True, eq=False)
class Node:
    """An element that breaks lines, as a place in the tree of such elements."""

    element: HtmlElement
    parent: int
    """Index of the node above; the root is its own."""
    tag: str
    names: str
    """The class attribute, as it stands."""
    depth: int
    tokens: tuple[str, ...]
    """The words of its tag, classes, id, role and itemprop (`Names`)."""


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


class _Walker:
    """The state of the walk: the node now open, and the text not yet closed into a segment."""

    def __init__(self, names: Names) -> None:
        self.cut = Cut()
        self.names = names
        self.known: dict[tuple[str | None, ...], tuple[str, ...]] = {}
        self.node = 0
        self.link: HtmlElement | None = None
        self.bold = 0
        self._reset()

    def _reset(self) -> None:
        self.pieces: list[str] = []
        self.links: list[Link] = []
        self.link_start = self.link_chars = self.bold_chars = self.breaks = 0
        self.element: HtmlElement | None = None
        self.tail = False

    def take(self, text: str, element: HtmlElement, tail: bool) -> None:
        """Take the text in an element, or after it."""
        if text.isspace():
            if self.element is not None:
                self.pieces.append(text)
            return
        if self.breaks > 1:
            self.flush()
        self.breaks = 0
        if self.element is None:
            self.element, self.tail = element, tail
        if self.link is not None:
            self.link_chars += len(text)
        if self.bold:
            self.bold_chars += len(text)
        self.pieces.append(text)

    def take_break(self) -> None:
        """Take a `<br>`: a space; two of them part paragraphs."""
        self.breaks += 1
        if self.element is not None:
            self.pieces.append("\n")

    def close_link(self, outer: HtmlElement | None) -> None:
        """End the open link; text after it belongs to the one around it, if any."""
        if self.link is not None and len(self.pieces) > self.link_start:
            self.links.append(Link(self.link_start, len(self.pieces), self.link))
        self.link, self.link_start = outer, len(self.pieces)

    def flush(self) -> None:
        """Close the text so far into a segment of the node now open."""
        if self.element is None:
            self.breaks = 0
            return
        self.close_link(self.link)
        text = squash("".join(self.pieces))
        if text:
            size, bold = self.link_chars, self.bold_chars
            segment = Segment(self.node, self.element, self.tail, text, self.pieces, self.links, size, bold)
            self.cut.segments.append(segment)
        self._reset()

    def open(self, element: HtmlElement, tag: str) -> None:
        """Begin a node under the one now open."""
        nodes, get = self.cut.nodes, element.get
        names = get("class") or ""
        key = (
            tag, names, get("id"), get("aria-label") or get("data-testid"), get("role"), get("itemprop"), get("style"),
            get("hidden"), get("aria-hidden"),
        )  # fmt: skip
        tokens = self.known.get(key)
        if tokens is None:
            tokens = self.known[key] = self.names.read(key)
        depth = nodes[self.node].depth + 1 if nodes else 0
        nodes.append(Node(element, self.node, tag, names, depth, tokens))
        self.node = len(nodes) - 1

    def close(self) -> None:
        """End the open node."""
        self.flush()
        self.node = self.cut.nodes[self.node].parent


def cut(tree: HtmlElement, names: Names, removed: frozenset[HtmlElement] = frozenset()) -> Cut:
    """Cut a page into segments, without the elements in `removed`.

    Scripts, styles, form fields, drawings and embeds give no text. Time grows with the number of elements and
    characters, whatever the depth.
    """
    walker = _Walker(names)
    walker.open(tree, "html")
    if tree.text:
        walker.take(tree.text, tree, tail=False)
    skip, lines, bold = names.skip, names.lines, names.bold
    stack: list[tuple[Iterator[HtmlElement], HtmlElement, str, HtmlElement | None]] = []
    element, tag, children = tree, "html", iter(tree)
    while True:
        child = next(children, None)
        if child is None:
            if not stack:
                break
            child, done_tag = element, tag
            children, element, tag, outer_link = stack.pop()
            if done_tag in lines:
                walker.close()
            elif done_tag == "a":
                walker.close_link(outer_link)
            elif done_tag in bold:
                walker.bold -= 1
        else:
            name = child.tag
            if name == "br":
                walker.take_break()
            elif isinstance(name, str) and name not in skip:
                if child in removed or is_embed(child):
                    walker.flush()
                else:
                    stack.append((children, element, tag, walker.link))
                    if name in lines:
                        walker.flush()
                        walker.open(child, name)
                    elif name == "a":
                        walker.close_link(child)
                    elif name in bold:
                        walker.bold += 1
                    element, tag, children = child, name, iter(child)
                    if text := child.text:
                        walker.take(text, child, tail=False)
                    continue
        if text := child.tail:
            walker.take(text, child, tail=True)
    walker.flush()
    return walker.cut
