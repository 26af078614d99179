"""The standfirst: what the page shows between headline and text as such."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.body.result import Body
from extractors.document import Document
from extractors.found import Found
from extractors.headline import find_headline, headline_element
from extractors.jsonld import unescape
from extractors.site_names import letters
from extractors.visible import is_hidden, visible_text

_REACH = 300  # elements after the headline's within which a standfirst begins
_SHORTEST, _LONGEST = 20, 700  # characters
_PARAGRAPH = 60  # characters from which a `<p>` is one of the text's
_PHRASE, _SENTENCE = 6, 12  # words from which a heading is one; before text, where section titles stand, the more
_NEAR = 8  # paragraphs of one parent that are looked at
_MANY = 30  # and of the article's head; elements in a standfirst
_KNOWN = 4096  # different names of elements whose meaning is kept: a page repeats a few hundred
_HEADINGS = frozenset({"h2", "h3", "h4"})
_LINES = frozenset({"p", "div", "span", "h2", "h3", "h4", "strong", "b", "em", "section", "blockquote"})
_NOT_IN_IT = frozenset(
    {"img", "figure", "ul", "ol", "form", "iframe", "video", "h1", "time", "table", "input", "article"}
)
_OUTSIDE = frozenset({"nav", "aside", "footer", "figure", "figcaption", "form", "ul", "ol", "table", "a", "button"})


class _Words(NamedTuple):
    sure: re.Pattern[str]
    unsure: re.Pattern[str]
    never: re.Pattern[str]
    elsewhere: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    either = {name: "|".join(map(re.escape, words)) for name, words in data.items()}
    return _Words(
        sure=re.compile(f"{either['sure']}|(?:{either['endings']})(?![a-z])"),
        unsure=re.compile(rf"(?<![a-z])(?:{either['unsure']})(?![a-z])"),
        never=re.compile(either["never"]),
        elsewhere=re.compile(either["elsewhere"]),
    )


def find_dek(document: Document, headline: str | None, body: Body) -> Found[str | None]:
    """Find the standfirst; None where the page shows none as such, whatever its meta description says."""
    for element in document.select(document.rules.dek):
        if text := visible_text(element):
            return Found(text, "rules")
    found = _standfirst(document, headline)
    if found is None or (headline and letters(found.text) == letters(headline)):
        return Found(None)
    return Found(found.text, found.source)


def standfirst_element(document: Document, headline: str | None = None) -> HtmlElement | None:
    """Give the element that shows the standfirst, so that the text can leave it out; None where there is none."""
    for element in document.select(document.rules.dek):
        return element
    found = _standfirst(document, headline or find_headline(document).value)
    return found.element if found else None


class _Standfirst(NamedTuple):
    element: HtmlElement
    text: str
    source: str


def _standfirst(document: Document, headline: str | None) -> _Standfirst | None:
    """The first element between headline and text that is named or placed as a standfirst."""
    if headline == find_headline(document).value:
        return document.once(_own_standfirst)
    return _below(document, headline_element(document, headline))


def _own_standfirst(document: Document) -> _Standfirst | None:
    return _below(document, headline_element(document, find_headline(document).value))


def _below(document: Document, heading: HtmlElement | None) -> _Standfirst | None:
    if heading is None:
        return None
    said = _descriptions(document)
    around = set(heading.iterancestors())
    stands_outside = _Outside(document, around)
    first = True  # no words have been met since the headline
    for element in _after(document, heading):
        if element.tag in _LINES and not stands_outside(element) and not is_hidden(element):
            source = _reason(element, document.name(element), first, said, around)
            if source and (text := _text(element)):
                return _Standfirst(element, text, source)
            if element.tag == "p" and _is_text(element):
                return None
        first = first and not (element.text or "").strip()
    return None


def _after(document: Document, heading: HtmlElement) -> Iterator[HtmlElement]:
    """The elements behind the headline's, as far as a standfirst may stand."""
    start = document.position(heading) + sum(1 for _ in heading.iter("*"))
    return islice(document.elements, start, start + _REACH)


