"""From UTF-8 bytes to one lxml tree, and what was lost or mended on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement

from extractors.errors import ExtractionError
from extractors.visible import INLINE

DEEPEST = 2048
"""Levels at which libxml2 stops reading, without a word, when `huge_tree` is set (256 without)."""

_ONE_CLASS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements: asking Python for each one's, as `lxml.html` does, takes as long as parsing."""

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What the parser lets through and a tree does not take back: no characters of XML (XML 1.0, 2.2)."""
_ROUNDS = 3


def parse(data: bytes) -> tuple[HtmlElement, str]:
    """Parse a page; give its tree and a note, empty where the parser read it whole.

    A page nested so deep that the parser stopped is parsed again without the tags that nest it (a break stands where a
    block's tag stood), so that the text after them is not lost.

    Raises:
        ExtractionError: the parser finds no element.
    """
    tree = _tree(data)
    flattened: list[str] = []
    while _is_cut(tree) and len(flattened) < _ROUNDS:
        tag = _most_nested(tree)
        data = _without(data, tag)
        flattened.append(tag)
        tree = _tree(data)
    if not flattened:
        return tree, ""
    names = ", ".join(f"<{tag}>" for tag in flattened)
    return tree, f"nested deeper than {DEEPEST}: {names} flattened" + (", the rest cut" if _is_cut(tree) else "")


def _tree(data: bytes) -> HtmlElement:
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True, remove_comments=True)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        tree: HtmlElement | None = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        tree = None
    if tree is None:
        raise ExtractionError("no HTML page: the parser finds no element in it")
    _bring_in(tree)
    return tree


def _bring_in(tree: HtmlElement) -> None:
    """Put what follows `</html>` at the end of `<body>`, as browsers do; the parser makes further roots of it."""
    body, texts = tree.find("body"), []
    for root in list(tree.itersiblings("html")):
        if body is None:
            tree.extend(list(root))
            body = tree.find("body")
            continue
        for box in (root, *root.iterchildren("head", "body")):
            if box.text:  # the parser has taken the white space before it
                texts.append(box.text)
            if parts := [part for part in box if part.tag not in ("head", "body")]:
                _add_text(body, texts)
                texts = []
                body.extend(parts)
    if body is not None:
        _add_text(body, texts)


def _add_text(box: HtmlElement, texts: list[str]) -> None:
    """Put texts at the end of an element, each on a line of its own."""
    if not texts:
        return
    last = box[-1] if len(box) else None
    if last is None:
        box.text = _UNFIT.sub("", "\n".join([box.text or "", *texts]))
    else:
        last.tail = _UNFIT.sub("", "\n".join([last.tail or "", *texts]))


def _last_path(tree: HtmlElement) -> Iterator[HtmlElement]:
    """The root, its last child, that one's last child, and so on: where the parser stood at the end."""
    element: HtmlElement | None = tree
    while element is not None:
        yield element
        element = element[-1] if len(element) else None


def _is_cut(tree: HtmlElement) -> bool:
    return sum(1 for _ in _last_path(tree)) >= DEEPEST - 1


def _most_nested(tree: HtmlElement) -> str:
    tags = Counter(element.tag for element in _last_path(tree) if element.tag not in ("html", "body"))
    return str(tags.most_common(1)[0][0])


def _without(data: bytes, tag: str) -> bytes:
    """The page without a tag; a break stands for each run of a block's."""
    one = rb"</?" + re.escape(tag.encode("utf-8")) + rb"(?=[\s/>])[^>]*+>"
    if tag in INLINE:
        return re.sub(one, b"", data, flags=re.IGNORECASE)
    return re.sub(rb"%b(?:\s*+%b)*+" % (one, one), b"<br>", data, flags=re.IGNORECASE)
