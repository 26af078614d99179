"""One shard into the database: each of its articles with its pages, then what else it has."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlite_utils import Database

from pipelines.database import transaction
from pipelines.database_error import explain
from pipelines.derive import stored_features
from pipelines.features import Features
from pipelines.merge.answers import completed, rewrite_answer, stored_answer, write_answer
from pipelines.merge.codes import fold_codes
from pipelines.merge.connections import Connections
from pipelines.merge.frontier import fold_frontier
from pipelines.merge.history import SILENT, Answer, Event, History, in_time
from pipelines.merge.progress import MergeReport
from pipelines.merge.runs import count_runs, fold_runs, fold_site_runs
from pipelines.merge.shard import Shard, ShardError, check, reading, rows
from pipelines.store import place
from pipelines.vacancy import remove, vacate

_PORTION = 500
"""Rows of a shard that are looked up at a time."""
_WANTED = "(?2 IS NULL OR site IN (SELECT value FROM json_each(?2)))"
Outlets = Sequence[str] | None


def fold(
    db: Database,
    connections: Connections,
    shard: Shard,
    note: Callable[[int], None],
    *,
    outlets: Sequence[str] | None = None,
) -> MergeReport:
    """Fold a shard in, in one transaction; give what that did.

    Args:
        db: open for writing.
        connections: of it.
        shard: as it was examined.
        note: hears how many of its articles are done.
        outlets: only the pages of these, whose file was checked before; None: all that the shard has.

    Raises:
        ShardError: it cannot be read to its end; nothing of it is in the database.
    """
    with reading(shard.path) as source:
        if outlets is None:
            check(source, shard.path)
        with transaction(db):
            connections.refresh()
            folding = _Folding(db, connections, source, shard.path, outlets)
            folding.take_pages(note)
            if outlets is None:
                folding.take_rest()
            return folding.counts


class _Folding:
    def __init__(self, db: Database, connections: Connections, source: Database, path: Path, outlets: Outlets) -> None:
        self._db, self._connections, self._path = db, connections, path
        self._source, self._ask = source, partial(rows, source, path)
        self._history = History(self._ask)
        self._only = None if outlets is None else json.dumps(list(outlets))
        self.counts = MergeReport(shards=1)
        self._runs = fold_runs(db, self._ask)
        self._touched = set(self._runs.values())

    def take_pages(self, note: Callable[[int], None]) -> None:
        has_codes = bool(self._ask("SELECT 1 FROM annotation LIMIT 1", ()))
        for done, (article_id, site) in enumerate(self._articles()):
            note(done)
            self._take(site, self._read(article_id, site))
            if has_codes:
                self._take_codes(article_id, site)
        for answer in self._loose():
            self._take(answer.site, self._history.loose([answer]))

    def take_rest(self) -> None:
        """Take in what there is beside pages: what runs found, and what is to be asked next."""
        fold_site_runs(self._db, self._ask, self._runs)
        fold_frontier(self._db, self._ask, self._runs)
        count_runs(self._db, sorted(self._touched))

    def _read(self, article_id: int, site: str) -> list[Event]:
        try:
            return self._history.of_article(article_id, site)
        except (ValueError, LookupError, TypeError) as problem:
            raise ShardError(f"{self._path} holds a record that cannot be read: article {article_id}") from problem

    def _articles(self) -> Iterator[tuple[int, str]]:
        last = 0
        sql = f"SELECT id, site FROM article WHERE id > ?1 AND {_WANTED} ORDER BY id LIMIT {_PORTION}"
        while found := self._ask(sql, [last, self._only]):
            yield from found
            last = found[-1][0]

    def _loose(self) -> Iterator[Answer]:
        last = 0
        where = f"id > ?1 AND article_id IS NULL AND {_WANTED} ORDER BY id LIMIT {_PORTION}"
        while found := self._history.answers(where, last, self._only):
            yield from found
            last = found[-1].id

    def _take(self, site: str, events: Sequence[Event]) -> None:
        """Take in the pages of one article of the shard, or one page that is no article's."""
        told = [self._beside_stored(event) for event in events]
        real = [event for event in told if event.answer.result != SILENT]
        stored = sum(event.is_stored for event in real)
        self.counts.pages += len(real)
        self.counts.known += stored
        if stored == len(real) and not self._connections.is_news(site, told):
            for event in real:
                rewrite_answer(self._db, event.answer)
            return
        ids, beside = self._connections.of(site, told)
        features = None if ids or beside or len(told) > 1 else self._features(told[0])
        states = self._replay(site, in_time([*beside, *told]), ids, features)
        self.counts.new += max(0, states.count("new") - len(ids))
        self.counts.joined += bool(ids) and any(event.reading for event in events)

    def _beside_stored(self, event: Event) -> Event:
        """Give an event of the shard with the database's own row of its answer, where there is one."""
        answer = event.answer
        if answer.result == SILENT:
            return event
        if answer.crawl_id is not None:
            answer = replace(answer, crawl_id=self._runs[answer.crawl_id])
        stored = stored_answer(self._db, answer)
        if stored is None:
            return replace(event, answer=answer)
        own = answer.bytes if event.reading and answer.bytes != stored.bytes else None
        return replace(event, answer=completed(self._db, stored, answer), is_stored=True, own_bytes=own)

    def _features(self, event: Event) -> Features | None:
        """Give what the shard recognised the article by that has this page alone: most have one."""
        shard_id = event.origin
        if shard_id is None or event.reading is None or event.paging is not None:
            return None
        try:
            return stored_features(self._source, shard_id, event.answer.site, event.reading.article)
        except sqlite3.Error as problem:
            raise ShardError(str(explain(self._path, problem))) from problem

    def _replay(
        self, site: str, events: Sequence[Event], ids: Sequence[int], features: Features | None = None
    ) -> list[str]:
        """Let the store take pages, each at its time; articles that are there are written anew in their rows."""
        vacant = vacate(self._db, ids)
        self._connections.forget_pages(site, events)
        states: list[str] = []
        heirs: dict[str, int] = {}
        for event in events:
            placed = place(self._db, replace(event.outcome, features=features), event.reading, vacant)
            write_answer(self._db, event, placed)
            self._connections.note(event, placed)
            states.append(placed.state)
            if event.answer.crawl_id is not None:
                self._touched.add(event.answer.crawl_id)
            if placed.article_id is not None:
                heirs[event.addresses.own] = placed.article_id
        for row in vacant.left:
            keys = [key for key, owner in vacant.by_key.items() if owner == row]
            remove(self._db, row, next((heirs[key] for key in sorted(keys) if key in heirs), None))
        return states

    def _take_codes(self, article_id: int, site: str) -> None:
        sql = "SELECT key FROM article_address WHERE article_id = ? AND fetched = 1 ORDER BY key"
        keys = self._ask(sql, [article_id])
        heir = next((found for (key,) in keys if (found := self._connections.at(key)) is not None), None)
        if heir is not None:
            fold_codes(self._db, self._ask, article_id, heir)
