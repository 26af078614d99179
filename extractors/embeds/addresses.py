"""Addresses of posts and players in attributes, in markup that stands as a string, and inside other addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from itertools import islice
from urllib.parse import parse_qsl, unquote, urlsplit

from lxml.html import HtmlElement

from extractors.embeds.marks import Named, marks
from extractors.embeds.providers import MAX_ADDRESS, Post, fill, recognise, table

MAX_MARKUP = 50_000
MAX_TRIED = 12
MIN_ADDRESS = 8
_IN_MARKUP = re.compile(
    r"""(?:src|href|cite|data-[\w-]{1,40})\s{0,3}=\s{0,3}\\?["']((?:https?:)?(?:\\?/){2}[^"'\\<>\s]{4,2000})""",
    re.IGNORECASE,
)
_IN_VALUES = re.compile(r"""https?:(?:\\?/){2}(?:[^"'\\<>\s]|\\/){4,2000}""")


def posts_of_attributes(element: HtmlElement, named: Named) -> list[Post]:
    """Give the posts that an element's own attributes name, those first whose address the providers' table builds.

    Args:
        element: not looked into.
        named: what its classes say. In a provider's own markup profiles and pictures count too; where the class speaks
            of an embed, addresses inside JSON do.
    """
    tag, known, dull = element.tag, table(), marks().dull
    templates = known.built_by_tag.get(tag, ()) + named.built
    marked = named.mark is not None or tag in marks().players
    found: list[Post] = []
    for name, value in element.items():
        if name in dull or len(value) < MIN_ADDRESS:
            if name in known.built_by_attribute:
                templates += known.built_by_attribute[name]
            continue
        templates += known.built_by_attribute.get(name, ())
        post = _post_in_value(value, tag, marked, named.hinted)
        if post is not None:
            found.append(post)
    return [*_built(element, templates), *found] if templates else found


def _post_in_value(value: str, tag: str, marked: bool, hinted: bool) -> Post | None:
    """The post that the value of one attribute names: an address, a wrapper's address, markup, or JSON."""
    if "//" in value[:8]:
        return recognise(value, marked) or _inside_address(value, tag)
    if "<" in value[:200]:
        return next(posts_in_markup(value), None)
    if tag in marks().players:
        return _inside_address(value, tag)
    if hinted and value[0] in "{[":
        return _first(_IN_VALUES.findall(value[:MAX_MARKUP]))
    return None


def _built(element: HtmlElement, templates: tuple[str, ...]) -> Iterator[Post]:
    """The posts whose addresses these templates make of an element's attributes."""
    for template in templates:
        address = fill(template, element.attrib)
        post = recognise(address, marked=True) if address else None
        if post is not None:
            yield post


def posts_in_markup(markup: str) -> Iterator[Post]:
    """Give the posts that attributes name in markup that stands as a string."""
    for match in islice(_IN_MARKUP.finditer(markup[:MAX_MARKUP]), MAX_TRIED):
        address = unescape(match[1]).replace("\\/", "/")
        post = recognise(address) or _inside_address(address, "iframe")
        if post is not None:
            yield post


def _inside_address(address: str, tag: str) -> Post | None:
    """The post whose address is a parameter of a wrapper's address, as in `/embed?url=https%3A%2F%2Fyoutu.be%2F…`."""
    if "http" not in address[4:] or len(address) > MAX_ADDRESS or ("=" not in address and tag not in marks().players):
        return None
    try:
        query = urlsplit(address).query or address
        values = [value for _, value in parse_qsl(query, max_num_fields=50) if value.startswith(("http", "//"))]
    except ValueError:
        return None
    for value in values[:MAX_TRIED]:
        post = recognise(value) or recognise(unquote(value)) or recognise(value.partition("&")[0])
        if post is not None:
            return post
    return None


def _first(addresses: list[str]) -> Post | None:
    found = (recognise(address.replace("\\/", "/")) for address in addresses[:MAX_TRIED])
    return next((post for post in found if post is not None), None)
