"""What the place of a segment among the others says: its neighbours, its containers, its likes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import exp, log

from extractors.body.blocks import HEADINGS
from extractors.body.cues import Shape, words_of
from extractors.body.segments import Cut
from extractors.whitespace import squash

LIMIT = 8.0
"""Log-odds are cut to this on both sides."""
MOST_WORDS = 100
"""What a long segment counts at most, so that one of them does not outweigh a page."""
LONG_PAGE = 3000.0
"""Words of good text beyond which a page counts as no longer: few pages to learn from are, and length says no more."""
FAR = 30
_BEYOND = -LIMIT - 1
"""The odds before the first segment and after the last."""
HOPELESS = -3.5
"""Segments that are judged less likely than this when judged alone are not looked at again."""
SHINGLE = 24
"""Letters by which a text's start is known again."""
LONGEST_BODY = 100_000
BEGINNING = 30
"""Characters of a text that are looked for in the JSON-LD text."""
_TAGS = (
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "pre", "figcaption", "section",
    "article", "dd", "dt", "button", "aside", "header", "footer", "figure", "body", "tr", "center", "form",
)  # fmt: skip
_CODES = {tag: code for code, tag in enumerate(_TAGS)}
_H1 = _CODES["h1"]
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
        self.odds = [LIMIT if value > LIMIT else -LIMIT if value < -LIMIT else value for value in odds]
        self._weigh()
        self._find_container()
        self._group_likes()
        self.title = frozenset(words_of(landmarks.title))
        description = squash(landmarks.description)
        self.beginnings = [description[:size] for size in (20, 50) if len(description) >= size]
        self.article_body = squash(landmarks.article_body[:LONGEST_BODY])

    def _weigh(self) -> None:
        nodes = self.cut.nodes
        self.good = [0.0] * len(nodes)
        self.bad = [0.0] * len(nodes)
        self.count = [0] * len(nodes)
        self.good_of: list[float] = []
        self.bad_of: list[float] = []
        for segment, measured, value in zip(self.cut.segments, self.shapes, self.odds, strict=True):
            weight = measured.words if measured.words < MOST_WORDS else MOST_WORDS
            good = weight / (1 + exp(-value))
            bad = weight - good
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
        of_node: dict[int, int] = {}
        self.group: list[int] = []
        self.good_likes: list[float] = []
        self.bad_likes: list[float] = []
        for number, segment in enumerate(self.cut.segments):
            group = of_node.get(segment.node, -1)
            if group < 0:
                node = nodes[segment.node]
                parent = nodes[node.parent]
                make = (node.tag, _undigited(node.names), parent.tag, _undigited(parent.names))
                group = of_node[segment.node] = numbers.setdefault(make, len(numbers))
                if group == len(self.good_likes):
                    self.good_likes.append(0.0)
                    self.bad_likes.append(0.0)
            self.group.append(group)
            self.good_likes[group] += self.good_of[number]
            self.bad_likes[group] += self.bad_of[number]

    def rows(self) -> dict[int, list[float]]:
        """One row of measures for each segment that may be text, by its number.

        The trees know the measures by their index. A segment whose own odds are below `HOPELESS` has no row.
        """
        segments, shapes, odds, total = self.cut.segments, self.shapes, self.odds, self.total
        size = len(segments)
        codes = [_CODES.get(self.cut.nodes[segment.node].tag, _OTHER_TAG) for segment in segments]
        links = [0.0, *accumulate([measured.link_share for measured in shapes])]
        page = (log(min(total, LONG_PAGE) + 1), self.good[self.best] / total)
        seen: set[str] = set()
        before, heading_at, above_at = 0.0, -1, -1
        rows = {}
        for number, measured in enumerate(shapes):
            code = codes[number]
            if code == _H1:
                heading_at = number
            if odds[number] > HOPELESS:
                text = segments[number].text
                low, high = max(0, number - 4), min(size, number + 5)
                rows[number] = [
                    *self._own(number, measured, code),
                    number / size,
                    (links[high] - links[low]) / (high - low),
                    *self._neighbours(number, codes),
                    *self._containers(number),
                    *self._said(text, measured, seen),
                    before / total,
                    (total - before - self.good_of[number]) / total,
                    min(number - heading_at, 2 * FAR) if heading_at >= 0 else -1,
                    min(number - above_at, FAR),
                    odds[above_at] if above_at >= 0 else _BEYOND,
                    *page,
                ]
                seen.add(text)
            if code in _HEADING_CODES:
                above_at = number
            before += self.good_of[number]
        return rows

    def _own(self, number: int, measured: Shape, code: int) -> tuple[float, ...]:
        return (
            self.odds[number],
            measured.words,
            measured.link_share,
            _ENDINGS.index(measured.ending),
            code,
            measured.bold_share,
            self.cut.nodes[self.cut.segments[number].node].depth,
            measured.capitals,
        )

    def _neighbours(self, number: int, codes: Sequence[int]) -> tuple[float, ...]:
        odds, last = self.odds, len(codes) - 1
        if 3 <= number <= last - 3:
            one, two, three = odds[number - 1], odds[number - 2], odds[number - 3]
            next_one, next_two, next_three = odds[number + 1], odds[number + 2], odds[number + 3]
        else:
            one, two, three, next_one, next_two, next_three = (
                odds[near] if 0 <= near <= last else _BEYOND
                for near in (number - 1, number - 2, number - 3, number + 1, number + 2, number + 3)
            )
        before = self.shapes[number - 1].words if number else -1
        code_before = codes[number - 1] if number else -1
        if number == last:
            return one, two, three, next_one, next_two, next_three, before, code_before, -1, -1, -1
        after = self.shapes[number + 1]
        return (
            one, two, three, next_one, next_two, next_three, before, code_before,
            after.words, codes[number + 1], after.link_share,
        )  # fmt: skip

    def _containers(self, number: int) -> list[float]:
        nodes, node = self.cut.nodes, self.cut.segments[number].node
        good_in, bad_in, total = self.good, self.bad, self.total
        own_good, own_bad = self.good_of[number], self.bad_of[number]
        place = nodes[node].parent
        row: list[float] = [self.count[place], self.count[nodes[place].parent]]
        for _ in range(4):
            good = good_in[place] - own_good
            both = good + bad_in[place] - own_bad
            row.append(good / both if both > 1e-6 else -1)
            row.append(good / total)
            place = nodes[place].parent
        group, branch = self.group[number], self.branch[node]
        good = self.good_likes[group] - own_good
        both = good + self.bad_likes[group] - own_bad
        inside = good_in[branch]
        row += (
            self.off[node],
            self.above[node],
            good / both if both > 1e-6 else -1,
            good / total,
            inside / (inside + bad_in[branch] + 1e-6),
            inside / total,
            self.count[branch],
        )
        return row

    def _said(self, text: str, measured: Shape, seen: set[str]) -> tuple[float, ...]:
        """Whether a text comes again, and how near it is to the page's own title, description and JSON-LD text."""
        words = set(measured.said)
        common = len(words & self.title)
        return (
            text in seen,
            common / (len(words) + len(self.title) - common or 1),
            sum([text.startswith(beginning) for beginning in self.beginnings]),
            (text[:BEGINNING] in self.article_body) if self.article_body else -1,
        )


@lru_cache(maxsize=4096)
def _undigited(names: str) -> str:
    return _DIGITS.sub("", names)
