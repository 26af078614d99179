"""What `redtop sites check` found, as a table or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from crawler.check import OutletFinding, PlaceFinding
from crawler.cli.console import emit, note, printable, stdout_console


def print_findings(findings: Iterable[OutletFinding], *, as_json: bool, quiet: bool = False) -> bool:
    """Print what was found, outlet by outlet as it comes; give whether every outlet gave an article."""
    served, unserved = 0, []
    for finding in findings:
        served += finding.is_served
        unserved += [] if finding.is_served else [finding.site]
        if as_json:
            emit(json.dumps(asdict(finding) | {"is_served": finding.is_served}, ensure_ascii=False))
        else:
            _print_table(finding)
    if served + len(unserved) > 1 and not quiet:
        left = f"; none from {', '.join(unserved)}" if unserved else ""
        note(f"{served} of {served + len(unserved)} outlets gave an article{left}")
    return not unserved


def _print_table(finding: OutletFinding) -> None:
    table = Table(finding.site, "articles", "newest", "found", box=None, pad_edge=False)
    table.columns[1].justify = "right"
    table.columns[3].overflow = "fold"
    for place in finding.places:
        count = "" if place.kind in ("robots", "index", "article") or place.error else str(place.articles)
        row = (place.kind, count, (place.newest or "")[:10], f"{place.url}\n  {_word(place)}")
        table.add_row(*(Text(printable(cell)) for cell in row))
    stdout_console().print(table)


def _word(place: PlaceFinding) -> str:
    """Say in a few words what a place is good for."""
    if place.error:
        return f"missed: {place.error}"
    if place.kind in ("robots", "index"):
        return f"names {place.named} sitemap{'' if place.named == 1 else 's'}"
    if place.kind == "article":
        lacking = "".join(f", no {name}" for name in place.missing)
        return f"{place.headline or 'no headline'}: {place.words} words{lacking}"
    return "good"
