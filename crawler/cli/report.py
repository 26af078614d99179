"""`redtop report`: what the database holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli import asking, options

if TYPE_CHECKING:
    from sqlite_utils import Database

    from pipelines.report.sections import Section
    from pipelines.research.questions import Question

IN_THE_TERMINAL = ("outlets", "most_quoted", "anonymous_share", "who_was_first", "agency_stories", "site_health")


@click.command("report")
@options.database
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write one HTML file with charts.")
@click.option("--health", is_flag=True, help="Only how well each outlet is read.")
@click.option("--question", metavar="NAME", help="Only this question of data/queries; `list` names them.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A parameter of the question.")
@click.option("-f", "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def command(
    db: Path, html: Path | None, health: bool, question: str | None, settings: tuple[str, ...], form: str
) -> None:
    """Say what the database holds: coverage, who is quoted, how often without a name, who was first, who copies whom.

    --html writes a page that opens offline, with each chart's SQL beneath it; it needs redtop[report].

    \b
    redtop report
    redtop report --html report.html
    redtop report --health --format json
    redtop report --question most_quoted --set site=her.ie
    """
    from crawler.bundled import data_folder
    from pipelines.report.sections import Section, sections
    from pipelines.report.sections import health as site_health
    from pipelines.research.questions import ask, read_questions

    questions = read_questions(data_folder("queries"))
    if question == "list":
        _list(questions)
        return
    values = _values(settings, question)
    if question and question not in questions:
        raise click.UsageError(f"there is no question {question!r}; `--question list` names them")
    with asking.reading(db) as database:
        if html:
            _write(html, database, questions, db)
            return
        if health:
            shown = [site_health(database)]
        elif question:
            shown = [Section(questions[question], ask(database, questions[question], values))]
        else:
            shown = list(sections(database, questions, _in_terminal if form == "table" else _in_json))
    if form == "json":
        _print_json(shown, alone=bool(health or question))
    else:
        for section in shown:
            _print(section)


def _in_terminal(name: str) -> bool:
    return name in IN_THE_TERMINAL


def _in_json(name: str) -> bool:
    return name != "story_timeline"  # one for each story: there it is asked with --question


def _values(settings: tuple[str, ...], question: str | None) -> dict[str, str]:
    if settings and not question:
        raise click.UsageError("--set goes with --question")
    for setting in settings:
        if "=" not in setting:
            raise click.UsageError(f"--set {setting}: it is NAME=VALUE")
    return dict(setting.split("=", 1) for setting in settings)


def _list(questions: dict[str, Question]) -> None:
    from crawler.cli.console import emit

    width = max(map(len, questions))
    for name, question in questions.items():
        emit(f"{name:{width}}  {question.title}")
        for parameter, meaning in question.parameters.items():
            emit(f"{'':{width}}    {parameter}: {meaning}")


def _write(file: Path, db: Database, questions: dict[str, Question], source: Path) -> None:
    from crawler.cli.console import note
    from crawler.whole_file import WholeFile
    from pipelines.report.sections import sections

    try:
        from pipelines.report.page import to_page
    except ModuleNotFoundError as missing:
        name = str(missing.name).partition(".")[0]
        raise click.ClickException(f"charts need {name}; install it with: pip install 'redtop[report]'") from None
    articles, sites, first, last = db.conn.execute(
        "SELECT sum(articles), count(DISTINCT site), min(nullif(day, '')), max(day) FROM article_day"
    ).fetchone()
    about = (
        f"{articles or 0} articles of {sites} outlets, published from {first or '?'} to {last or '?'}; {source.name}."
    )
    with WholeFile(file) as written:
        written.write(to_page(sections(db, questions), title="The tabloid press: a report", about=about))
    note(f"{file}: {about}")


def _print(section: Section) -> None:
    from rich.table import Table
    from rich.text import Text

    from crawler.cli.console import printable, stdout_console

    console = stdout_console()
    console.print(f"\n{section.heading}", style="bold")
    if not section.answer.rows:
        console.print("nothing in this database")
        return
    table = Table(*section.answer.columns, box=None, pad_edge=False, header_style="dim")
    for column in table.columns:
        column.overflow = "fold"
    for row in section.answer.rows[:20]:
        table.add_row(*(Text(printable("" if value is None else str(value))) for value in row))
    console.print(table)
    if len(section.answer.rows) > 20:
        console.print(f"and {len(section.answer.rows) - 20} more; --format json gives all")


def _print_json(shown: list[Section], *, alone: bool) -> None:
    from crawler.cli.console import emit

    answers = {
        part.question.name: [dict(zip(part.answer.columns, row, strict=True)) for row in part.answer.rows]
        for part in shown
    }
    emit(json.dumps(next(iter(answers.values())) if alone else answers, ensure_ascii=False, indent=2))
