"""RSS 0.9x, 1.0 and 2.0, Atom (RFC 4287), and JSON Feed (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.times import moment
from crawler.discovery.xml import elements, local_name, text_of
from crawler.frontier.urls import Found

MAX_ENTRIES = 5000
"""Entries of one feed that are read; the rest is older."""
_BEGINNING = re.compile(rb"<(?:[a-z]+:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_ENTRIES = frozenset({"item", "entry"})
_CHANGED = ("updated", "modified", "pubdate", "published", "date", "issued")


def read_feed(body: bytes, url: str) -> list[Found]:
    """Give the articles that a feed names, in its order; `url` is the feed's own."""
    if body.lstrip()[:1] == b"{":
        return list(islice(_of_json(body, url), MAX_ENTRIES))
    found = []
    for entry in elements(body, _ENTRIES):
        link = _link(entry)
        if link:
            try:
                found.append(Found(url=urljoin(url, link), kind="article", lastmod=_changed(entry)))
            except ValueError:
                continue
        if len(found) >= MAX_ENTRIES:
            break
    return found


def is_feed(body: bytes) -> bool:
    """Whether bytes begin as a feed does, be it empty or broken, and not as a page."""
    if body.lstrip()[:1] == b"{":
        return b'"items"' in body
    return _BEGINNING.search(body[:2000]) is not None


def _of_json(body: bytes, url: str) -> Iterator[Found]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        link = (item.get("url") or item.get("id")) if isinstance(item, dict) else None
        if not isinstance(link, str) or not (item.get("url") or link.startswith(("http://", "https://"))):
            continue
        told = (item.get(name) for name in ("date_modified", "date_published"))
        times = [moment(text) for text in told if isinstance(text, str)]
        with suppress(ValueError):
            if (address := urljoin(url, link.strip())).startswith(("http://", "https://")):
                lastmod = max((time for time in times if time is not None), default=None)
                yield Found(url=address, kind="article", lastmod=lastmod)


def _link(entry: etree._Element) -> str | None:
    """Give the address of an entry: Atom's alternate link, RSS's link, else a guid that is an address.

    It is a child; where a tag before it was not closed, it lies deeper.
    """
    return _link_of(entry) or _link_of(entry.iter())


def _link_of(parts: Iterable[etree._Element]) -> str | None:
    guid = None
    for child in parts:
        name = local_name(child)
        if name == "link":
            if child.get("href") and child.get("rel", "alternate") == "alternate":
                return (child.get("href") or "").strip()
            if text_of(child).startswith(("http://", "https://", "/")):
                return text_of(child)
        elif name in ("guid", "id") and text_of(child).startswith(("http://", "https://")):
            guid = guid or (text_of(child) if child.get("isPermaLink", "true") == "true" else None)
    return guid


def _changed(entry: etree._Element) -> float | None:
    """Give the newest time that an entry tells."""
    times = [moment(text_of(child)) for child in entry if local_name(child) in _CHANGED]
    return max((time for time in times if time is not None), default=None)
