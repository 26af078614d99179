"""RSS 0.9x, 1.0 and 2.0, and Atom (RFC 4287)."""

from __future__ import annotations

from urllib.parse import urljoin

from lxml import etree

from crawler.discovery.times import moment
from crawler.discovery.xml import elements, local_name, text_of
from crawler.frontier.urls import Found

MAX_ENTRIES = 5000
"""Entries of one feed that are read; the rest is older."""
_ENTRIES = frozenset({"item", "entry"})
_CHANGED = ("updated", "modified", "pubdate", "published", "date", "issued")


def read_feed(body: bytes, url: str) -> list[Found]:
    """Give the articles that a feed names, in its order; `url` is the feed's own."""
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


def _link(entry: etree._Element) -> str | None:
    """Give the address of an entry: Atom's alternate link, RSS's link, else a guid that is an address."""
    guid = None
    for child in entry:
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
