"""The rows of people: who is in which article, folded across articles by the key of the name."""

from __future__ import annotations

import json
from functools import reduce
from typing import NamedTuple

from sqlite_utils import Database

from extractors.people import Cast, Named, fold
from pipelines.rows import insert_rows


class _Row(NamedTuple):
    person_id: int
    name: str
    quotes: int
    mentions: int
    in_headline: int
    tagged: int


def write_people(db: Database, article_id: int, cast: Cast) -> None:
    """Write who is in an article, in place of what was written before, and keep every person's counts in step.

    Names are one person's where their keys agree: lower case, without accents, marks, honours and "Jr". Nothing else is
    folded across articles; "Farrow" alone is nobody's name there.
    """
    old = {
        row[0]: _Row(*row)
        for row in db.conn.execute(
            "SELECT person_id, name, quotes, mentions, in_headline, tagged FROM article_person WHERE article_id = ?",
            [article_id],
        )
    }
    folded = _folded(cast)
    known = _known(db, folded)
    new = {
        known[key][0]: _Row(
            known[key][0], each.name, each.quotes, each.mentions, int(each.in_headline), int(each.tagged)
        )
        for key, each in folded.items()
    }
    if old == new:
        return
    if old:
        db.conn.execute("DELETE FROM article_person WHERE article_id = ?", [article_id])
    insert_rows(
        db,
        "article_person",
        "article_id,person_id,name,quotes,mentions,in_headline,tagged",
        [(article_id, *row) for row in new.values()],
    )
    _count(db, old, new)
    for person_id, name in known.values():
        if (better := preferred(name, new[person_id].name)) != name:
            db.conn.execute("UPDATE person SET name = ? WHERE id = ?", [better, person_id])
    for person_id, row in old.items():
        if person_id not in new or new[person_id].name != row.name:
            _rename(db, person_id)


def _folded(cast: Cast) -> dict[str, Named]:
    """Give the people of an article by the keys of their names; of two with one key the counts together."""
    found: dict[str, Named] = {}
    for person in cast.people:
        key = fold(person.name)
        if not key:
            continue
        if known := found.get(key):
            person = Named(
                name=preferred(known.name, person.name),
                quotes=known.quotes + person.quotes,
                mentions=known.mentions + person.mentions,
                in_headline=known.in_headline or person.in_headline,
                tagged=known.tagged or person.tagged,
            )
        found[key] = person
    return found


def preferred(one: str, other: str) -> str:
    """Give the more careful of two writings of a name, whichever comes first: not all capitals, with its accents."""
    return min(one, other, key=lambda name: (name.isupper(), name.islower(), name.isascii(), len(name), name))


def _known(db: Database, folded: dict[str, Named]) -> dict[str, tuple[int, str]]:
    """Give id and name of each person by key, new ones entered."""
    sql = "SELECT key, id, name FROM person WHERE key IN (SELECT value FROM json_each(?))"
    asked = [json.dumps(list(folded), ensure_ascii=False)]
    found = {key: (person_id, name) for key, person_id, name in db.conn.execute(sql, asked)}
    if missing := [(each.name, key) for key, each in folded.items() if key not in found]:
        insert_rows(db, "person", "name,key", missing)
        found = {key: (person_id, name) for key, person_id, name in db.conn.execute(sql, asked)}
    return found


def _count(db: Database, old: dict[int, _Row], new: dict[int, _Row]) -> None:
    """Bring the counts of people up to date after an article has changed."""
    changes = []
    for person_id in old.keys() | new.keys():
        before, after = old.get(person_id), new.get(person_id)
        articles = bool(after) - bool(before)
        quotes = (after.quotes if after else 0) - (before.quotes if before else 0)
        if articles or quotes:
            changes.append((articles, quotes, person_id))
    db.conn.executemany("UPDATE person SET articles = articles + ?, quotes = quotes + ? WHERE id = ?", changes)


def _rename(db: Database, person_id: int) -> None:
    """Choose a person's name anew, because an article no longer has it; nobody stays who is in no article."""
    execute = db.conn.execute
    forms = [
        form
        for (form,) in execute("SELECT DISTINCT name FROM article_person WHERE person_id = ?", [person_id]).fetchall()
    ]
    if not forms:
        execute("DELETE FROM person WHERE id = ?", [person_id])
        return
    execute("UPDATE person SET name = ?1 WHERE id = ?2 AND name <> ?1", [reduce(preferred, forms), person_id])
