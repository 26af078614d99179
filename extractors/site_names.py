"""What a page calls its outlet: the evidence for a site name in a title and for an outlet in a byline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractors.document import Document
from extractors.jsonld import types
from extractors.site import host_of, registrable
from extractors.whitespace import squash

_ENDS = " |•·»¦«<>:–—−-"
_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "WebSite", "Corporation", "Brand"})
_META = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "al:ios:app_name",
    "publisher",
    "dc.publisher",
    "copyright",
)
_SHORTEST = 4  # letters of a domain label that may begin a longer form of the name
_MOST_WORDS = 5  # of a site name with its addition ("… Online", "… Latest News")


def letters(text: str) -> str:
    """The letters and digits of a name, folded and without a leading "the": what two spellings of it share."""
    return "".join(filter(str.isalnum, text.casefold())).removeprefix("the")


class SiteNames:
    """The names of one page's outlet."""

    def __init__(self, document: Document) -> None:
        said = {letters(name) for name in (*_said(document), *_repeated(document))}
        self._names = {name for name in said if name}
        address = document.url or document.first_meta("og:url")
        if host := host_of(address):
            domain = registrable(host)
            label = letters(domain.partition(".")[0])
            self._names |= {label, letters(domain), letters(host.removeprefix("www."))}

    def __contains__(self, text: str) -> bool:
        """Whether a text is nothing but a name of the outlet."""
        return letters(text) in self._names

    def resembles(self, text: str) -> bool:
        """Whether a text is the outlet's name, alone or with a few words more ("… Online", "… Latest News")."""
        bare = letters(text)
        if bare in self._names:
            return True
        longer = [name for name in self._names if len(name) >= _SHORTEST]
        return len(text.split()) <= _MOST_WORDS and any(bare.startswith(name) or bare.endswith(name) for name in longer)


def _said(document: Document) -> Iterator[str]:
    for name in _META:
        yield from document.meta.get(name, ())
    yield from _names_in(document.linked(document.news.get("publisher")))
    for node in document.jsonld:
        if not types(node).isdisjoint(_ORGANISATIONS):
            yield from _names_in(node)


def _repeated(document: Document) -> Iterator[str]:
    """What `<title>` adds to the page's own title, before or after it: "Lessons Learned: The lean startup"."""
    whole, own = document.title, squash(document.first_meta("og:title", "twitter:title"))
    if not whole or not own or own == whole:
        return
    for rest in (whole.removeprefix(own), whole.removesuffix(own)):
        if rest != whole and len(rest.split()) <= _MOST_WORDS + 1 and (name := rest.strip(_ENDS)) != rest:
            yield name


def _names_in(value: Any) -> Iterator[str]:
    for node in value if isinstance(value, list) else [value]:
        if isinstance(node, str):
            yield node
        elif isinstance(node, dict):
            for given in (node.get("name"), node.get("alternateName")):
                yield from (name for name in (given if isinstance(given, list) else [given]) if isinstance(name, str))