def _reason(element: HtmlElement, name: str, first: bool, said: frozenset[str], around: set[HtmlElement]) -> str:
    """Why an element is a standfirst; empty where it is none."""
    named = _meaning(name) if name else ""
    if named == "sure" or (named == "unsure" and not _has_text_beside(element)):
        return "named"
    if first and element.tag in _HEADINGS and _is_sentence(element):
        return "below the headline"
    own = (element.text or "").strip()
    if not said or len(own) < _SHORTEST or not _begins_one(own, said):
        return ""
    if letters(visible_text(element)) in said and not _has_text_beside(element):
        return "as described" if first or _shares_head(element, around) else ""
    return ""


def _begins_one(own: str, said: frozenset[str]) -> bool:
    """Whether a description begins as an element's own words do: a quick look before all of its words are read."""
    beginning = letters(own[:_SHORTEST])
    return any(text.startswith(beginning) for text in said)


@lru_cache(_KNOWN)
def _meaning(name: str) -> str:
    """The list of `dek.toml` that names an element a standfirst, "sure" or "unsure"; empty where none does."""
    words = _words()
    if not (words.sure.search(name) or words.unsure.search(name)):
        return ""
    tokens = [token for token in name.split() if not words.never.search(token)]
    if any(map(words.sure.search, tokens)):
        return "sure"
    return "unsure" if any(map(words.unsure.search, tokens)) else ""


def _text(element: HtmlElement) -> str:
    """The element's words, if they can be a standfirst: a line or two, no list, picture, byline or teaser."""
    tags = [inner.tag for inner in islice(element.iter("*"), _MANY + 1)]
    if len(tags) > _MANY or not _NOT_IN_IT.isdisjoint(tags):
        return ""
    text = visible_text(element)
    linked = sum(len(visible_text(link)) for link in element.iter("a"))
    return text if _SHORTEST <= len(text) <= _LONGEST and linked * 2 < len(text) else ""


def _descriptions(document: Document) -> frozenset[str]:
    """What the markup gives as description: it is a standfirst only where it is shown as one."""
    values = [document.news.get("alternativeHeadline"), document.news.get("description")]
    values += [document.first_meta(name) for name in ("og:description", "description", "twitter:description")]
    texts = (letters(unescape(value)) for value in values if isinstance(value, str))
    return frozenset(text for text in texts if len(text) >= _SHORTEST)


class _Outside:
    """Whether something that is no part of the article's head holds an element, below what also holds the headline.

    Each ancestor is asked once.
    """

    def __init__(self, document: Document, around: Iterable[HtmlElement]) -> None:
        self._document = document
        self._known = dict.fromkeys(around, False)

    def __call__(self, element: HtmlElement) -> bool:
        climbed: list[HtmlElement] = []
        outer, answer = element.getparent(), False
        while outer is not None and not answer:
            if outer in self._known:
                answer = self._known[outer]
                break
            climbed.append(outer)
            answer = outer.tag in _OUTSIDE or _words().elsewhere.search(self._document.name(outer)) is not None
            outer = outer.getparent()
        if climbed:
            self._known.update(dict.fromkeys(climbed, answer))
        return answer


def _shares_head(element: HtmlElement, around: set[HtmlElement]) -> bool:
    """Whether what holds both headline and element is the article's head alone and not the text too."""
    head = next((outer for outer in element.iterancestors() if outer in around), None)
    if head is None:
        return False
    paragraphs = (other for other in islice(head.iter("p"), _MANY) if other is not element)
    return not any(len(visible_text(other)) >= _PARAGRAPH for other in paragraphs)


def _is_sentence(element: HtmlElement) -> bool:
    """Whether a heading is a sentence and not the title of the first section."""
    words = len(visible_text(element).split())
    following = element.getnext()
    before_text = following is not None and following.tag == "p" and _is_text(following)
    return words >= (_SENTENCE if before_text else _PHRASE)


def _is_text(element: HtmlElement) -> bool:
    return len(visible_text(element)) >= _PARAGRAPH and _has_text_beside(element)


def _has_text_beside(element: HtmlElement) -> bool:
    """Whether the element stands among paragraphs of the text."""
    parent = element.getparent()
    if parent is None:
        return False
    beside = (other for other in islice(parent.iterchildren("p"), _NEAR) if other is not element)
    return any(len(visible_text(other)) >= _PARAGRAPH for other in beside)
