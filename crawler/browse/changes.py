"""What changed from one state of an article to the next, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sqlite_utils import Database

from pipelines.research import QueryError
from pipelines.revisions import Revision, revisions_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that stayed, came or went."""

    tag: str
    """Of HTML: span, ins, del."""
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two neighbouring states of an article."""

    article_id: int
    number: int
    """Of the later one."""
    seen_at: str
    fields: tuple[tuple[str, tuple[Stretch, ...]], ...]
    """Each field that differs, with its words."""


def change(db: Database, article_id: int, number: int) -> Change:
    """Give what state `number` changed of the one before it.

    Raises:
        QueryError: there is no such state, or none before it.
    """
    states = {state.number: state for state in revisions_of(db, article_id)}
    if number not in states or number - 1 not in states:
        raise QueryError(f"article {article_id} has no state {number} with one before it")
    before, after = _fields(states[number - 1]), _fields(states[number])
    return Change(
        article_id=article_id,
        number=number,
        seen_at=states[number].fetched_at,
        fields=tuple(
            (name, tuple(stretches(before[name], after[name]))) for name in before if before[name] != after[name]
        ),
    )


def stretches(before: str, after: str) -> Iterator[Stretch]:
    """Compare two texts word by word; kept and added ones joined are `after`, kept and removed ones `before`."""
    old, new = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Stretch("span", "".join(old[a:b]))
            continue
        if b > a:
            yield Stretch("del", "".join(old[a:b]))
        if d > c:
            yield Stretch("ins", "".join(new[c:d]))


def _fields(state: Revision) -> dict[str, str]:
    article = state.article
    return {
        "Headline": article.headline or "",
        "Standfirst": article.dek or "",
        "Byline": ", ".join(author.name for author in article.authors),
        "Published": str(article.published.value or article.published.raw) if article.published else "",
        "Text": article.text,
    }
