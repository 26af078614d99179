"""Research questions: SQL files that say in their head what they ask, what one may set, and how the answer is drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path

from sqlite_utils import Database

from pipelines.research.filters import QueryError

_PARAMETER = re.compile(r":(\w+)\s{2,}(.+)")
_CHART = re.compile(r"chart: (\w+)((?: \w+=\w+)+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """How an answer may be drawn."""

    kind: str
    """line, bar, stack, strip."""
    x: str
    """The column along the bottom."""
    y: str
    """The column up the side."""
    by: str | None = None
    """The column that tells the lines, or the parts of a bar, apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question, and the query that answers it."""

    name: str
    """Of its file, without the ending."""
    title: str
    """One line that ends in a question mark."""
    description: str
    """What the columns mean and what the answer does not say."""
    parameters: Mapping[str, str]
    """What may be set, by name: what it means, and what an empty one means."""
    chart: Chart | None
    sql: str
    """Without the head."""

    @property
    def description_html(self) -> str:
        """The description as HTML; names of columns are marked as code."""
        return re.sub(r"`(\w+)`", r"<code>\1</code>", escape(self.description))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question came to."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


def read_questions(folder: Path) -> dict[str, Question]:
    """Read every `.sql` of a folder, in the order of the names.

    Raises:
        ValueError: a file has no head, or one that does not name the query's parameters.
    """
    return {file.stem: read_question(file) for file in sorted(folder.glob("*.sql"))}


def read_question(file: Path) -> Question:
    """Read one file. Its head is the comment above the query: a title that ends in a question mark, a description,
    a line `:name  meaning; empty: what that means` for each parameter, and perhaps a line `chart: kind x=… y=… by=…`.

    Raises:
        ValueError: as of `read_questions`.
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    head = [line.removeprefix("--").strip() for line in _until_sql(lines)]
    sql = "\n".join(lines[len(head) :]).strip()
    if not head or not head[0].endswith("?"):
        raise ValueError(f"{file.name}: the first line is no question")
    parameters, chart, told = {}, None, []
    for line in head[1:]:
        if found := _PARAMETER.fullmatch(line):
            parameters[found[1]] = found[2]
        elif found := _CHART.fullmatch(line):
            chart = Chart(kind=found[1], **dict(pair.split("=") for pair in found[2].split()))
        else:
            told.append(line)
    if set(parameters) != set(re.findall(r"(?<![:\w]):([a-z_]+)", sql)):
        raise ValueError(f"{file.name}: the head does not name the query's parameters")
    return Question(
        name=file.stem, title=head[0], description=" ".join(told), parameters=parameters, chart=chart, sql=sql
    )


def ask(db: Database, question: Question, values: Mapping[str, str] | None = None) -> Answer:
    """Answer a question; a parameter that is not given is empty.

    Raises:
        QueryError: the question has no parameter of this name.
    """
    given = dict(values or {})
    if unknown := [name for name in given if name not in question.parameters]:
        has = ", ".join(question.parameters) or "none"
        raise QueryError(f"{question.name} has no parameter {unknown[0]}; it has: {has}")
    cursor = db.conn.execute(question.sql, dict.fromkeys(question.parameters, "") | given)
    return Answer(tuple(column[0] for column in cursor.description), tuple(cursor))


def _until_sql(lines: list[str]) -> list[str]:
    head = []
    for line in lines:
        if not line.startswith("--"):
            break
        head.append(line)
    return head
