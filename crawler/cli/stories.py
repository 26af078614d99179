"""`redtop stories`: articles on one event, and who had it first."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from rich.text import Text

    from pipelines.research import StoryArticle, StoryRow, StoryView


@click.command("stories")
@click.argument("words", nargs=-1, metavar="[QUERY|ID]")
@options.database
@click.option("--person", metavar="NAME", help="Only where somebody of this name, or whole words of it, is named.")
@click.option(
    "--min-articles", type=click.IntRange(min=1), default=2, show_default=True, help="Of so many articles at least."
)
@click.option(
    "--min-sites", type=click.IntRange(min=1), default=1, show_default=True, help="At so many outlets at least."
)
@click.option("--rebuild", is_flag=True, help="Compute people, copies, agencies and stories anew from the records.")
@click.option("--site", metavar="DOMAIN", help="That this outlet told.")
@click.option("--since", metavar="DATE", help="Begun in or after this year, month, day or moment.")
@click.option("--until", metavar="DATE", help="Begun before the end of this year, month, day or moment.")
@asking.LIMIT
@asking.OFFSET
@asking.formats()
def command(
    words: tuple[str, ...],
    db: Path,
    person: str | None,
    min_articles: int,
    min_sites: int,
    rebuild: bool,
    site: str | None,
    since: str | None,
    until: str | None,
    limit: int,
    offset: int,
    form: str,
) -> None:
    """List stories, the newest first; QUERY searches the words of their articles. ID shows how one story ran.

    \b
    redtop stories --min-sites 2 --since 2026-11
    redtop stories farrow stage
    redtop stories 12
    """
    if rebuild:
        _rebuild(db, words)
        return
    if len(words) == 1 and words[0].isascii() and words[0].isdigit():
        _show(db, int(words[0]), form)
        return
    from pipelines.research import stories

    with asking.reading(db) as database:
        rows = stories(
            database, query=" ".join(words) or None, site=site, person=person, since=since, until=until,
            min_articles=min_articles, min_sites=min_sites, limit=limit, offset=offset,
        )  # fmt: skip
    if not rows:
        from crawler.cli.console import note

        note("no story answers to that")
    asking.print_rows(rows, form, _columns)


def _columns(row: StoryRow) -> dict[str, str | Text]:
    return {
        "id": str(row.id),
        "began": (row.first_published or "")[:10],
        "articles": str(row.articles),
        "outlets": str(row.sites),
        "sure": f"{row.confidence:.2f}",
        "first at": row.first_site,
        "headline": row.headline or "",
    }


def _show(db: Path, number: int, form: str) -> None:
    from crawler.cli.console import emit, note
    from pipelines.research import story

    with asking.reading(db) as database:
        view = story(database, number)
    if view.story.id != number:
        note(f"story {number} is now part of story {view.story.id}")
    if form == "json":
        from extractors.serial import plain

        emit(json.dumps(plain(view), ensure_ascii=False, indent=2))
    elif form == "csv":
        asking.print_rows(view.articles, form, lambda _: {})
    else:
        emit("\n".join(_timeline(view)))


def _timeline(view: StoryView) -> list[str]:
    told = view.story
    outlets = "1 outlet" if told.sites == 1 else f"{told.sites} outlets"
    count = "1 article" if told.articles == 1 else f"{told.articles} articles"
    lines = [f"Story {told.id}: {told.headline or '(no headline)'}", f"{count} at {outlets}; {_how_sure(view)}", ""]
    lines += [line for article in view.articles for line in _article(article, view)]
    if view.people:
        shown = [f"{row.name} ({row.articles}, {row.quotes} quoted)" for row in view.people[:10]]
        lines += ["", "People: " + ", ".join(shown)]
    lines += ["", *_citations(view)] if view.citations else []
    return lines


def _how_sure(view: StoryView) -> str:
    if view.story.articles == 1:
        return "nobody else told it"
    evidence: dict[str, float] = {}
    for link in view.links:
        for name, weight in link.reasons.items():
            evidence[name] = max(evidence.get(name, 0.0), weight)
    names = ", ".join(sorted(evidence, key=lambda name: -evidence[name]))
    first = (
        "first by time of publication"
        if view.story.first_by == "published"
        else "first only by when it was received: the times of publication leave it open"
    )
    return f"grouped with confidence {view.story.confidence:.2f} by {names}; {first}"


def _article(article: StoryArticle, view: StoryView) -> list[str]:
    when = article.published or f"no date; received {article.first_seen}"
    marks = ["first"] if article is view.articles[0] and len(view.articles) > 1 else []
    if article.agency:
        marks.append(f"{article.agency} copy" + ("" if article.agency_by == "credit" else " by its text"))
    if article.copy_of:
        marks.append(f"text of article {article.copy_of}")
    about = f"  [{'; '.join(marks)}]" if marks else ""
    return [
        f"{when:20}  {article.site}  article {article.id}{about}",
        f"{'':20}  {article.headline or '(no headline)'}",
    ]


def _citations(view: StoryView) -> list[str]:
    return [
        f"{row.site} (article {row.article_id}) cites {row.outlet}" + (", which told it too" if row.told_it else "")
        for row in view.citations
    ]


def _rebuild(db: Path, words: tuple[str, ...]) -> None:
    from crawler.cli.console import note
    from pipelines.database import transaction
    from pipelines.rebuild import rebuild

    if words:
        raise click.UsageError("--rebuild takes no query")
    with asking.writing(db) as database, transaction(database):
        count = rebuild(database)
    note(f"the stories of {count} articles are computed anew")
