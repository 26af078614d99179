"""What the place of a segment among the others says: its neighbours, its containers, its likes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log

from extractors.body.blocks import HEADINGS
from extractors.body.cues import WORD, Shape
from extractors.body.segments import Cut

LIMIT = 8.0
"""Log-odds are cut to this on both sides."""
MOST_WORDS = 100
"""What a long segment counts at most, so that one of them does not outweigh a page."""
FAR = 30
HOPELESS = -3.5
"""Segments that are judged less likely than this when judged alone are not looked at again."""
SHINGLE = 24
"""Letters by which a segment's start is found in the JSON-LD text."""
LONGEST_BODY = 100_000
_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "pre", "figcaption", "section",
    "article", "dd", "dt", "button", "aside", "header", "footer", "figure", "body", "tr", "center", "form",
)  # fmt: skip
_CODES = {tag: code for code, tag in enumerate(_TAGS)}
_HEADING_CODES = frozenset(_CODES[tag] for tag in HEADINGS)
_OTHER_TAG = 40
_ENDINGS = ".:,x"
_NO_LETTER = re.compile(r"\W+")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Landmarks:
    """What the page says of itself elsewhere."""

    title: str
    description: str
    article_body: str


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case."""
    return _NO_LETTER.sub("", text.lower())


class Surroundings:
    """Sums over one page, and the row of measures for each of its segments."""

    def __init__(self, cut: Cut, shapes: Sequence[Shape], odds: Sequence[float], landmarks: Landmarks) -> None:
        self.cut, self.shapes = cut, shapes
        self.odds = [max(-LIMIT, min(LIMIT, value)) for value in odds]
        self.chance = [1 / (1 + exp(-value)) for value in self.odds]
        self._weigh()
        self._find_container()
        self._group_likes()
        self._measure_distances()
        self.title = set(WORD.findall(landmarks.title.lower()))
        self.description = letters(landmarks.description)[:80]
        body = letters(landmarks.article_body[:LONGEST_BODY])
        self.article_body = {body[start : start + SHINGLE] for start in range(len(body) - SHINGLE + 1)}

    def _weigh(self) -> None:
        nodes = self.cut.nodes
        self.good = [0.0] * len(nodes)
        self.bad = [0.0] * len(nodes)
        self.count = [0] * len(nodes)
        self.good_of: list[float] = []
        self.bad_of: list[float] = []
        for segment, measured, chance in zip(self.cut.segments, self.shapes, self.chance, strict=True):
            weight = min(measured.words, MOST_WORDS)
            good, bad = chance * weight, (1 - chance) * weight
            self.good_of.append(good)
            self.bad_of.append(bad)
            self.good[segment.node] += good
            self.bad[segment.node] += bad
            self.count[segment.node] += 1
        for index in range(len(nodes) - 1, 0, -1):
            parent = nodes[index].parent
            self.good[parent] += self.good[index]
            self.bad[parent] += self.bad[index]
            self.count[parent] += self.count[index]
        self.total = sum(self.good_of) or 1e-9

    def _find_container(self) -> None:
        """The innermost node that holds six tenths of the page's good text at every step down."""
        nodes, good = self.cut.nodes, self.good
        heaviest: dict[int, int] = {}
        for index in range(1, len(nodes)):
            parent = nodes[index].parent
            if parent not in heaviest or good[index] > good[heaviest[parent]]:
                heaviest[parent] = index
        path = [0]
        while path[-1] in heaviest and good[heaviest[path[-1]]] >= 0.6 * self.total:
            path.append(heaviest[path[-1]])
        self.best = path[-1]
        self.off = [0] * len(nodes)
        """For each node the steps up to the path from the root to the container."""
        self.above = [0] * len(nodes)
        """For each node the steps on that path from where it is reached down to the container."""
        self.branch = [0] * len(nodes)
        """For each node off that path the node above it, or itself, that hangs on the path."""
        on_path = set(path)
        for index in range(len(nodes)):
            if index in on_path:
                self.above[index] = nodes[self.best].depth - nodes[index].depth
            else:
                parent = nodes[index].parent
                self.off[index] = self.off[parent] + 1
                self.branch[index] = self.branch[parent] if self.off[parent] else index
                self.above[index] = self.above[parent]

    def _group_likes(self) -> None:
        """Segments whose own and surrounding elements have the same tags and classes, digits aside, are likes."""
        nodes = self.cut.nodes
        numbers: dict[tuple[str, str, str, str], int] = {}
        self.group: list[int] = []
        self.good_likes: list[float] = []
        self.bad_likes: list[float] = []
        for number, segment in enumerate(self.cut.segments):
            node = nodes[segment.node]
            parent = nodes[node.parent]
            make = (node.tag, _DIGITS.sub("", node.names), parent.tag, _DIGITS.sub("", parent.names))
            group = numbers.setdefault(make, len(numbers))
            if group == len(self.good_likes):
                self.good_likes.append(0.0)
                self.bad_likes.append(0.0)
            self.group.append(group)
            self.good_likes[group] += self.good_of[number]
            self.bad_likes[group] += self.bad_of[number]

    def _measure_distances(self) -> None:
        strong = [odds > 1 and measured.words >= 12 for odds, measured in zip(self.odds, self.shapes, strict=True)]
        size = len(strong)
        self.since, self.until = [FAR] * size, [FAR] * size
        last = -99
        for number in range(size):
            self.since[number] = min(number - last, FAR)
            if strong[number]:
                last = number
        last = size + 99
        for number in range(size - 1, -1, -1):
            self.until[number] = min(last - number, FAR)
            if strong[number]:
                last = number

    def rows(self) -> dict[int, list[float]]:
        """One row of measures for each segment that may be text, by its number.

        The trees know the measures by their index. A segment whose own odds are below `HOPELESS` has no row.
        """
        self.codes = [_CODES.get(self.cut.nodes[segment.node].tag, _OTHER_TAG) for segment in self.cut.segments]
        beyond: list[float] = [-LIMIT - 1] * 3
        self._odds_padded = [*beyond, *self.odds, *beyond]
        makes = [(one.words, code, one.link_share) for one, code in zip(self.shapes, self.codes, strict=True)]
        self._makes_padded: list[tuple[float, ...]] = [(-1, -1, -1), *makes, (-1, -1, -1)]
        self.links_before = [0.0, *accumulate(measured.link_share for measured in self.shapes)]
        seen: set[str] = set()
        before, headings, heading_at = 0.0, 0, -1
        above: list[float] = [-LIMIT - 1, -1]
        above_at = -FAR
        page = [log(self.total + 1), self.good[self.best] / self.total]
        rows = {}
        for number, segment in enumerate(self.cut.segments):
            code, good = self.codes[number], self.good_of[number]
            if code == _CODES["h1"]:
                headings, heading_at = headings + 1, number
            if self.odds[number] > HOPELESS:
                own = letters(segment.text[:200])
                rows[number] = [
                    *self._own(number),
                    *self._neighbours(number),
                    *self._containers(number),
                    *self._branch(segment.node),
                    *self._said(segment.text, own, seen),
                    before / self.total,
                    (self.total - before - good) / self.total,
                    headings,
                    min(number - heading_at, 2 * FAR) if headings else -1,
                    min(number - above_at, FAR),
                    *above,
                    *page,
                ]
                seen.add(own)
            if code in _HEADING_CODES:
                above, above_at = [self.odds[number], self.shapes[number].words], number
            before += good
        return rows

    def _own(self, number: int) -> list[float]:
        measured, node = self.shapes[number], self.cut.nodes[self.cut.segments[number].node]
        return [
            self.odds[number],
            measured.words,
            measured.link_share,
            _ENDINGS.index(measured.ending),
            self.codes[number],
            measured.bold_share,
            node.depth,
            measured.capitals,
            measured.marked,
            number / len(self.shapes),
            number - len(self.shapes),
            self.since[number],
            self.until[number],
            self._links_around(number),
        ]

    def _neighbours(self, number: int) -> list[float]:
        odds, at = self._odds_padded, number + 3
        near = [odds[at - 1], odds[at - 2], odds[at - 3], odds[at + 1], odds[at + 2], odds[at + 3]]
        return [*near, *self._makes_padded[number], *self._makes_padded[number + 2]]

    def _containers(self, number: int) -> list[float]:
        nodes, node = self.cut.nodes, self.cut.segments[number].node
        own_good, own_bad, total = self.good_of[number], self.bad_of[number], self.total
        row: list[float] = []
        place = node
        for step in range(5):
            good, bad = self.good[place] - own_good, self.bad[place] - own_bad
            row += [good / (good + bad) if good + bad > 1e-6 else -1, good / total]
            if step in (1, 2):
                row.append(self.count[place])
            place = nodes[place].parent
        row += [self.off[node], self.above[node]]
        group = self.group[number]
        good, bad = self.good_likes[group] - own_good, self.bad_likes[group] - own_bad
        return [*row, good / (good + bad) if good + bad > 1e-6 else -1, good / total]

    def _branch(self, node: int) -> list[float]:
        branch = self.branch[node]
        good, bad = self.good[branch], self.bad[branch]
        return [good / (good + bad + 1e-6), good / self.total, self.count[branch]]

    def _said(self, text: str, own: str, seen: set[str]) -> list[float]:
        """Whether a text comes again, and how near it is to the page's own title, description and JSON-LD text."""
        words = set(WORD.findall(text[:300].lower()))
        described = 0
        if self.description and own:
            described = (own[:25] == self.description[:25]) + (own[:60] == self.description[:60])
        return [
            float(own in seen and len(own) > 15),
            len(words & self.title) / max(1, len(words | self.title)),
            described,
            float(own[:SHINGLE] in self.article_body) if self.article_body else -1,
        ]

    def _links_around(self, number: int) -> float:
        low, high = max(0, number - 4), min(len(self.shapes), number + 5)
        return (self.links_before[high] - self.links_before[low]) / (high - low)
