"""The headline as the reader sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lxml.html import HtmlElement

from extractors.dates.relative import read_relative
from extractors.dates.words import known
from extractors.document import Document
from extractors.found import Found
from extractors.jsonld import unescape
from extractors.microdata import value_of
from extractors.rules import SiteRules
from extractors.site_names import SiteNames, letters
from extractors.visible import is_hidden, visible_text
from extractors.whitespace import squash

_BAR = re.compile(r"\s*[|•·»¦]\s*|\s+(?:::|\|\||<|«)\s+")
_DASH = re.compile(r"\s+(?:[–—−/~-]|--)\s+")
_ENDS = " \t|•·»¦«:–—−-"
_WORD = re.compile(r"\w+")
_GLUED = re.compile(r"(?<=[^\W\d])(?=\d)")
_LABEL = re.compile(
    r"\b(?:byline|timestamp|date|time|badge|label|comments?|count|share|permalink|anchor"
    r"|kicker|overline|roofline|eyebrow|dachzeile|spitzmarke|topline|superhead|catchline)\b"
)
_NAMED = re.compile(
    r"\b(?:headline|(?:article|entry|post|story|page|news|content|main|single)[-_ ]*_*(?:title|heading|headline))\b"
)
_OUTSIDE = frozenset({"nav", "aside", "footer"})
_LONGEST = 400  # characters: more is an unclosed tag and no headline
_FEW_WORDS = 3  # a heading of so few that shares none with any title names a section or the outlet
_MOST = 40  # elements of one kind that are looked at
_BLOCKS = frozenset({"div", "p", "span", "header", "strong", "td"})
_SAME = 0.9  # share of common words at which two titles say the same,
_LIKE = 0.6  # at which one is another wording of the other,
_RELATED = 0.35  # at which they speak of the same thing,
_FAINT = 0.2  # and at which they may


class _Title(NamedTuple):
    """A wording of the headline, and where it stands."""

    source: str
    text: str
    words: frozenset[str]
    element: HtmlElement | None = None


class _Best(NamedTuple):
    closeness: float
    title: _Title


def find_headline(document: Document) -> Found[str | None]:
    """Find the headline: the heading that the reader sees, told from other headings by the titles of the markup.

    Where there is no such heading the best of the titles counts. Outlet's name and glued relative dates are cut off.
    """
    found = document.once(_locate)
    return Found(found.text, found.source) if found else Found(None)


def headline_element(document: Document, headline: str | None) -> HtmlElement | None:
    """Give the element that shows this headline; None where no heading does."""
    found = document.once(_locate)
    if found and found.element is not None and found.text == headline:
        return found.element
    wanted = letters(headline or "")
    if not wanted:
        return None
    headings = (*document.main_headings, *islice(document.tagged("h2", "h3", "h4"), _MOST))
    return next((element for element in headings if wanted in letters(visible_text(element))), None)


def _locate(document: Document) -> _Title | None:
    names = document.once(SiteNames)
    for element in document.select(document.rules.headline):
        if text := _without_outlet(visible_text(element), names):
            return _title("rules", text, element)
    claims = list(_claims(document, names))
    found = _heading(document, claims, names) or next(iter(claims), None)
    return found and found._replace(text=_without_date(found.text, claims, document))


def _claims(document: Document, names: SiteNames) -> Iterator[_Title]:
    """What the markup says the title is, without the outlet's name, the most trustworthy first."""
    marked = document.microdata.get("headline", ())
    raw = (
        ("og:title", document.first_meta("og:title")),
        ("json-ld", document.news.get("headline")),
        ("microdata", value_of(marked[0]) if marked else None),
        ("twitter:title", document.first_meta("twitter:title")),
        ("json-ld", document.news.get("name")),
        ("title", document.title),
    )
    for source, text in raw:
        if isinstance(text, str) and len(text) <= _LONGEST:
            whole = _without_outlet(squash(unescape(text)), names)
            wordings = (whole,) if source == "json-ld" else (_first_part(whole), whole)
            yield from (
                _title(source, wording) for wording in dict.fromkeys(wordings) if wording and wording not in names
            )


