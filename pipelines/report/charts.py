"""An answer as a picture: SVG to stand inside a page, with its labels beside what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import datetime
from io import StringIO
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure

from pipelines.research.questions import Answer, Chart

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#000000")
"""Eight colours that colour-blind people tell apart (Okabe and Ito 2002, https://jfly.uni-koeln.de/color/)."""
_DARK = ("#0072b2", "#d55e00", "#009e73", "#7f7f7f", "#000000")
MARKS = "os^Dvx*P"
"""One for each colour, for print without colours."""
MOST = 20
"""Rows of a bar chart."""
_LOOKS: dict[str, Any] = {
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "text.parse_math": False,
}
Row = tuple[str | int | float | None, ...]


def draw(chart: Chart, answer: Answer, name: str) -> str | None:
    """Draw an answer; None where there is nothing to draw.

    Args:
        chart: how.
        answer: its columns include those that the chart names.
        name: goes before every id in the picture, so that several can stand in one page.
    """
    place = {column: number for number, column in enumerate(answer.columns)}
    rows = [row for row in answer.rows if row[place[chart.x]] is not None and row[place[chart.y]] is not None]
    if not rows:
        return None
    looks: Any = _LOOKS | {"svg.hashsalt": name}
    with matplotlib.rc_context(looks):
        figure = Figure(figsize=(7.4, _height(chart, rows, place)), layout="constrained")
        axes = figure.add_subplot()
        {"line": _lines, "stack": _stack, "strip": _strip}.get(chart.kind, _bars)(axes, chart, rows, place)
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return _for_a_page(written.getvalue(), name)


def _height(chart: Chart, rows: list[Row], place: dict[str, int]) -> float:
    if chart.kind == "line":
        return 3.0
    return 0.7 + 0.24 * min(MOST, len({row[place[chart.y]] for row in rows}))


def _bars(axes: Axes, chart: Chart, rows: list[Row], place: dict[str, int]) -> None:
    sums: dict[str, float] = defaultdict(float)
    for row in rows:
        sums[str(row[place[chart.y]])] += _number(row[place[chart.x]])
    shown = sorted(sums.items(), key=lambda pair: -pair[1])[:MOST]
    bars = axes.barh([_short(name) for name, _ in shown], [value for _, value in shown], color=PALETTE[0], height=0.7)
    axes.bar_label(bars, labels=[f"{value:g}" for _, value in shown], padding=3)
    _lying(axes, chart)


def _stack(axes: Axes, chart: Chart, rows: list[Row], place: dict[str, int]) -> None:
    totals: dict[str, float] = defaultdict(float)
    kinds: dict[str, float] = defaultdict(float)
    parts: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        side, kind, value = str(row[place[chart.y]]), str(row[place[chart.by or chart.y]]), _number(row[place[chart.x]])
        totals[side] += value
        kinds[kind] += value
        parts[side, kind] += value
    sides = sorted(totals, key=lambda side: -totals[side])[:MOST]
    named = sorted(kinds, key=lambda kind: -kinds[kind])
    colours = dict(zip(named, PALETTE[:7], strict=False))
    widest, reached = max(totals.values()), dict.fromkeys(sides, 0.0)
    for kind in named:
        colour = colours.get(kind, "#bbbbbb")
        for height, side in enumerate(sides):
            value = parts[side, kind]
            axes.barh(height, value, left=reached[side], color=colour, height=0.7, edgecolor="white")
            if value * 12 >= widest:
                ink = "white" if colour in _DARK else "black"
                middle = reached[side] + value / 2
                axes.text(middle, height, f"{kind} {value:g}", ha="center", va="center", fontsize=7.5, color=ink)
            reached[side] += value
    axes.set_yticks(range(len(sides)), [_short(side) for side in sides])
    _lying(axes, chart)


def _lines(axes: Axes, chart: Chart, rows: list[Row], place: dict[str, int]) -> None:
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        by = str(row[place[chart.by]]) if chart.by else ""
        lines[by].append((_day(row[place[chart.x]]), _number(row[place[chart.y]])))
    most = sorted(lines, key=lambda by: (-sum(value for _, value in lines[by]), by))[: len(PALETTE)]
    ends = []
    for number, by in enumerate(most):
        points = sorted(lines[by])
        days, values = zip(*points, strict=True)
        axes.plot(days, values, color=PALETTE[number], marker=MARKS[number], markersize=3.5, linewidth=1.4)
        ends.append((values[-1], by, PALETTE[number]))
    axes.set_ylim(bottom=0)
    _name_ends(axes, ends)
    axes.set_ylabel(_words(chart.y))
    _dated(axes)


def _name_ends(axes: Axes, ends: list[tuple[float, str, str]]) -> None:
    """Write each line's name beside its end, moved where it would cover another."""
    _, high = axes.get_ylim()
    heights: list[float] = []
    step = high / 14
    for value, _, _ in sorted(ends):
        heights.append(max(value, heights[-1] + step) if heights else value)
    ceiling = high
    for place in reversed(range(len(heights))):
        heights[place] = min(heights[place], ceiling)
        ceiling = heights[place] - step
    for height, (_, by, colour) in zip(heights, sorted(ends), strict=True):
        at = (1.01, height)
        axes.annotate(_short(by, 28), at, xycoords=("axes fraction", "data"), color=colour, va="center", fontsize=8.5)


def _strip(axes: Axes, chart: Chart, rows: list[Row], place: dict[str, int]) -> None:
    for row in rows:
        axes.plot([_day(row[place[chart.x]])], [_short(str(row[place[chart.y]]))], "o", color=PALETTE[0], markersize=6)
    axes.margins(y=0.2)
    axes.invert_yaxis()
    _dated(axes)


def _lying(axes: Axes, chart: Chart) -> None:
    axes.invert_yaxis()
    axes.grid(axis="y", visible=False)
    axes.margins(x=0.08)
    axes.set_xlabel(_words(chart.x))


def _dated(axes: Axes) -> None:
    locator = AutoDateLocator(maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _day(text: str | int | float | None) -> float:
    """Read 2026-11, 2026-11-22 or a moment."""
    whole = str(text) + "-01" if len(str(text)) == 7 else str(text)
    moment = datetime.fromisoformat(whole).replace(tzinfo=None)
    return float(date2num(moment))  # type: ignore[no-untyped-call]


def _number(value: str | int | float | None) -> float:
    return float(value or 0)


def _short(text: str, most: int = 48) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _words(column: str) -> str:
    return column.replace("_", " ")


def _for_a_page(svg: str, name: str) -> str:
    """Leave out what stands before the element, let the page give the width, and make the ids the picture's own."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, count=1, flags=re.DOTALL)
    svg = re.sub(r'(<svg[^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg[^>]*?) width="[^"]*"', r'\1 width="100%"', svg, count=1)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    return re.sub(r'(url\(#|href="#)', rf"\g<1>{name}-", svg).strip()
