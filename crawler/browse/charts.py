"""Charts of the questions, for the plugin datasette-dashboards; it carries Vega in itself and asks nobody outside."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crawler.browse import DATABASE
from pipelines.research.questions import Chart, Question

PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f", "#000000")
"""Eight colours that colour-blind people tell apart (Okabe and Ito 2002, https://jfly.uni-koeln.de/color/)."""


def dashboard(questions: Iterable[Question]) -> dict[str, Any]:
    """Give one page with a chart for each question that has one."""
    return {
        "title": "Charts",
        "description": "The answers of data/queries as pictures; each title leads to its own page and its SQL.",
        "filters": {
            "site": {"name": "Outlet (its domain)", "type": "text"},
            "since": {"name": "Since (2026-01-01)", "type": "text"},
        },
        "charts": {
            question.name: {
                "title": question.title,
                "db": DATABASE,
                "query": question.sql,
                "library": "vega-lite",
                "display": vega(question.chart),
            }
            for question in questions
            if question.chart
        },
    }


def vega(chart: Chart) -> dict[str, Any]:
    """Say in Vega-Lite how an answer is drawn."""
    side = {"field": chart.y, "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 160}}
    along: dict[str, Any] = {"field": chart.x, "type": "quantitative", "title": _words(chart.x)}
    spec: dict[str, Any]
    if chart.kind == "line":
        spec = {
            "mark": {"type": "line", "point": True},
            "height": 220,
            "encoding": {
                "x": {"field": chart.x, "type": "temporal", "title": None},
                "y": {"field": chart.y, "type": "quantitative", "title": _words(chart.y)},
            },
        }
    elif chart.kind == "strip":
        spec = {
            "mark": {"type": "point", "filled": True, "size": 90, "color": PALETTE[0]},
            "encoding": {"x": {"field": chart.x, "type": "temporal", "title": None}, "y": side},
        }
    else:
        spec = {"mark": {"type": "bar", "color": PALETTE[0]}, "encoding": {"x": along, "y": side}}
    if chart.by:
        spec["encoding"]["color"] = {
            "field": chart.by, "type": "nominal", "scale": {"range": list(PALETTE)}, "title": None
        }  # fmt: skip
    spec |= {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "autosize": {"type": "fit-x"}}
    first = {"field": chart.x, "type": spec["encoding"]["x"]["type"]}
    spec["encoding"]["tooltip"] = [first, *({"field": name} for name in (chart.y, chart.by) if name)]
    return spec


def _words(column: str) -> str:
    return column.replace("_", " ")
