"""JSON-LD as pages write it: graphs, arrays, broken syntax, entities, several articles."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

Node = Mapping[str, Any]

ARTICLE_TYPES = frozenset({
    "AdvertiserContentArticle", "AnalysisNewsArticle", "Article", "AskPublicNewsArticle", "BackgroundNewsArticle",
    "BlogPosting", "LiveBlogPosting", "NewsArticle", "OpinionNewsArticle", "Report", "ReportageNewsArticle",
    "ReviewNewsArticle", "SatiricalArticle", "ScholarlyArticle", "TechArticle",
})  # fmt: skip
"""The subtypes of https://schema.org/Article that a text to read can have."""

_OPENERS = ("<!--", "//", "/*", "*/", "<![CDATA[")
_CLOSERS = ("-->", "//", "*/", "/*", "]]>", ";")
_MOST_MARKS = 8  # around one script
_TRAILING_COMMA = re.compile(r",(\s*+[}\]])")
_ESCAPE = re.compile(r'\\(["\\/bfnrtu])|\\')
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*+"?)|//[^\n]*')
_LINE = re.compile(r'^([ \t]*+"[^"\n]++"[ \t]*+:[ \t]*+")(.*)("[ \t]*+,?+[ \t\r]*+)$', re.MULTILINE)
_BARE_QUOTE = re.compile(r'(?<!\\)"')
_TYPE = re.compile(r'"@type"\s*:\s*"(\w+)"')
_SALVAGE = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated|articleSection|inLanguage)"\s*:\s*'
    r'"((?:[^"\\\n]|\\.){0,2000}+)"(?=\s*+[,}\]])'
)
_NESTED = ("@graph", "mainEntity", "mainEntityOfPage")


def read_jsonld(scripts: Iterable[str]) -> tuple[Node, ...]:
    """Every node of these scripts, `@graph` and main entities flattened, in order; what cannot be read is left out.

    HTML entities in values are resolved. Of a script that no repair makes JSON the plain string values are salvaged.
    """
    return tuple(node for script in scripts for node in _flatten(_load(script)))


def _load(script: str) -> list[Any]:
    text = _unwrapped(script)
    if text.startswith(("{&quot;", "[{&quot;", "{ &quot;")):
        text = html.unescape(text)
    for mend in (str, _repaired):
        try:
            return _values(mend(text))
        except (ValueError, RecursionError):
            continue
    return [salvaged] if (salvaged := _salvage(text)) else []


def _unwrapped(script: str) -> str:
    """The script without the comment or CDATA marks around it."""
    text = script.strip()
    for _ in range(_MOST_MARKS):
        opener = next((mark for mark in _OPENERS if text.startswith(mark)), "")
        closer = next((mark for mark in _CLOSERS if text.endswith(mark)), "")
        if not opener and not closer:
            break
        text = text[len(opener) :].removesuffix(closer).strip()
    return text


def _values(text: str) -> list[Any]:
    """One value, or several written one after the other."""
    hook = _unescape_pairs if "&" in text else None
    decoder = json.JSONDecoder(strict=False, object_pairs_hook=hook)
    values, position = [], 0
    while position < len(text):
        value, position = decoder.raw_decode(text, position)
        values.append(value)
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
    return values


def _repaired(text: str) -> str:
    """Mend what hands write: bare quotes in a value that has its line to itself, comments, wrong escapes, commas."""
    text = _LINE.sub(lambda line: line[1] + _BARE_QUOTE.sub(r"\"", line[2]) + line[3], text)
    text = _COMMENT.sub(lambda found: found[1] or "", text)
    text = _ESCAPE.sub(lambda found: found[0] if found[1] else "", text)
    return _TRAILING_COMMA.sub(r"\1", text)


def _salvage(text: str) -> Node:
    """The plain string values in a script that is no JSON; empty where it names no article."""
    kind = next((name for name in _TYPE.findall(text) if name in ARTICLE_TYPES), None)
    if kind is None:
        return {}
    found = {"@type": kind}
    for name, value in _SALVAGE.findall(text):
        found.setdefault(name, unescape(value.replace('\\"', '"').replace("\\/", "/")))
    return found


def _unescape_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: _unescape_value(value) for key, value in pairs}


def _unescape_value(value: Any) -> Any:
    if isinstance(value, str):
        return unescape(value)
    if isinstance(value, list):
        return [unescape(item) if isinstance(item, str) else item for item in value]
    return value


def unescape(text: str) -> str:
    """Resolve HTML entities that end in a semicolon, also those escaped twice; `&copy=1` of an address stays."""
    for _ in range(2):
        if "&" in text:
            text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    return text


def _flatten(values: list[Any]) -> list[Node]:
    nodes: list[Node] = []
    waiting = values[::-1]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(reversed(value))
        elif isinstance(value, dict):
            nodes.append(value)
            waiting.extend(value[key] for key in reversed(_NESTED) if isinstance(value.get(key), (dict, list)))
    return nodes


def types(node: Node) -> frozenset[str]:
    """The schema.org types of a node, without their prefix."""
    found = node.get("@type") or []
    return frozenset(str(name).rsplit("/", 1)[-1] for name in (found if isinstance(found, list) else [found]))


def is_article(node: Node) -> bool:
    """Whether a node is of a type that a text to read can have."""
    return not types(node).isdisjoint(ARTICLE_TYPES)
