"""One element, node or string of a page, read as a line of authors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from extractors.address import url_key
from extractors.article import Author
from extractors.byline.people import EDGES, Person, read_byline, until_others, without_by
from extractors.document import Document
from extractors.site_names import SiteNames, letters
from extractors.visible import visible_lines, visible_text
from extractors.whitespace import squash

MOST = 30
"""Authors, links or nodes that are looked at."""
LONGEST = 160
"""Characters of a line of authors."""

_HEAD = 60  # characters of a line at the top of a longer text that may be a name
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|profiles?|staff|contributors?|journalists?|reporters?|writers?|autor(?:en|es|in)?|auteurs?|redakt\w+|"
    r"columnists?|by)/[^/?#]",
    re.IGNORECASE,
)


class Reader:
    """Reads authors on one page: it knows what the page calls its outlet, and where its addresses lead."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.outlet = document.once(SiteNames)

    def people(self, text: str) -> list[Person]:
        """The people and organisations of a line; the outlet's own name, alone, is an organisation."""
        bare = without_by(squash(text)).strip(EDGES)
        if bare in self.outlet and len(bare) <= LONGEST and not _looks_personal(bare):
            return [Person(bare, "organisation")]
        return read_byline(text)

    def text(self, text: str) -> list[Author]:
        """The authors of a line."""
        return [Author(name=person.name, kind=person.kind) for person in self.people(text)]

    def element(self, element: HtmlElement) -> list[Author]:
        """The authors that an element names: in links to their pages, or in its first line that has a name."""
        lines = visible_lines(element)
        text = until_others(" | ".join(lines))
        if len(text) > LONGEST:
            text = until_others(" | ".join(line for line in lines[:2] if len(line) <= _HEAD))
        linked = [
            Author(name=person.name, url=self.page(link.get("href")), kind=person.kind)
            for link in islice(element.iter("a"), MOST)
            if leads_to_author(link) and (name := visible_text(link)) in text
            for person in self.people(name)
        ]
        printed = self.text(text)
        return linked if len(linked) >= len(printed) else printed

    def page(self, href: str | None) -> str | None:
        """The absolute address of an author's page; none of a front page or of the article itself."""
        url = self.document.absolute(href)
        if url is None or (self.document.url and url_key(url) == url_key(self.document.url)):
            return None
        return url if urlsplit(url).path.strip("/") else None

    def tidy(self, authors: Iterable[Author]) -> tuple[Author, ...]:
        """Each author once; of several none that is only the outlet's name."""
        once = tuple(_once(authors))
        others = tuple(author for author in once if author.name not in self.outlet)
        return others or once


def leads_to_author(link: HtmlElement) -> bool:
    """Whether a link is one to an author's page, by `rel` or by its address."""
    return "author" in (link.get("rel") or "").split() or bool(_AUTHOR_PAGE.search(link.get("href") or ""))


def _looks_personal(name: str) -> bool:
    """Whether an outlet bears somebody's name: a blog under its author's."""
    found = read_byline(name)
    return len(found) == 1 and found[0].kind == "person" and len(found[0].name.split()) == 2 and found[0].name == name


def _once(authors: Iterable[Author]) -> Iterator[Author]:
    found: dict[str, Author] = {}
    for author in islice(authors, MOST):
        known = found.get(letters(author.name))
        if known is None or (author.url and not known.url):
            found[letters(author.name)] = replace(author, url=author.url or (known.url if known else None))
    yield from found.values()
