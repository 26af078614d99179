"""One walk over the tree: the elements that break lines, and the runs of text between two breaks."""

from __future__ import annotations

from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from extractors.body.names import Names, names
from extractors.body.popups import is_popup
from extractors.body.segments import Link, Segment
from extractors.embed_marks import embed_tags, is_embed_class
from extractors.whitespace import squash

_INLINE, _BOLD, _LINK, _BREAK, _SKIP, _LINE, _EMBED = range(7)
"""What an element is to the walk; from `_LINE` on it ends the line."""
_EVENTS = ("start", "end", "comment", "pi")


class Walk:
    """What one walk found, all in document order; a run's `node` is an index of `elements`.

    Scripts, styles, form fields, drawings, embeds, a word's pop-up and the elements in `removed` give no text. Time
    grows with the number of elements and characters, whatever the depth.
    """

    def __init__(self, tree: HtmlElement, removed: frozenset[HtmlElement] = frozenset()) -> None:
        self.elements: list[HtmlElement] = []
        """The elements that break lines, and the root."""
        self.parents: list[int] = []
        """For each of them the index of the one around it; the root is its own."""
        self.runs: list[Segment] = []
        self._walk(tree, removed)

    def _walk(self, tree: HtmlElement, removed: frozenset[HtmlElement]) -> None:
        elements, parents, kinds = self.elements, self.parents, _kinds()
        elements.append(tree)
        parents.append(0)
        node = link_start = link_chars = bold_chars = bold = breaks = 0
        pieces: list[str] = []
        links: list[Link] = []
        link: HtmlElement | None = None
        outer: list[HtmlElement | None] = []
        first, tail = tree, False
        skipped: HtmlElement | None = None
        walk = etree.iterwalk(tree, _EVENTS)
        next(walk)
        text = tree.text
        if text and not text.isspace():
            pieces.append(text)
        for event, element in walk:
            kind = kinds.get(element.tag, _INLINE)
            if event == "start":
                if kind == _SKIP:
                    walk.skip_subtree()
                    continue
                text, starts = element.text, True
                classes = element.get("class")
                if pieces and kind == _INLINE and classes and is_popup(classes):
                    walk.skip_subtree()
                    continue
                if kind == _EMBED or (classes and is_embed_class(classes)) or (removed and element in removed):
                    walk.skip_subtree()
                    kind, skipped, text = _EMBED, element, None
            else:
                text, starts = element.tail, False
                if element is skipped:
                    kind, skipped = _INLINE, None
            if kind >= _LINE:
                if pieces:
                    if link is not None and len(pieces) > link_start:
                        links.append(Link(link_start, len(pieces), link))
                    self._end(node, first, tail, pieces, links, link_chars, bold_chars)
                    pieces, links = [], []
                    link_chars = bold_chars = 0
                link_start = breaks = 0
                if not starts:
                    node = parents[node]
                elif kind == _LINE:
                    elements.append(element)
                    parents.append(node)
                    node = len(parents) - 1
            elif kind == _LINK:
                if link is not None and len(pieces) > link_start:
                    links.append(Link(link_start, len(pieces), link))
                link_start = len(pieces)
                if starts:
                    outer.append(link)
                    link = element
                else:
                    link = outer.pop()
            elif kind == _BOLD:
                bold += 1 if starts else -1
            elif kind == _BREAK and starts:
                breaks += 1
                if pieces:
                    pieces.append("\n")
            if not text:
                continue
            if text.isspace():
                if pieces:
                    pieces.append(text)
                continue
            if breaks:
                if breaks > 1 and pieces:
                    if link is not None and len(pieces) > link_start:
                        links.append(Link(link_start, len(pieces), link))
                    self._end(node, first, tail, pieces, links, link_chars, bold_chars)
                    pieces, links = [], []
                    link_start = link_chars = bold_chars = 0
                breaks = 0
            if not pieces:
                first, tail = element, not starts
            if link is not None:
                link_chars += len(text)
            if bold:
                bold_chars += len(text)
            pieces.append(text)

    def _end(
        self,
        node: int,
        first: HtmlElement,
        tail: bool,
        pieces: list[str],
        links: list[Link],
        link_chars: int,
        bold_chars: int,
    ) -> None:
        text = squash("".join(pieces))
        if text:
            self.runs.append(Segment(node, first, tail, text, pieces, links, link_chars, bold_chars))


@cache
def _kinds() -> dict[object, int]:
    """What each tag is to the walk; every other tag is inline."""
    lists: Names = names()
    kinds: dict[object, int] = {"a": _LINK, "br": _BREAK}
    for tags, kind in ((lists.bold, _BOLD), (lists.lines, _LINE), (embed_tags(), _EMBED), (lists.skip, _SKIP)):
        kinds |= dict.fromkeys(tags, kind)
    return kinds
