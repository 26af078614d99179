"""`redtop show`: one article from the database, whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from pipelines.research import ArticleView


@click.command("show")
@click.argument("article", metavar="ARTICLE")
@options.database
@click.option(
    "-f", "--format", "form", type=click.Choice(["text", "markdown", "html", "json"]), default="text", show_default=True
)
def command(article: str, db: Path, form: str) -> None:
    """Print ARTICLE, its id or any of its addresses, whole: text, quotes, embeds, revisions, copies, story.

    \b
    redtop show 12
    redtop show https://example.com/story --format markdown
    """
    from crawler.cli.console import emit
    from pipelines.render import to_html, to_markdown, to_text
    from pipelines.research import show

    with asking.reading(db) as database:
        view = show(database, article)
    if form == "json":
        emit(json.dumps(_record(view), ensure_ascii=False, indent=2))
    elif form == "text":
        emit(to_text(view.article) + "\n" + "\n".join(_about(view)))
    else:
        emit((to_markdown if form == "markdown" else to_html)(view.article).rstrip("\n"))


def _record(view: ArticleView) -> dict[str, object]:
    from extractors.serial import plain

    known: dict[str, object] = plain(view)
    record = view.article.to_dict()
    return {"id": known.pop("id"), **record, **{name: value for name, value in known.items() if name != "article"}}


def _about(view: ArticleView) -> list[str]:
    lines = [f"  “{quote.text}”\n      {quote.speaker or 'not named'}" for quote in view.article.quotes]
    if lines:
        lines = ["Quotations:", *lines, ""]
    lines += [
        f"Revision {state.number}, seen {state.fetched_at}" + (f": {', '.join(state.changed)}" if state.changed else "")
        for state in view.revisions
    ]
    if view.copy_of:
        lines.append(f"A copy of article {view.copy_of.id} at {view.copy_of.site}: {view.copy_of.headline}")
    lines += [f"Copied by article {copy.id} at {copy.site}: {copy.headline}" for copy in view.copies]
    if view.agency:
        lines.append(f"Copy of {view.agency}" + ("" if view.agency_by == "credit" else ", by its text"))
    if view.story_articles > 1:
        others = view.story_articles - 1
        lines.append(
            f"Story {view.story_id}, with {others} other article{'s' * (others > 1)}: redtop stories {view.story_id}"
        )
    if view.gone_at:
        lines.append(f"Gone from its outlet since {view.gone_at}")
    lines.append(f"Article {view.id}; first seen {view.first_seen}, last fetched {view.last_fetched}")
    if view.archive:
        lines.append(f"Raw page: {view.archive.file} at byte {view.archive.offset}")
    return lines
