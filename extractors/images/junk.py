"""Pictures that are none of the article's: counters, icons, avatars, logos, teasers of other stories."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from extractors.embeds.providers import recognise
from extractors.images.words import words
from extractors.region import name_words
from extractors.whitespace import squash

SMALL = 120
"""A picture of which both sides are declared and neither is longer than this many pixels is an icon or an avatar."""
TINY = 40
MIN_TEASER = 15
_PIXELS = re.compile(r"^\s*(\d{1,5})(?:px|\.\d+)?\s*$")
_PROPORTIONS = frozenset({"responsive", "intrinsic", "fill", "flex-item"})
"""AMP layouts in which the sides are proportions: amp.dev/documentation/guides-and-tutorials/learn/amp-html-layout."""
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:$|[?/])", re.IGNORECASE)


def is_decoration(element: HtmlElement, url: str | None) -> bool:
    """Tell whether a picture is a counter, icon, avatar, logo or player's poster, by its names, address or size."""
    names = words()
    if not names.decoration.isdisjoint(name_words(element.get("class"), element.get("id")).split()):
        return True
    sides = [] if element.get("layout") in _PROPORTIONS else _sides(element)
    if sides and (min(sides) <= 2 or max(sides) <= (SMALL if len(sides) == 2 else TINY)):
        return True
    if url is None:
        return False
    lowered = url[:1000].lower()
    if any(map(lowered.__contains__, names.counters)):
        return True
    player = recognise(url, marked=True)
    if player is not None and player.kind == "video":
        return True
    return not names.files.isdisjoint(name_words(lowered.rpartition("/")[2].partition("?")[0]).split())


def _sides(element: HtmlElement) -> list[int]:
    """The declared width and height in pixels."""
    return [int(found[1]) for name in ("width", "height") if (found := _PIXELS.match(element.get(name) or ""))]


def is_teaser(element: HtmlElement, root: HtmlElement, page: str | None) -> bool:
    """Tell whether a picture only leads to another page: its link, or one beside it, has the words of a title."""
    link = element.getparent()
    for _ in range(4):
        if link is None or link.tag == "a" or link is root:
            break
        link = link.getparent()
    href = link.get("href") if link is not None and link.tag == "a" else None
    if link is None or not href or not _leads_away(href, page):
        return False
    if len(squash(link.text_content()[:2000])) >= MIN_TEASER:
        return True
    return any(
        other is not link and other.get("href") == href and len(squash(other.text_content()[:2000])) >= MIN_TEASER
        for other in list(root.iter("a"))[:20]
    )


def _leads_away(href: str, page: str | None) -> bool:
    href = href.strip()
    if href.startswith(("#", "javascript:", "data:")) or _PICTURE_FILE.search(href):
        return False
    try:
        target = urlsplit(urljoin(page or "", href))
        return not page or (target.netloc, target.path) != urlsplit(page)[1:3]
    except ValueError:
        return False
