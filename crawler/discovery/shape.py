"""Whether an address looks like an article's: by the outlet's own pattern, else by its shape."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from courlan import is_navigation_page, is_not_crawlable

from crawler.guard import ForbiddenAddress, host_of
from crawler.settings import URLLENGTH_LIMIT
from crawler.site import Site

_EXTENSION = re.compile(r"\.(?:[a-z]?html?|php|aspx?|jsp|ece|cms)$", re.IGNORECASE)
_FILE = re.compile(r"\.[a-z][a-z0-9]{1,4}$", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{2,}")
_DATED = re.compile(r"/(?:19|20)\d\d/(?:0?[1-9]|1[0-2]|[a-z]{3})/")
_NUMBER = re.compile(r"\d{5,}")


def looks_like_article(url: str, site: Site, *, named: bool = False) -> bool:
    """Whether to take an address for an article of this outlet.

    The site's pattern decides where it has one. Without it an address that a feed or a news sitemap names (`named`)
    needs only a path of its own; any other needs a headline in it: four words or more, or two beside a date or a long
    number, and no part that stands for another kind of page.
    """
    if len(url) > URLLENGTH_LIMIT or not site.owns(url):
        return False
    try:
        host_of(url)
    except ForbiddenAddress:
        return False
    path = urlsplit(url).path
    if site.article_url is not None:
        return site.article_url.search(path) is not None
    return path.strip("/") != "" if named else _has_headline(url, path)


def _has_headline(url: str, path: str) -> bool:
    segments = [segment for segment in path.lower().split("/") if segment]
    if not segments or is_navigation_page(url) or is_not_crawlable(url):
        return False
    segments[-1] = _EXTENSION.sub("", segments[-1])
    if _FILE.search(segments[-1]) or any(segment in _other_pages() for segment in segments):
        return False
    words = max(len(_WORDS.findall(segment)) for segment in segments[-2:])
    return words >= 4 or (words >= 2 and bool(_DATED.search(path.lower()) or _NUMBER.search(path)))


@cache
def _other_pages() -> frozenset[str]:
    """Parts of addresses that stand for pages which are no articles, as outlets commonly call them."""
    return frozenset(Path(__file__).with_name("other_pages.txt").read_text(encoding="utf-8").split())
