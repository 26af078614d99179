"""Which post one element names: by its attributes, by the links inside it, by its text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from extractors.embeds.addresses import posts_in_markup, posts_of_attributes
from extractors.embeds.marks import UNNAMED, Named, marks
from extractors.embeds.providers import Post, recognise, table
from extractors.embeds.words import is_view_link

MAX_BARE = 500
MAX_SCRIPT = 20_000
MAX_LINKS = 60
_QUOTED_POST = re.compile(r"\(@[\w][\w.-]{0,60}\)")
_DATA = ("application/json", "application/ld+json")


def post_of(element: HtmlElement, tag: str, named: Named, may_read: bool) -> Post | None:
    """Give the post that an element names.

    Args:
        element: whose attributes, text and, of a blockquote, links count.
        tag: of the element.
        named: what its classes say.
        may_read: a blockquote's inside may be read (nobody has read it as a part of another one).
    """
    mark = named.mark
    if tag == "p" or (named.hinted and tag in marks().bare):
        bare = _bare(element)
        if bare is not None or tag == "p":
            return bare
    elif tag == "script":
        return _of_script(element)
    elif tag == "a" and mark is None and not (named.link or _is_embed_link(element)):
        return None
    posts = posts_of_attributes(element, named)
    if tag == "blockquote" and may_read and (mark is not None or named.hinted or _quotes_a_post(element)):
        posts += posts_of_links(element, mark is not None)
    elif posts and mark is not None and posts[0].author is None:
        posts += posts_of_links(element, True)
    if mark is not None:
        posts = [post for post in posts if post.provider == mark.provider] or posts
    return next((post for post in posts if post.id == posts[0].id and post.author), posts[0]) if posts else None


def posts_of_links(element: HtmlElement, marked: bool) -> list[Post]:
    """Give the posts that the links inside name, from the last, which dates the post itself."""
    links = [link.get("href") or "" for link in element.iter("a")][-MAX_LINKS:]
    found = (recognise(link, marked) for link in reversed(links) if "//" in link[:8])
    posts = [post for post in found if post is not None]
    return [post for post in posts if post.kind != "profile"] or posts


def _is_embed_link(element: HtmlElement) -> bool:
    """Whether a link stands for the embed itself by its words ("View this post on Instagram")."""
    return is_view_link(element.text) or element.get("data-pin-do") == "embedPin"


def _quotes_a_post(element: HtmlElement) -> bool:
    """Whether a blockquote is a post that has lost its class: "— Name (@handle) 3 May 2026"."""
    return _QUOTED_POST.search(element.text_content()[-300:]) is not None


def _bare(element: HtmlElement) -> Post | None:
    """The post whose address is an element's only text."""
    text = element.text
    if not text or text.isspace():
        if len(element) != 1 or element[0].tag != "a" or (element[0].tail or "").strip():
            return None
        text = element[0].text
    elif len(element) > 0 and (len(element) > 2 or any(child.tag != "br" or child.tail for child in element)):
        return None
    text = text.strip() if text else ""
    if not text.startswith("http") or len(text) > MAX_BARE or " " in text:
        return None
    return recognise(text)


def _of_script(element: HtmlElement) -> Post | None:
    """The player that a script loads or sets up."""
    posts = posts_of_attributes(element, UNNAMED)
    text = element.text
    if posts or not text or len(text) > MAX_SCRIPT or element.get("type") in _DATA:
        return posts[0] if posts else None
    for rule in table().scripts:
        match = rule.pattern.search(text) if rule.needle in text else None
        if match is not None:
            return recognise(match.expand(rule.address), marked=True)
    return next(posts_in_markup(text), None) if (element.get("type") or "").startswith("text/") else None
