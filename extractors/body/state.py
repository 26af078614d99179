"""The text where the page's own markup has none: in JSON-LD, or in the state that a script framework leaves inline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html
from lxml.html import HtmlElement

from extractors.article import Block
from extractors.body.blocks import as_block
from extractors.body.cues import WORD
from extractors.body.result import Drawn
from extractors.body.stretch import cut
from extractors.document import Document
from extractors.whitespace import squash

FEWEST_WORDS = 30
"""A text of fewer words is a teaser or a label."""
LEAST_SENTENCE = 5
_ADDRESS = re.compile(r"\S{0,20}//\S+")
_HEADING = re.compile(r"h(?:eading|eader)?[-_ ]?([1-6])?$|(?:sub)?head(?:ing|line)?$", re.IGNORECASE)
_PLAIN = re.compile(r"p|para|paragraphs?|text|textblock|rich[-_ ]?text|html|body|content|block", re.IGNORECASE)
_PICTURE = re.compile(r"(?:^|[-_ ])(?:image|img|photo|picture|figure)(?:[-_ ]?(?:block|element))?$", re.IGNORECASE)
_TEXT_KEYS = ("html", "text", "content", "value", "body", "paragraph", "copy")
_BODY_KEYS = frozenset(
    {"articlebody", "body", "content", "html", "text", "bodyhtml", "contenthtml", "description_full", "story"}
)
_ASSIGNED = re.compile(r"^\s*(?:window\.|self\.|var |let |const )?[\w.$\[\]\"']{1,60}\s*=\s*(?=[{\[])")


@dataclass(frozen=True, slots=True)
class StateText:
    """A text in a script's data, and the pictures among its parts."""

    blocks: tuple[Block, ...]
    drawn: tuple[Drawn, ...] = ()


def find_state(document: Document) -> tuple[HtmlElement, StateText] | None:
    """Give the script that holds the longest text, and that text; None where no script holds one."""
    best: tuple[HtmlElement, StateText] | None = None
    most = FEWEST_WORDS - 1
    for script in document.scripts:
        for text in _texts(script):
            words = sum(len(WORD.findall(block.text)) for block in text.blocks)
            if words > most:
                best, most = (script, text), words
    return best


def _texts(script: HtmlElement) -> Iterator[StateText]:
    source = script.text or ""
    if len(source) < 5 * FEWEST_WORDS:
        return
    if match := _ASSIGNED.match(source):
        source = source[match.end() :]
    elif source.lstrip()[:1] not in ("{", "["):
        return
    try:
        state, _ = json.JSONDecoder(strict=False).raw_decode(source.lstrip())
    except (ValueError, RecursionError):
        return
    waiting: list[Any] = [state]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            if (text := _of_list(value)).blocks:
                yield text
            waiting.extend(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if isinstance(inner, str) and str(key).lower() in _BODY_KEYS and len(inner) > 5 * FEWEST_WORDS:
                    yield StateText(_of_markup(inner))
                elif isinstance(inner, (list, dict)):
                    waiting.append(inner)


def _of_list(items: list[Any]) -> StateText:
    """A text as frameworks keep it: a list of typed parts, or of plain paragraphs."""
    blocks: list[Block] = []
    drawn: list[Drawn] = []
    for item in items:
        if isinstance(item, dict):
            kind = str(item.get("type") or item.get("kind") or item.get("name") or item.get("__typename") or "p")
            text = next((text for key in _TEXT_KEYS if isinstance(text := item.get(key), str) and text), "")
            if heading := _HEADING.search(kind):
                level = str(heading.group(1) or item.get("level") or 2)
                if line := squash(" ".join(block.text for block in _of_markup(text))):
                    blocks.append(Block(kind="heading", text=line, level=int(level) if level in "123456" else 2))
            elif _PLAIN.fullmatch(kind):
                blocks += _of_markup(text)
            elif _PICTURE.search(kind):
                drawn.append(Drawn(item, len(blocks) - 1))
        elif isinstance(item, str) and len(WORD.findall(item)) >= LEAST_SENTENCE and not _ADDRESS.fullmatch(item):
            blocks += _of_markup(item)
    return StateText(tuple(blocks), tuple(drawn))


def _of_markup(text: str) -> tuple[Block, ...]:
    """Paragraphs of a string that is HTML, or plain with a paragraph a line."""
    if "<" not in text:
        lines = (squash(line) for line in text.split("\n"))
        return tuple(Block(kind="paragraph", text=line) for line in lines if line)
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.LxmlError, ValueError):
        return ()
    pieces = cut(tree, whole=True)
    return tuple(as_block(pieces, segment, 0) for segment in pieces.segments)
