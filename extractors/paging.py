"""Articles on several pages: which page this is, and which one follows.

`rel=next` alone says little: on most article pages it names the next article. It is the next page of this one only
where the address is this page's own with the next number in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from extractors.address import clean_url, url_key
from extractors.document import Document

MAX_PAGES = 40
"""Pages of one article that are joined, and numbers that count as a page's."""
_WORD = (
    r"pages?|pg|paged|p|seite|sida|side|strona|strana|stranica|oldal|sivu|pagina|página|halaman|trang|sayfa|"
    r"part|teil|slides?|galler(?:y|ie)|bild|foto|photos?|image"
)
"""Words for a page, as addresses have them, in the languages of the shipped outlets."""
_PARAMETER = re.compile(rf"(?:{_WORD})=(\d{{1,2}})", re.IGNORECASE)
_SEGMENT = re.compile(rf"(?:(?:{_WORD})[-_]?)?(\d{{1,2}})", re.IGNORECASE)
_WORD_ALONE = re.compile(_WORD, re.IGNORECASE)
_SUFFIX = re.compile(
    rf"(?P<slug>.{{4,}}?)(?:[-_,.](?:{_WORD})[-_]?|[-_,](?=\d+\.))(?P<number>\d{{1,2}})(?P<end>\.[a-z]{{3,5}})?",
    re.IGNORECASE,
)
_STORY = re.compile(r"[-_.]|\d{5}|[^\x00-\x7f]|%[89a-f]", re.IGNORECASE)
"""What the last part of a story's address has and the name of a section has not."""


_BACK = frozenset({"prev", "previous"})
_TELLING = _BACK | {"next", "canonical"}
_SHORT = 16
"""Characters of a relative address that has only the number in it: `?page=2`, `2/`."""
_DIGIT = re.compile(r"[0-9]")
_RELATIVE = re.compile(r"[?.\w][^:]*\d/?$")


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands among the pages of its article."""

    first: str
    """The address of the first one."""
    next: str | None
    """The address of the following one; None of the last."""
    is_first: bool


class _Numbered(NamedTuple):
    """One way to read an address: as that of a page of something."""

    base: str
    number: int | None = None
    """None of the address without a number."""
    is_weak: bool = False
    """Whether the number may be anything (`story-2.html`, `/royal-news/2`), so that only `rel`, or a link that has just
    the number as its text, can make it a page's."""


class _Link(NamedTuple):
    url: str
    rel: frozenset[str]
    number: int | None
    is_counted: bool
    """Whether its text is the number of the page."""


def find_paging(document: Document) -> Paging | None:
    """Tell whether a page is one of several of an article; None where it is the only one, or the address is not known.

    The next page is named by `rel=next`, or linked by its number. A page is a following one only where it also points
    back, to the one before or to the first.
    """
    own = clean_url(document.url or "")
    if not any(_STORY.search(_last_part(reading.base)) for reading in _readings(own)):
        return None
    pages = list(_pages(document, own))
    for mine in _readings(own):
        key = url_key(mine.base)
        links = [link for base, link in pages if base == key]
        following = _following(mine, links)
        if mine.number is None:
            if following:
                return Paging(mine.base, following, is_first=True)
        elif any(_points_back(link, mine) for link in links):
            return Paging(mine.base, following, is_first=False)
    return None


def _following(mine: _Numbered, links: list[_Link]) -> str | None:
    """Give the page after this one: by `rel=next`, which may count from 0, else by any link with its number."""
    counted = 2 if mine.number is None else mine.number + 1
    wanted = {1, 2} if mine.number is None else {counted}
    named = (link.url for link in links if "next" in link.rel and link.number in wanted)
    others = (link.url for link in links if link.number == counted and not link.rel & _BACK)
    return next(named, None) or next(others, None)


def _points_back(link: _Link, mine: _Numbered) -> bool:
    """Whether a link says that this page is not the first; where only `rel` can tell, by `rel`."""
    if link.number is not None and link.number != (mine.number or 0) - 1:
        return False
    if mine.number == 1:
        return bool(link.rel & _BACK)
    if mine.is_weak:
        return link.is_counted or bool(link.rel & (_BACK | {"canonical"}))
    return "next" not in link.rel


def _pages(document: Document, own: str) -> Iterator[tuple[str, _Link]]:
    """Give the links that may lead to another page of the same article, each with the key of what it is a page of."""
    host, stem = urlsplit(own).netloc, _stem(own)
    is_plain = len(list(_readings(own))) == 1  # then only links with a number lead on
    for element in (*document.links, *document.tagged("a")):
        href = (element.get("href") or "").strip()
        if stem not in href and (len(href) > _SHORT or not _RELATIVE.match(href)):
            continue
        if (is_plain and not _DIGIT.search(href.rpartition(stem)[2])) or "comment" in href.lower():
            continue
        url = clean_url(document.absolute(href) or "")
        rel = frozenset((element.get("rel") or "").lower().split())
        if urlsplit(url).netloc != host or (element.tag == "link" and not rel & _TELLING):
            continue
        text = "".join(element.itertext()).strip() if element.tag == "a" else ""
        for reading in _readings(url):
            is_counted = text == str(reading.number or 1)
            if not reading.is_weak or is_counted or rel & _TELLING:
                yield url_key(reading.base), _Link(url, rel, reading.number, is_counted)


def _stem(own: str) -> str:
    """What the addresses of all pages of an article have in them: the last part of the shortest it may have."""
    shortest = min((reading.base for reading in _readings(own)), key=lambda base: len(urlsplit(base).path))
    return re.sub(r"\.[a-z]{3,5}$", "", _last_part(shortest))


def _last_part(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _readings(url: str) -> Iterator[_Numbered]:
    """Give what an address may be: a page with a number of a story, then just itself."""
    numbered = _in_query(url) or _in_path(url)
    if numbered and 0 < (numbered.number or 0) <= MAX_PAGES and _STORY.search(_last_part(numbered.base)):
        yield numbered
    yield _Numbered(url)


def _in_query(url: str) -> _Numbered | None:
    parts = urlsplit(url)
    fields = parts.query.split("&")
    for field in fields:
        if found := _PARAMETER.fullmatch(field):
            rest = "&".join(other for other in fields if other != field)
            return _Numbered(urlunsplit(parts._replace(query=rest)), int(found[1]))
    return None


def _in_path(url: str) -> _Numbered | None:
    parts = urlsplit(url)
    slash = "/" if parts.path.endswith("/") else ""
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    if found := _SEGMENT.fullmatch(last):
        before, _, name = folder.rpartition("/")
        folder = before if before and _WORD_ALONE.fullmatch(name) else folder
        is_weak = last.isdigit() and not _WORD_ALONE.fullmatch(name)
        return _Numbered(urlunsplit(parts._replace(path=folder + slash)), int(found[1]), is_weak)
    if found := _SUFFIX.fullmatch(last):
        path = f"{folder}/{found['slug']}{found['end'] or ''}{slash}"
        return _Numbered(urlunsplit(parts._replace(path=path)), int(found["number"]), is_weak=True)
    return None
