"""Which JSON-LD article is this page's own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from extractors.address import url_key
from extractors.jsonld import Node, is_article

_WORD = re.compile(r"\w+")
_ALIKE = 0.6  # share of the shorter headline's words that both must have
_OWN = 2  # points that say: this is the page's article


def own_article(nodes: tuple[Node, ...], keys: Collection[str], titles: Collection[str]) -> Node:
    """Give the page's own article, filled up from further nodes that describe it too; empty where there is none.

    Args:
        nodes: every node of the page.
        keys: `url_key` of the addresses that the page goes by.
        titles: its titles, as other markup gives them.
    """
    articles = [node for node in nodes if is_article(node)]
    if not articles:
        return {}
    title_words = [words for title in titles if (words := _words(title))]
    ranked = [(_points(node, keys, title_words), node) for node in articles]
    best, own = max(ranked, key=lambda pair: pair[0])
    if best >= _OWN:
        merged: dict[str, Any] = {}
        for points, node in sorted(ranked, key=lambda pair: pair[0]):
            if points >= _OWN:
                merged |= {key: value for key, value in node.items() if value not in (None, "", [], {})}
        return merged | {key: value for key, value in own.items() if value not in (None, "", [], {})}
    return own if best >= 0 else {}


def _points(node: Node, keys: Collection[str], titles: list[frozenset[str]]) -> int:
    """How much says that a node is of this page; below 0 where its headline and address are both of another."""
    addresses = {url_key(address) for address in _addresses(node)}
    headline = _words(str(node.get("headline") or node.get("name") or ""))
    same_address = not addresses.isdisjoint(keys)
    same_headline = any(_alike(headline, title) for title in titles)
    if same_address or same_headline:
        return _OWN * (same_address + same_headline) + ("datePublished" in node) + ("author" in node)
    return -1 if addresses and keys and headline and titles else 0


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith("http"):
            yield value


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    common = len(one & other)
    return common >= _ALIKE * max(1, min(len(one), len(other))) and (common > 1 or one == other)