def _heading(document: Document, claims: list[_Title], names: SiteNames) -> _Title | None:
    """The heading that says most of what the titles say; None where every one names only the outlet or a section.

    A lower heading, or an element named as headline, takes the place of an `<h1>` that has little to do with any title.
    """
    main = _best(document.main_headings, "h1", claims, names)
    if main and (main.closeness >= _RELATED or not claims):
        return main.title
    lower = _best(document.tagged("h2", "h3"), "heading", claims, names)
    if lower is None or lower.closeness < _SAME:
        blocks = (e for e in document.tagged(*_BLOCKS) if _NAMED.search(document.name(e)))
        lower = max(
            filter(None, (lower, _best(blocks, "heading", claims, names))),
            default=None,
            key=lambda best: best.closeness,
        )
    if lower and lower.closeness >= _LIKE:
        return lower.title
    return main.title if main and (main.closeness >= _FAINT or len(main.title.words) > _FEW_WORDS) else None


def _best(elements: Iterable[HtmlElement], source: str, claims: list[_Title], names: SiteNames) -> _Best | None:
    """Of these elements the one that comes closest to a title; the first of equals."""
    best: _Best | None = None
    for element in islice(elements, _MOST):
        if is_hidden(element) or _stands_outside(element):
            continue
        if title := _shown(element, source, claims, names):
            closeness = max((_closeness(title, claim) for claim in claims), default=0.0)
            if best is None or closeness > best.closeness:
                best = _Best(closeness, title)
    return best


def _shown(element: HtmlElement, source: str, claims: list[_Title], names: SiteNames) -> _Title | None:
    """The words of a heading, without labels and dates inside it and without the outlet's name."""
    text = visible_text(element, _is_label) or visible_text(element)
    if not text or len(text) > _LONGEST:
        return None
    text = _without_outlet(text, names)
    claimed = {letters(claim.text) for claim in claims}
    if letters(text) not in claimed:
        text = next((part for part in _BAR.split(text) if letters(part) in claimed), text)
    return None if not text or text in names else _title(source, text, element)


def _is_label(element: HtmlElement) -> bool:
    if element.tag in ("time", "small"):
        return True
    name = element.get("class")
    return bool(name and _LABEL.search(name.lower().replace("_", "-")))


def _stands_outside(element: HtmlElement) -> bool:
    return any(outer.tag in _OUTSIDE for outer in element.iterancestors())


def _without_outlet(text: str, names: SiteNames) -> str:
    """Cut the outlet's name off either end, whatever separates it."""
    for separator in (_BAR, _DASH):
        pieces = list(separator.finditer(text))
        start, end = 0, len(text)
        while pieces and names.resembles(text[pieces[-1].end() : end]):
            end = pieces.pop().start()
        while pieces and text[start : pieces[0].start()] in names:
            start = pieces.pop(0).end()
        text = text[start:end].strip()
    return text


def _first_part(text: str) -> str:
    """Of "Headline | Section | Tagline" the headline: the first part of more than one word."""
    parts = [part for part in _BAR.split(text) if part]
    return next((part for part in parts if " " in part), parts[0] if parts else "")


def _without_date(text: str, claims: list[_Title], document: Document) -> str:
    """Cut off "2 weeks ago" where a separator parts it from the headline, or a title ends before it."""
    code = known(document.tree.get("lang"))
    spaced = _GLUED.sub(" ", text)
    date = read_relative(spaced, code, None, SiteRules())
    if date is None or spaced[date.end :].strip(" .)"):
        return text
    rest = spaced[: date.start].rstrip(" (")
    if rest.rstrip(_ENDS) != rest:
        return rest.rstrip(_ENDS)
    said = {letters(claim.text) for claim in claims}
    return next((text[:end] for end in (len(rest), len(rest) - 1) if letters(text[:end]) in said), text)


def _title(source: str, text: str, element: HtmlElement | None = None) -> _Title:
    return _Title(source, text, frozenset(_WORD.findall(text.casefold())), element)


def _closeness(one: _Title, other: _Title) -> float:
    """Share of the words of both that are common, from 0 to 1."""
    total = len(one.words) + len(other.words)
    return 2 * len(one.words & other.words) / total if total else 0.0
