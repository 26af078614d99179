"""The words of one picture: its caption and its credit, from the elements around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from extractors.captions import clean_credit, split_credit
from extractors.images.words import words
from extractors.region import name_words
from extractors.whitespace import squash

MAX_PIECES = 400
MAX_CREDIT_WORDS = 14
"""What is longer is a caption, whatever its class says."""
_BREAKS = frozenset({"br", "p", "div", "li", "figcaption"})
_SILENT = frozenset(
    {
        "script",
        "style",
        "button",
        "svg",
        "noscript",
        "img",
        "amp-img",
        "template",
        "time",
        "select",
        "picture",
        "summary",
    }
)


def is_caption(element: HtmlElement) -> bool:
    """Tell whether an element is a caption or a credit, by its tag or the words of its class."""
    tag = element.tag
    if tag == "figcaption":
        return True
    names = element.get("class")
    return bool(names) and tag not in _SILENT and names_caption(names)


@lru_cache(maxsize=4096)
def names_caption(names: str) -> bool:
    """Tell whether one of these classes is a caption's or a credit's."""
    return _holds_one(names.lower(), words().stems) and _is_either(name_words(names))


def _holds_one(text: str, parts: tuple[str, ...]) -> bool:
    for part in parts:  # noqa: SIM110 (twice as fast as any() on short texts)
        if part in text:
            return True
    return False


def _is_either(found: str) -> bool:
    return words().caption.search(found) is not None or words().credit.search(found) is not None


def read_captions(roots: list[HtmlElement], picture: HtmlElement | None) -> tuple[str | None, str | None]:
    """Give caption and credit from a picture's caption elements, in their order.

    Args:
        roots: captions (`is_caption`), none inside another.
        picture: whose own `data-caption` and `data-credit` count where the page prints none.
    """
    captions: list[str] = []
    credits_: list[str] = []
    for root in roots:
        own, credited = _read(root)
        caption, credit = split_credit(own)
        if caption and caption not in captions:
            captions.append(caption)
        credits_ += [found for found in (clean_credit(credited), credit) if found]
    caption = " ".join(captions) or None
    credit = credits_[0] if credits_ else None
    if picture is not None:
        credit = credit or clean_credit(picture.get("data-credit"))
        caption = caption or squash(picture.get("data-caption")) or None
        if caption and "<" in caption:
            caption = None
    return caption, credit


def _read(root: HtmlElement) -> tuple[str, str]:
    """The text of a caption element, and apart from it the text of the credits inside it."""
    own: list[str] = []
    credited: list[str] = []
    all_credit = is_credit_mark(root) and not _has_caption_inside(root)
    for text, in_credit in _texts(root, all_credit):
        (credited if in_credit else own).append(text)
        if len(own) + len(credited) > MAX_PIECES:
            break
    caption, credit = squash("".join(own)), squash("".join(credited))
    return (credit, "") if not caption and len(credit.split()) > MAX_CREDIT_WORDS else (caption, credit)


def _texts(element: HtmlElement, in_credit: bool) -> Iterator[tuple[str, bool]]:
    """The strings of an element in order, each with whether a credit holds it."""
    stack: list[tuple[HtmlElement, bool, bool]] = [(element, in_credit, False)]
    while stack:
        current, credit, leaving = stack.pop()
        if leaving:
            yield (" " if _parts(current) else "") + (current.tail or ""), credit
            continue
        if current.text:
            yield current.text, credit
        for child in reversed(list(current)):
            stack.append((child, credit, True))
            if isinstance(child.tag, str) and child.tag not in _SILENT and not _is_hidden(child):
                stack.append((child, credit or is_credit_mark(child) or child.tag == "cite", False))


def _parts(element: HtmlElement) -> bool:
    """Whether what follows an element is shown apart from it."""
    if element.tag in _BREAKS:
        return True
    following = element.getnext() if element.tag == "span" and not element.tail else None
    return following is not None and following.tag == "span"


def is_credit_mark(element: HtmlElement) -> bool:
    """Tell whether the words of an element's class say that it is a credit."""
    return words().credit.search(_inner_names(element)) is not None


def _inner_names(element: HtmlElement) -> str:
    """The words of an element's names; where classes are hashed, other attributes have them."""
    return name_words(*(element.get(name) for name in words().naming))


def _is_hidden(element: HtmlElement) -> bool:
    names = element.get("class")
    return bool(names) and words().hidden.search(name_words(names)) is not None


def _has_caption_inside(root: HtmlElement) -> bool:
    inside = (element for element in root.iter("figcaption", "span", "p", "div", "em") if element is not root)
    return any(
        element.tag == "figcaption" or words().caption.search(_inner_names(element))
        for element in islice(inside, MAX_PIECES)
    )
