"""When each entry of a live blog was written."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.html import HtmlElement

from extractors.article import Stamp
from extractors.body.segments import Cut
from extractors.document import Document
from extractors.jsonld import types

_TIMES = ("datetime", "data-time", "data-datetime", "data-timestamp")
FEWEST = 2


def entry_stamps(document: Document, cut: Cut, kept: Sequence[int]) -> dict[int, Stamp]:
    """Stamps by the number of the first kept segment of each entry; empty on a page that is no live blog."""
    times = {element: raw for element in document.tagged("time") if (raw := _raw(element))}
    if len(times) < FEWEST:
        return {}
    entries = _entries(cut, times)
    if not any(types(node) & {"LiveBlogPosting"} for node in document.jsonld):
        entries = {index: raw for index, raw in entries.items() if ".live" in cut.nodes[index].tokens}
    return _first_of_each(document, cut, kept, entries) if len(entries) >= FEWEST else {}


def _raw(element: HtmlElement) -> str | None:
    return next((value for name in _TIMES if (value := element.get(name))), None)


def _entries(cut: Cut, times: dict[HtmlElement, str]) -> dict[int, str]:
    """For each node that is an entry its time: the largest node with no other time in it, one of several alike."""
    index_of = {node.element: index for index, node in enumerate(cut.nodes)}
    inside = [0] * len(cut.nodes)
    at: dict[int, str] = {}
    for element, raw in times.items():
        index = index_of.get(element) or next((i for up in element.iterancestors() if (i := index_of.get(up))), 0)
        inside[index] += 1
        at.setdefault(index, raw)
    for index in range(len(cut.nodes) - 1, 0, -1):
        inside[cut.nodes[index].parent] += inside[index]
    entries: dict[int, str] = {}
    likes: dict[tuple[int, str, str], int] = {}
    for index, raw in at.items():
        top = index
        while top and inside[cut.nodes[top].parent] == 1:
            top = cut.nodes[top].parent
        if inside[top] == 1:
            entries[top] = raw
            make = _make(cut, top)
            likes[make] = likes.get(make, 0) + 1
    return {index: raw for index, raw in entries.items() if likes[_make(cut, index)] >= FEWEST}


def _make(cut: Cut, index: int) -> tuple[int, str, str]:
    node = cut.nodes[index]
    return node.parent, node.tag, " ".join(node.names.split()[:1])


def _first_of_each(document: Document, cut: Cut, kept: Sequence[int], entries: dict[int, str]) -> dict[int, Stamp]:
    from extractors.dates.stamp import read_stamp  # only live blogs need it

    entry_of = [0] * len(cut.nodes)
    for index in range(1, len(cut.nodes)):
        entry_of[index] = index if index in entries else entry_of[cut.nodes[index].parent]
    stamps: dict[int, Stamp] = {}
    met = {0}
    for number in kept:
        entry = entry_of[cut.segments[number].node]
        if entry not in met:
            met.add(entry)
            stamp = read_stamp(
                entries[entry],
                "time",
                language=document.rules.language or document.tree.get("lang"),
                base=document.fetched_at,
                rules=document.rules,
            )
            if stamp:
                stamps[number] = stamp
    return stamps
