"""Which articles of the database a shard's pages may have a part in, and all that is known of their pages.

A database that is being filled has no statistics yet, and SQLite takes an outlet's thousands of rows for ten. So what
is asked for every page says where to begin: with `CROSS JOIN`, and a plus before what is not to be searched by
(https://www.sqlite.org/optoverview.html#manual_control_of_query_plans_using_cross_join).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlite_utils import Database

from extractors.address import url_key
from pipelines.database import transaction
from pipelines.identity import digest_of, tells
from pipelines.merge.history import SILENT, Answer, Event, History, better, rank
from pipelines.store import Placed

_TEMPORARY = (
    "DROP TABLE IF EXISTS temp.past_text",
    "CREATE TEMP TABLE past_text (digest BLOB, article_id INTEGER, PRIMARY KEY (digest, article_id)) WITHOUT ROWID",
    "DROP TABLE IF EXISTS temp.loose",
    "CREATE TEMP TABLE loose (key TEXT, fetch_id INTEGER, PRIMARY KEY (key, fetch_id)) WITHOUT ROWID",
    "DROP TABLE IF EXISTS temp.seen",
    "CREATE TEMP TABLE seen (version INTEGER)",
)
"""The texts that articles had once, and the keys of the answers that are no article's: neither is indexed. With the
version of the database that they are of: taken back with a transaction, as they are."""


class Connections:
    """Of an open database; what it keeps beside that lies in temporary tables, on the disk."""

    def __init__(self, db: Database) -> None:
        self._db = db
        with transaction(db):
            self._learn()

    def refresh(self) -> None:
        """Look at the database anew if another program has written to it since; inside a transaction."""
        if self._db.conn.execute("SELECT version FROM temp.seen").fetchone() != self._version():
            self._learn()

    def _version(self) -> tuple[int]:
        """Give what changes whenever another connection commits (https://sqlite.org/pragma.html#pragma_data_version)."""
        version: tuple[int] = self._db.conn.execute("PRAGMA data_version").fetchone()
        return version

    def _learn(self) -> None:
        execute = self._db.conn.execute
        self._history = History(lambda sql, values: execute(sql, values).fetchall())
        for statement in _TEMPORARY:
            execute(statement)
        execute("INSERT INTO temp.seen VALUES (?)", self._version())
        for (article_id,) in execute("SELECT DISTINCT article_id FROM revision WHERE number > 1"):
            self._note_past(article_id)
        for number, *both in execute("SELECT id, url, requested_url FROM fetch WHERE article_id IS NULL"):
            self._note_loose(number, [url_key(address) for address in both if address])

    def of(self, site: str, events: Sequence[Event]) -> tuple[list[int], list[Event]]:
        """Give the articles that these pages may have a part in, and what is known of all pages of theirs."""
        ids: set[int] = set()
        loose: set[int] = set()
        known: set[str] = set()
        found: list[Event] = []
        fresh = list(events)
        is_told = any(event.reading for event in events)
        while fresh:
            keys = {key for event in fresh for key in event.keys}
            keys |= self._further(site, keys)
            known |= keys
            rows = {event.answer.article_id for event in fresh if event.is_stored and event.answer.article_id}
            new = (self._at(site, keys) | self._with_text(site, fresh) | self._there(rows)) - ids
            is_told = is_told or bool(new)
            answers = [each for each in self._loose(site, known, read=not is_told) if each.id not in loose]
            is_told = is_told or bool(answers)
            fresh = [event for article_id in sorted(new) for event in self._history.of_article(article_id, site)]
            fresh = [replace(event, is_stored=True) for event in (*fresh, *self._history.loose(answers))]
            ids |= new
            loose.update(answer.id for answer in answers)
            found += fresh
        return sorted(ids), found

    def is_news(self, site: str, events: Sequence[Event]) -> bool:
        """Whether readings of answers that are known tell more.

        They do where newer extractors read them, where there was no record, or where they are of another page of the
        same address and second, of which one is to be chosen whatever came first.
        """
        for event in events:
            if event.reading is None or event.answer.result == SILENT:
                continue
            if event.answer.article_id is None:
                if event.answer.result != "page":
                    return True
                continue
            (version,) = self._db.conn.execute(
                "SELECT extractor_version FROM article WHERE id = ?", [event.answer.article_id]
            ).fetchone()
            stored = replace(event.reading, extractor_version=version)
            if rank(event.reading)[:2] > rank(stored)[:2] or self._outranks(site, event, event.answer.article_id):
                return True
        return False

    def _outranks(self, site: str, event: Event, article_id: int) -> bool:
        if event.own_bytes is None:
            return False
        there = [each for each in self._history.of_article(article_id, site) if each.answer.id == event.answer.id]
        return any(better(each, event).reading is not each.reading for each in there)

    def at(self, key: str) -> int | None:
        """Give the article that was received at an address."""
        row = self._db.conn.execute("SELECT article_id FROM article_address WHERE key = ?", [key]).fetchone()
        return None if row is None else row[0]

    def forget_pages(self, site: str, events: Iterable[Event]) -> None:
        """Take away the pages of longer articles that are about to be kept anew."""
        for key in sorted({url_key(event.paging.first) for event in events if event.paging}):
            self._db.conn.execute("DELETE FROM article_page WHERE site = ? AND first_key = ?", [site, key])

    def note(self, event: Event, placed: Placed) -> None:
        """Keep in mind what a page has become."""
        if placed.state == "changed" and placed.article_id is not None:
            self._note_past(placed.article_id)
        if placed.article_id is None and event.answer.result != SILENT:
            (fetch_id,) = self._db.conn.execute(
                "SELECT id FROM fetch WHERE url = ? AND fetched_at = ? ORDER BY id DESC LIMIT 1",
                [event.answer.url, event.answer.fetched_at],
            ).fetchone()
            self._note_loose(fetch_id, [key for key in (event.addresses.own, event.addresses.asked) if key])

    def _note_past(self, article_id: int) -> None:
        texts = self._db.conn.execute("SELECT headline, body FROM revision WHERE article_id = ?", [article_id])
        rows = [(digest_of(headline, body), article_id) for headline, body in texts.fetchall() if tells(headline, body)]
        self._db.conn.executemany("INSERT OR IGNORE INTO past_text (digest, article_id) VALUES (?, ?)", rows)

    def _note_loose(self, fetch_id: int, keys: Iterable[str]) -> None:
        rows = [(key, fetch_id) for key in keys]
        self._db.conn.executemany("INSERT OR IGNORE INTO loose (key, fetch_id) VALUES (?, ?)", rows)

    def _further(self, site: str, keys: Iterable[str]) -> set[str]:
        """Give the keys of the pages that say that they continue an article at one of these addresses."""
        rows = self._db.conn.execute(
            "SELECT key FROM article_page WHERE site = ? AND first_key IN (SELECT value FROM json_each(?))",
            [site, json.dumps(sorted(keys))],
        )
        return {key for (key,) in rows}

    def _at(self, site: str, keys: Iterable[str]) -> set[int]:
        rows = self._db.conn.execute(
            "SELECT article.id FROM article_address CROSS JOIN article ON article.id = article_id "
            "WHERE key IN (SELECT value FROM json_each(?)) AND site = ?",
            [json.dumps(sorted(keys)), site],
        )
        return {article_id for (article_id,) in rows}

    def _there(self, ids: Iterable[int]) -> set[int]:
        """Give those of some articles that are there."""
        rows = self._db.conn.execute(
            "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(sorted(ids))]
        )
        return {article_id for (article_id,) in rows}

    def _with_text(self, site: str, events: Iterable[Event]) -> set[int]:
        articles = [event.reading.article for event in events if event.reading]
        digests = {digest_of(each.headline, each.text) for each in articles if tells(each.headline, each.text)}
        found: set[int] = set()
        for digest in digests:
            rows = self._db.conn.execute(
                "SELECT id FROM article WHERE text_digest = ?1 AND +site = ?2 UNION "
                "SELECT id FROM past_text CROSS JOIN article ON article.id = article_id "
                "WHERE digest = ?1 AND site = ?2",
                [digest, site],
            )
            found |= {article_id for (article_id,) in rows}
        return found

    def _loose(self, site: str, keys: Iterable[str], *, read: bool) -> list[Answer]:
        """Give the answers at some addresses of an outlet that are no article's as yet.

        Where nothing that comes holds a record, `read` leaves it at those that do: what none of them brings to an
        article stays nobody's, and of a front page there may be thousands.
        """
        return self._history.answers(
            "id IN (SELECT fetch_id FROM temp.loose WHERE key IN (SELECT value FROM json_each(?1)) AND "
            "(NOT ?2 OR EXISTS (SELECT 1 FROM temp.page_of WHERE page_of.site = ?3 AND page_of.key = loose.key))) "
            "AND +article_id IS NULL AND +site = ?3 ORDER BY fetched_at, id",
            json.dumps(sorted(keys)), read, site,
        )  # fmt: skip
