"""What `redtop sites check` found, as a table or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from crawler.check import OutletFinding
from crawler.cli.console import emit, printable, stdout_console


def print_findings(findings: Iterable[OutletFinding], *, as_json: bool) -> bool:
    """Print what was found, outlet by outlet as it comes; give whether every outlet gave an article."""
    served = True
    for finding in findings:
        served = served and finding.is_served
        if as_json:
            emit(json.dumps(asdict(finding) | {"is_served": finding.is_served}, ensure_ascii=False))
        else:
            _print_table(finding)
    return served


def _print_table(finding: OutletFinding) -> None:
    table = Table(finding.site, "articles", "found", box=None, pad_edge=False, title_justify="left")
    table.columns[1].justify = "right"
    table.columns[2].overflow = "fold"
    for place in finding.places:
        word = place.error or (f"no {', no '.join(place.missing)}" if place.missing else "good")
        row = (f"{place.kind}", "" if place.error else str(place.articles or ""), f"{place.url}\n  {word}")
        table.add_row(*(Text(printable(cell)) for cell in row))
    stdout_console().print(table)
