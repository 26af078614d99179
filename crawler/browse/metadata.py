"""What Datasette is told of the database: titles, descriptions, facets, labels, orders, and the questions."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from crawler.browse import DATABASE
from crawler.browse.charts import dashboard
from pipelines.research.dictionary import TableText
from pipelines.research.internal import is_program_s
from pipelines.research.questions import Question

_TABLES = Path(__file__).with_name("tables.toml")
_PASSED_ON = {"label": "label_column", "sort": "sort", "sort_desc": "sort_desc", "facets": "facets", "units": "units"}

_ASIDE = frozenset({"story_redirect"})
"""Tables that are exported but lead nowhere as pages."""


def metadata(
    tables: Iterable[str], dictionary: Mapping[str, TableText], questions: Mapping[str, Question]
) -> dict[str, Any]:
    """Give Datasette's metadata for a database with these tables; those for the program are hidden."""
    shown = tomllib.loads(_TABLES.read_text(encoding="utf-8"))
    return {
        "title": "redtop",
        "description": "The celebrity and tabloid press as data.",
        "custom_units": ["word = [word]"],
        "extra_css_urls": ["/-/redtop/redtop.css"],
        "plugins": {"datasette-dashboards": {"charts": dashboard(questions.values())}},
        "databases": {
            DATABASE: {
                "description": "Articles, who said what in them, how they changed, and how they travelled.",
                "tables": {name: _table(name, shown.get(name), dictionary.get(name)) for name in tables},
                "queries": {name: _query(question) for name, question in questions.items()},
            }
        },
    }


def _table(name: str, shown: Mapping[str, Any] | None, text: TableText | None) -> dict[str, Any]:
    if shown is None:
        return {"hidden": True} if is_program_s(name) or name in _ASIDE else {}
    told: dict[str, Any] = {"title": shown["title"], "size": 50}
    if text:
        told |= {"description": text.description, "columns": text.columns}
    return told | {theirs: shown[ours] for ours, theirs in _PASSED_ON.items() if ours in shown}


def _query(question: Question) -> dict[str, Any]:
    items = "".join(f"<li><code>{name}</code>: {escape(what)}</li>" for name, what in question.parameters.items())
    link = f'<p><a href="/-/dashboards/charts/{question.name}">As a chart</a></p>' if question.chart else ""
    return {
        "title": question.title,
        "description_html": f"<p>{question.description_html}</p><ul>{items}</ul>{link}",
        "sql": question.sql,
        "params": list(question.parameters),
        "hide_sql": True,
    }
