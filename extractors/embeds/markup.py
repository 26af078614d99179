"""Embeds in the page's elements: the providers' own markup, players, placeholders, bare addresses."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace

from lxml.html import HtmlElement

from extractors.embeds.marks import UNNAMED, Named, judge, marks
from extractors.embeds.naming import post_of, posts_of_links
from extractors.embeds.providers import Post
from extractors.embeds.words import read_author, read_credited, read_text, read_title
from extractors.region import Region

MAX_CLIMB = 8
MAX_FIGURE = 60
NEAR = 5
"""How many elements behind a player's empty box its script may stand."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An embed as one place of the page gives it."""

    post: Post
    position: int
    """Document position of its element."""
    author: str | None = None
    """As the markup prints it."""
    text: str | None = None
    after_block: int | None = None
    """Only of what has no place of its own in the tree."""


@dataclass(frozen=True, slots=True)
class _Loose:
    """Markup that says whose embed it is, but not which."""

    post: Post
    position: int
    end: int
    element: HtmlElement


def pieces(region: Region) -> list[Piece]:
    """Give the embeds of the article's stretch in document order; one post may be in it several times."""
    found: list[Piece] = []
    loose: list[_Loose] = []
    judged: dict[str, Named] = {}
    elements, not_looked_at = region.document.elements, marks().not_looked_at
    read_end = -1
    for position in range(region.headline, region.end):
        element = elements[position]
        tag = element.tag
        if tag in not_looked_at:
            continue
        names = element.get("class")
        named = UNNAMED
        if names:
            named = judged.get(names) or judged.setdefault(names, judge(names))
        elif tag == "div" and not len(element.attrib):
            continue
        post = post_of(element, tag, named, position >= read_end)
        if tag == "blockquote" and position >= read_end:
            read_end = region.end_of(element)
        if (post is None and named.mark is None) or region.is_foreign(element):
            continue
        if post is None and named.mark is not None:
            loose.append(_Loose(named.mark, position, region.end_of(element), element))
        elif post is not None:
            piece = _piece(post, position, element, named.mark)
            found.append(piece if post.author or piece.author else replace(piece, author=_credited(region, piece)))
    return found + _settle(loose, found)


def _credited(region: Region, piece: Piece) -> str | None:
    """The author whom the figure around a post credits; what is larger than a figure is not read."""
    above = region.document.elements[piece.position].getparent()
    for _ in range(MAX_CLIMB):
        if above is None or above in region.spine:
            return None
        if above.tag == "figure":
            small = region.end_of(above) - region.document.position(above) <= MAX_FIGURE
            return read_credited(above, piece.post.provider) if small else None
        above = above.getparent()
    return None


def _settle(loose: list[_Loose], found: list[Piece]) -> list[Piece]:
    """The embeds of markup that names none itself: of a link inside, else unknown.

    None where an embed stands inside, or one of the same provider, set up by a script, right behind.
    """
    taken = [piece.position for piece in found]
    settled: list[Piece] = []
    end = -1
    for item in loose:
        index = bisect_left(taken, item.position)
        if item.position < end or (index < len(taken) and taken[index] < item.end):
            continue
        if index < len(taken) and taken[index] < item.end + NEAR and found[index].post.provider == item.post.provider:
            continue
        end = item.end
        posts = [post for post in posts_of_links(item.element, True) if post.provider == item.post.provider]
        settled.append(_piece(posts[0] if posts else item.post, item.position, item.element, item.post))
    return settled


def _piece(post: Post, position: int, element: HtmlElement, mark: Post | None) -> Piece:
    """The embed with what its markup says in words, where it is markup of a post."""
    if element.tag != "blockquote" and (mark is None or mark.provider != post.provider):
        return Piece(post, position)
    author = None if post.author else read_author(element)
    if post.provider == "reddit":
        return Piece(post, position, author, read_title(element))
    return Piece(post, position, author, read_text(element) if post.kind in ("post", "video") else None)
