"""The report as one HTML page: nothing is loaded, nothing is executed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pipelines.report.charts import draw
from pipelines.report.sections import Section
from pipelines.research.questions import Answer

ROWS = 50
"""Rows of a table in the page; the query beneath gives them all."""
_STYLE = """
:root { color-scheme: light }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 52rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.75rem } h2 { font-size: 1.25rem; margin: 0 0 .25rem }
section { margin: 2.5rem 0; break-inside: avoid } figure { margin: 0 }
p { margin: .25rem 0 .75rem } .about, figcaption { color: #444; font-size: .875rem }
nav ol { columns: 2; column-gap: 3rem }
svg text { font-family: system-ui, sans-serif }
table { border-collapse: collapse; font-size: .8125rem; width: 100% } .wide { overflow-x: auto }
th, td { text-align: left; vertical-align: top; padding: .2rem .75rem .2rem 0; border-bottom: 1px solid #ccc }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
pre { white-space: pre-wrap; font-size: .75rem; background: #f4f4f4; padding: .75rem }
summary { cursor: pointer; font-size: .875rem }
@media print { body { max-width: none; margin: 0 } nav { display: none } details:not([open]) { display: none } }
"""


def to_page(sections: Iterable[Section], *, title: str, about: str) -> str:
    """Write the page.

    Args:
        sections: in their order.
        title: of the page.
        about: one line: which database, and when.
    """
    shown = list(sections)
    contents = "".join(
        f'<li><a href="#section-{number}">{escape(section.heading)}</a></li>' for number, section in enumerate(shown)
    )
    body = "\n".join(_section(number, section) for number, section in enumerate(shown))
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f'<link rel="icon" href="data:,">\n<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n'
        f'<h1>{escape(title)}</h1>\n<p class="about">{escape(about)}</p>\n<nav><ol>{contents}</ol></nav>\n'
        f"{body}\n</html>\n"
    )


def _section(number: int, section: Section) -> str:
    question = section.question
    picture = draw(question.chart, section.answer, f"chart{number}") if question.chart else None
    set_to = "".join(f" {name} = {value}." for name, value in section.values.items())
    table = _table(section.answer)
    if picture:
        label = escape(section.heading, quote=True)
        shown = f'<figure role="img" aria-label="{label}">{picture}</figure>'
        shown += f"<details><summary>The numbers</summary>{table}</details>"
    else:
        shown = table
    return (
        f'<section id="section-{number}"><h2>{escape(section.heading)}</h2>\n'
        f'<p class="about">{question.description_html}{escape(set_to)}</p>\n{shown}\n'
        f"<details><summary>The SQL</summary><pre>{escape(question.sql)}</pre></details></section>"
    )


def _table(answer: Answer) -> str:
    if not answer.rows:
        return "<p>Nothing in this database.</p>"
    numbers = {
        place
        for place, _ in enumerate(answer.columns)
        if all(row[place] is None or isinstance(row[place], int | float) for row in answer.rows)
    }
    marks = ["number" if place in numbers else "text" for place, _ in enumerate(answer.columns)]
    head = "".join(
        f'<th class="{mark}">{escape(name.replace("_", " "))}</th>'
        for mark, name in zip(marks, answer.columns, strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(f'<td class="{mark}">{_cell(value)}</td>' for mark, value in zip(marks, row, strict=True))
        + "</tr>"
        for row in answer.rows[:ROWS]
    )
    more = f"<p>{len(answer.rows) - ROWS} more rows.</p>" if len(answer.rows) > ROWS else ""
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}</div>'


def _cell(value: str | int | float | None) -> str:
    return "" if value is None else escape(str(value))
