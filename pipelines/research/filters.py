"""What a person may ask for, as conditions of SQL; what cannot be understood gets one line back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from extractors.people import fold
from extractors.serial import iso

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class QueryError(Exception):
    """The question cannot be answered as it was put. The message is one line for a person."""


class Conditions:
    """Conditions of a WHERE clause, with their values."""

    def __init__(self) -> None:
        self._conditions: list[str] = []
        self.values: list[object] = []

    def add(self, condition: str, *values: object) -> None:
        """Add a condition; nothing where a value is None, so that what nobody asked for does not filter."""
        if None not in values:
            self._conditions.append(condition)
            self.values += values

    def add_any(self, column: str, values: Sequence[object]) -> None:
        """Add that a column has one of these values; nothing where there are none."""
        if values:
            self._conditions.append(f"{column} IN ({','.join('?' * len(values))})")
            self.values += values

    def __str__(self) -> str:
        return " AND ".join(self._conditions) or "1"


def first_moment(text: str | None) -> str | None:
    """Give the beginning of a year, month, day or moment, to be compared with `published >= …`.

    Raises:
        QueryError: it is none of these.
    """
    return None if text is None else _bounds(text)[0]


def end_of(text: str | None) -> str | None:
    """Give the first moment after a year, month or day, or after a moment's second: for `published < …`.

    Raises:
        QueryError: it is none of these.
    """
    return None if text is None else _bounds(text)[1]


PERSON = "person_id IN (SELECT id FROM person WHERE instr(' ' || key || ' ', ?))"
"""Condition on `article_person`, with the value that `person_key` gives."""


def person_key(name: str | None) -> str | None:
    """Give a name, or whole words of one, as `PERSON` compares it: whatever its case, accents and marks."""
    return name and f" {fold(name)} "


def phrase(text: str) -> str:
    """Give words as an FTS5 string: as they stand, nothing in them an operator (https://sqlite.org/fts5.html#fts5_strings)."""
    return '"' + text.replace('"', '""').replace("\0", " ") + '"'


def full_text(query: str) -> str:
    """Give a query as FTS5 is to read it.

    Raises:
        QueryError: it is empty, or one of FTS5's words to itself, which begin with a star.
    """
    query = query.replace("\0", " ").strip()
    if not query:
        raise QueryError("the query is empty")
    if query.startswith("*"):
        raise QueryError("cannot read the query: a star stands after the beginning of a word, as in retire*")
    return query


@contextmanager
def understood(query: str | None) -> Iterator[None]:
    """Turn SQLite's complaint about a full-text query, or about what no text can hold, into a `QueryError`."""
    try:
        yield
    except UnicodeEncodeError as problem:
        raise QueryError("the question holds half a character, which no text has") from problem
    except OverflowError as problem:
        raise QueryError("a number in the question is too large") from problem
    except sqlite3.OperationalError as problem:
        if query is None or problem.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        cause = " ".join(str(problem).removeprefix("fts5: ").split())
        shown = " ".join(query.split())
        raise QueryError(
            f"cannot read the query {shown!r}: {cause} (words with punctuation stand in double quotes)"
        ) from problem


def _bounds(text: str) -> tuple[str, str]:
    text = text.strip()
    try:
        if whole := _DAY.fullmatch(text):
            year, month, day = (int(part) if part else None for part in whole.groups())
            start = datetime(year or 0, month or 1, day or 1)
            return start.date().isoformat(), _after(start, month, day).date().isoformat()
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return iso(moment), iso(moment + timedelta(seconds=1))
    except (ValueError, OverflowError) as problem:
        raise QueryError(f"{text!r} is no date: write 2026, 2026-11, 2026-11-22 or 2026-11-22T07:00Z") from problem


def _after(start: datetime, month: int | None, day: int | None) -> datetime:
    if day:
        return start + timedelta(days=1)
    return (start + timedelta(days=31)).replace(day=1) if month else start.replace(year=start.year + 1)
