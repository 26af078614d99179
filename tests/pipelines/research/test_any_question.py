"""Whatever somebody asks: rows, or one line that says what is wrong with the question."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pipelines.research import QueryError, Selection, count, count_quotes, quotes, search

# Texts of FTS5's own words and signs, so that many are nearly right.
_SIGNS = [
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "(",
    ")",
    '"',
    "*",
    ":",
    "^",
    "+",
    "-",
    "{",
    "}",
    ",",
    "'",
    "\0",
    "\ud800",
    "%",
    "_",
]
_WORDS = ["maud", "headline", "speaker", "text", "rowid", "rank", "article_fts", "3", "Söhne", "-- ", ";", " ", "\n"]
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet=st.characters()),  # lone surrogates too
    st.lists(st.sampled_from([*_SIGNS, *_WORDS]), max_size=12).map("".join),
    st.lists(st.sampled_from([*_SIGNS, *_WORDS]), max_size=12).map(" ".join),
    st.integers(1, 3000).map(lambda depth: "(" * depth + "maud" + ")" * depth),
    st.integers(1, 600).map(lambda length: " AND ".join(["maud"] * length)),
)
DATES = st.one_of(st.none(), TEXTS, st.from_regex(r"\A\d{4}(-\d{2}(-\d{2})?)?\Z"), st.datetimes().map(str))
SELECTIONS = st.builds(
    Selection,
    query=st.none() | TEXTS,
    sites=st.lists(TEXTS, max_size=2).map(tuple),
    speakers=st.lists(TEXTS, max_size=2).map(tuple),
    author=st.none() | TEXTS,
    person=st.none() | TEXTS,
    cites=st.none() | TEXTS,
    agency=st.none() | TEXTS,
    since=DATES,
    until=DATES,
    languages=st.lists(TEXTS, max_size=2).map(tuple),
    has=st.lists(TEXTS, max_size=2).map(tuple),
    copies=st.booleans(),
)
NUMBERS = st.integers(0, 10**20)
anything = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def answered(call: Any, *arguments: Any, **more: Any) -> Any:
    """Give the answer, or None where the question was refused with one line."""
    try:
        return call(*arguments, **more)
    except QueryError as refused:
        problem = str(refused)
    assert problem
    assert "\n" not in problem
    return None


@anything
@given(query=TEXTS)
def test_any_words(reader: Database, query: str) -> None:
    found = answered(search, reader, Selection(query=query), limit=100)
    assert answered(count, reader, Selection(query=query)) == (None if found is None else len(found))
    spoken = answered(quotes, reader, Selection(query=query))
    assert answered(count_quotes, reader, Selection(query=query)) == (None if spoken is None else len(spoken))


@anything
@given(only=SELECTIONS, limit=NUMBERS, offset=NUMBERS)
def test_any_filters(reader: Database, only: Selection, limit: int, offset: int) -> None:
    answered(search, reader, only, limit=limit, offset=offset)
    answered(quotes, reader, only, limit=limit, offset=offset)


@anything
@given(name=st.text() | TEXTS.filter(lambda text: text.isascii()))
def test_a_name_is_taken_as_it_stands(reader: Database, name: str) -> None:
    quotes(reader, Selection(speakers=(name,)))
    search(reader, Selection(speakers=(name,), author=name, person=name, cites=name))


@pytest.mark.parametrize("call", [search, quotes])
def test_half_a_character_is_told(reader: Database, call: Any) -> None:
    with pytest.raises(QueryError, match="half a character"):
        call(reader, Selection(query="maud \udc80"))
