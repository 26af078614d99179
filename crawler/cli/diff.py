"""`redtop diff`: what an outlet changed in an article."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from pipelines.research import Piece


@click.command("diff")
@click.argument("article", metavar="ARTICLE")
@click.argument("before", type=click.IntRange(min=1), required=False, metavar="[N")
@click.argument("after", type=click.IntRange(min=1), required=False, metavar="M]")
@options.database
@click.option("-f", "--format", "form", type=click.Choice(["text", "html", "json"]), default="text", show_default=True)
def command(article: str, before: int | None, after: int | None, db: Path, form: str) -> None:
    """Show which words were added and taken away between revisions N and M of ARTICLE, its id or any of its addresses.

    Without N and M: between the last two; with N alone: since that one. Where there is no colour, [-these words-] were
    taken away and {+these+} added.

    \b
    redtop diff 12
    redtop diff 12 1
    redtop diff https://example.com/story 2 3 --format html > changes.html
    """
    from crawler.cli.console import emit
    from extractors.serial import plain
    from pipelines.render.difference import to_diff_html, to_diff_text
    from pipelines.research import diff

    with asking.reading(db) as database:
        found = diff(database, article, before, after)
    if form == "json":
        emit(json.dumps(plain(found), ensure_ascii=False, indent=2))
    elif form == "html":
        emit(to_diff_html(found).rstrip("\n"))
    elif sys.stdout.isatty() and not os.environ.get("NO_COLOR"):  # https://no-color.org
        click.echo(to_diff_text(found, _coloured), nl=False)
    else:
        emit(to_diff_text(found).rstrip("\n"))


def _coloured(piece: Piece) -> str:
    from crawler.cli.console import printable

    text = printable(piece.text).replace("\n\n", " ¶ ")
    if piece.change == "same":
        return text
    if piece.change == "removed":
        return click.style(text, fg="red", strikethrough=True)
    return click.style(text, fg="green", underline=True)
