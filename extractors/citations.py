"""Other outlets that the article credits: "told People", "TMZ reports", "in an interview with Us Weekly"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator
from functools import cache

from extractors.any_of import AnyOf
from extractors.article import Citation
from extractors.body.result import Body, Link
from extractors.capitals import lower
from extractors.outlets import is_own, lowered, outlet_names

_ASIDE = (
    r"(?:(?:exclusively|recently|later|first|also|previously|the|magazine|magazin|zeitschrift|zeitung|revista|der|dem|die|das|la"
    r"|le|el|il|de|het|outlet|newspaper|website|podcast)\s)*['‘“\"*_]*"
)
_BEFORE = re.compile(
    r"\b(?:told|tells?|telling|according to|per|via"
    r"|(?:interview|chat|conversation|spoke|speaks?|speaking|talking|talked|talks|sat down|statement|opened up|opens up"
    r"|said|says|wrote|written|writing|cover story|profile|essay|piece|review|feature|column|op-ed|reveals|\w+ed)"
    r"(?:\s[\w’'-]+){0,5}?\s(?:with|to|for|in|by|of)"
    r"|(?:reported|published|obtained|seen|released|quoted|printed)(?: first)? (?:by|in|to|with)"
    r"|critic (?:for|of|at|in)|(?:editor|reporter|columnist|journalist|correspondent) (?:for|of|at)"
    r"|gegenüber|laut|interview mit|im gespräch mit|sagte|verriet|berichtet|der (?:zeitschrift|zeitung|illustrierten)"
    r"|dem (?:magazin|sender)|selon|interview (?:à|avec|con|med|met)|confié à|au magazine|según|contó a"
    r"|a la revista"
    r"|secondo|detto a|al settimanale"
    r"|segundo|disse (?:à|ao)|aldus|volgens|tegen|het blad|enligt|tidningen|ifølge|till?)"
    rf"\s{{1,3}}{_ASIDE}"
)
"""Of a text in lower case."""
_AFTER = re.compile(
    r"(?:['’]s\s[\w-]+)?\s{1,3}(?:(?:first|also|exclusively|previously|has|later|since|had|recently|now)\s)*"
    r"(?:reports?|reported|reporting|claims|claimed|reveals?|revealed|confirms|confirmed|learned|learnt|obtained|noted|notes|writes|wrote"
    r"|says|said|broke|published|quotes|quoted|berichtet|berichtete|schreibt|rapporte|informa|riporta|meldt|skriver)\b"
)
_WORD_END = re.compile(r"[\w!’'.&-]*[\w!é]")
_PUBLICATION = (
    "Gazette|Times|Post|News|Herald|Tribune|Chronicle|Mail|Weekly|Telegraph|Journal|Magazine|FM|Observer|Examiner|Courier|Star"
    "|Press|Daily|Review|Zeitung|Nachrichten|Anzeiger"
)
_UNKNOWN = re.compile(rf"(?:[A-ZÀ-Þ][\w’'&-]+\s){{1,4}}(?:{_PUBLICATION})\b")
_WORD = re.compile(r"\w+")
_ARTICLES = frozenset({"the", "der", "die", "das", "le", "la", "el", "il", "de"})
_BEFORE_NAME = frozenset(word + " " for word in _ARTICLES)
_CAPITAL_NEAR = 4  # words from the capital that a name begins with to its last
_CREDIT = 140  # characters before a word of an outlet's name within which it is credited
_CLAIM = 60  # and after it
_LONGEST = 30


def find_citations(body: Body, site: str | None) -> tuple[Citation, ...]:
    """Find the outlets that the blocks credit, in order; the article's own outlet is none.

    Args:
        body: the article's blocks and the links in them.
        site: registrable domain of the article, to know its own outlet by.
    """
    found: list[Citation] = []
    links: dict[int, list[Link]] = {}
    for link in body.links:
        links.setdefault(link.block, []).append(link)
    telling = _telling()
    for index, block in enumerate(body.blocks):
        reach = 0
        if not telling.may_stand_in(block.text):
            continue
        for start, end, outlet in sorted(_mentions(block.text, links.get(index, []))):
            if start >= reach and not is_own(outlet, site):
                url = _url(links.get(index, []), start, end)
                found.append(Citation(outlet=outlet, url=url, block=index, start=start, end=end))
                reach = end
    return tuple(found)


@cache
def _telling() -> AnyOf:
    return AnyOf(telling_words())


@cache
def telling_words() -> frozenset[str]:
    """Words without one of which a text names no outlet: of each name the longest, in every way of writing it."""
    found = set(_PUBLICATION.split("|"))
    for name in outlet_names():
        words = _WORD.findall(name)
        word = max(words, key=lambda word: (word.lower() not in _ARTICLES, len(word)))
        found |= {word, word.upper(), word.capitalize()} if " " in name else {word}
        if word != words[0]:
            found.add(word.lower())
    return frozenset(found)


def _mentions(text: str, links: list[Link]) -> Iterator[tuple[int, int, str]]:
    """Give start, end and usual name of each outlet that the text credits; the same one may come twice."""
    stretches = _stretches(text)
    small = lower(text) if stretches else ""
    for low, high in stretches:
        for match in _BEFORE.finditer(small, low, high):
            if named := _name_at(text, match.end()):
                yield named
        for match in _AFTER.finditer(text, low, high):
            if named := _name_before(text, match.start()):
                yield named
    for link in links:
        words = text[link.start : link.end].strip(" .,'’‘“”\"")
        if words in outlet_names():
            start = text.index(words, link.start)
            yield start, start + len(words), outlet_names()[words]


def _stretches(text: str) -> list[tuple[int, int]]:
    """The parts of a text around the words that may tell of an outlet: the words of credit stand near its name."""
    telling = telling_words()
    parts: list[tuple[int, int]] = []
    near: deque[re.Match[str]] = deque(maxlen=_CAPITAL_NEAR)
    for match in _WORD.finditer(text):
        near.append(match)
        if match[0] not in telling:
            continue
        if all(word[0][0].islower() for word in near):
            continue  # "online" is part of a name only behind a capital
        low, high = max(0, match.start() - _CREDIT), match.end() + _CLAIM
        if low:
            low = max(text.rfind(" ", 0, low), 0)  # at the start of a word
        if parts and low <= parts[-1][1]:
            parts[-1] = (parts[-1][0], high)
        else:
            parts.append((low, high))
    return parts


def _name_at(text: str, start: int) -> tuple[int, int, str] | None:
    """The longest outlet's name that starts here, or a name that can only be a publication's."""
    for length in (3, 4):
        if text[max(0, start - length) : start].lower() in _BEFORE_NAME and (found := _longest(text, start - length)):
            return found  # "The Sun", "El País"
    if known := _longest(text, start):
        return known
    unknown = _UNKNOWN.match(text, start)
    return (start, unknown.end(), unknown[0]) if unknown else None


def _longest(text: str, start: int) -> tuple[int, int, str] | None:
    names = outlet_names()
    ends = [match.end() for match in _WORD_END.finditer(text, start, start + _LONGEST)]
    for end in reversed(ends):
        words = text[start:end].replace("’", "'")
        for form in (words, words.removesuffix("'s"), words.rstrip(".,")):
            form = form if form in names else _other_capitals(form)
            if form and (end - start == len(form) or not text[start + len(form)].isalnum()):
                return start, start + len(form), names[form]
    return None


def _other_capitals(form: str) -> str:
    """A name of several words counts in other capitals too ("US Weekly")."""
    return lowered().get(form.lower(), "") if " " in form and form[0].isupper() else ""


def _name_before(text: str, end: int) -> tuple[int, int, str] | None:
    """The longest outlet's name that ends here."""
    names = outlet_names()
    low = max(0, end - _LONGEST)
    while end > low and text[end - 1] in "*_'\"”’":
        end -= 1
    starts = [match.start() for match in re.finditer(r"(?<![\w’'-])[\w¡]", text[low:end])]
    for offset in starts:
        words = text[low + offset : end].replace("’", "'")
        if words in names and not (words == "People" and _opens_sentence(text, low + offset)):
            return low + offset, end, names[words]
    return None


def _opens_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in '.!?”"'


def _url(links: list[Link], start: int, end: int) -> str | None:
    """The address of the link that covers the name, or that covers the words of credit it belongs to."""
    index = bisect_right([link.start for link in links], end - 1) - 1
    if index >= 0 and links[index].end > start:
        return links[index].url
    return None
