"""What a database knows of the pages that it was made of: each answer with the record that was read of it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from extractors import Article
from extractors.address import url_key
from extractors.paging import Paging
from pipelines.address import Addresses, addresses_of, is_plain, standing
from pipelines.outcome import Outcome
from pipelines.page import Page
from pipelines.record import unpack
from pipelines.revisions import Reading, page_digest

Ask = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Puts a question to a database."""
FETCH = (
    "id, url, requested_url, site, status, fetched_at, crawl_id, bytes, archive_file, archive_offset, "
    "payload_file, error, article_id, result"
)
SILENT = "silent"
"""The result of an answer of which there is no row."""
_READ = ("new", "changed", "unchanged")
_PAGE_OF = (
    "DROP TABLE IF EXISTS temp.page_of",
    "CREATE TEMP TABLE page_of (site TEXT, key TEXT, first_key TEXT, PRIMARY KEY (site, key, first_key)) WITHOUT ROWID",
    "INSERT INTO page_of SELECT DISTINCT site, key, first_key FROM article_page",
    "DROP TRIGGER IF EXISTS temp.page_of_new",
    "CREATE TEMP TRIGGER page_of_new AFTER INSERT ON main.article_page BEGIN "
    "INSERT OR IGNORE INTO page_of VALUES (new.site, new.key, new.first_key); END",
)
"""By its own key a page of a longer article is not indexed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of `fetch`."""

    id: int
    url: str
    requested_url: str | None
    site: str
    status: int | None
    fetched_at: str
    crawl_id: int | None
    bytes: int | None
    archive_file: str | None
    archive_offset: int | None
    payload_file: str | None
    error: str | None
    article_id: int | None
    result: str

    @property
    def identity(self) -> tuple[str, str, str, int]:
        """What makes two rows one answer."""
        return self.fetched_at, self.url, self.requested_url or "", self.status or 0


@dataclass(frozen=True)
class Event:
    """An answer, and what was read of it."""

    answer: Answer
    reading: Reading | None = None
    paging: Paging | None = None
    refused: str | None = None
    is_stored: bool = False
    """Whether the answer is a row of the database that is written to."""
    origin: int | None = None
    """The article that it is the newest state of, in the database that tells of it."""
    own_bytes: int | None = None
    """The bytes of its page, where the stored row is of another page of the same address and second."""

    @cached_property
    def outcome(self) -> Outcome:
        """What became of the page, as the store takes it."""
        answer = self.answer
        page = Page(
            url=answer.url, status=answer.status or 0, fetched_at=datetime.fromisoformat(answer.fetched_at), body=b"",
            requested_url=answer.requested_url,
        )  # fmt: skip
        return Outcome(
            page=page, site=answer.site, article=self.reading.article if self.reading else None, paging=self.paging,
            refused=self.refused, error=answer.error,
        )  # fmt: skip

    @cached_property
    def addresses(self) -> Addresses:
        """The addresses of the page."""
        return addresses_of(self.outcome)

    @property
    def keys(self) -> set[str]:
        """The keys of all addresses that can bring it together with other pages."""
        found = {self.addresses.own, self.addresses.claim, self.addresses.asked}
        found |= {url_key(self.paging.first)} if self.paging else set()
        return {key for key in found if key}


def better(one: Event, other: Event) -> Event:
    """Of two readings of one answer give the one by the newer extractors, with the row that is stored, if one is."""
    mine, its = one.reading, other.reading
    chosen = other if its and (mine is None or rank(its) > rank(mine)) else one
    kept = one if one.is_stored or not other.is_stored else other
    answer = kept.answer if chosen.own_bytes is None else replace(kept.answer, bytes=chosen.own_bytes)
    return replace(chosen, answer=answer, is_stored=kept.is_stored)


def rank(reading: Reading) -> tuple[object, ...]:
    """Give what tells which of two readings of a page counts: the version of the extractors, then anything."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", reading.extractor_version))
    return numbers, reading.extractor_version, reading.fetched_at, reading.page_digest, repr(reading.article)


@dataclass(frozen=True, slots=True)
class _State:
    at: str
    reading: Reading


class History:
    """The past of one database, article by article."""

    def __init__(self, ask: Ask) -> None:
        """Prepare; the connection gets a temporary table of its own, on the disk."""
        self._ask = ask
        for statement in _PAGE_OF:
            ask(statement, ())

    def answers(self, where: str, *values: object) -> list[Answer]:
        """Give rows of `fetch`, the earliest first."""
        return [Answer(*row) for row in self._ask(f"SELECT {FETCH} FROM fetch WHERE {where}", values)]

    def of_article(self, article_id: int, site: str) -> list[Event]:
        """Give every answer that belongs to an article, with what was read of it: the state that it was in then."""
        answers = self.answers("article_id = ? ORDER BY fetched_at, id", article_id)
        states = self._states(article_id)
        ((read_from, url),) = self._ask("SELECT read_from, url FROM article WHERE id = ?", [article_id])
        events = [self._event(answer, states, read_from, url, site) for answer in answers]
        if any(event.paging for event in events):
            return events
        return events + [_silent(state, read_from, site) for state in _without_answer(states, events)]

    def loose(self, answers: Sequence[Answer]) -> list[Event]:
        """Give answers that belong to no article."""
        return [self._event(answer, [], "", "", answer.site) for answer in answers]

    def _event(self, answer: Answer, states: list[_State], read_from: str, url: str, site: str) -> Event:
        own = url_key(answer.url)
        pages = self._pages(site, own, answer)
        is_read = answer.result in _READ and answer.status != 304
        is_refused = answer.result == "not_article" and answer.error is not None
        if pages is not None and (is_read or answer.result == "page" or is_refused):
            reading, paging = pages
            return Event(answer, reading, paging, answer.error if is_refused else None)
        if not is_read or not states:
            return Event(answer)
        at = max(0, bisect_right(states, answer.fetched_at, key=lambda state: state.at) - 1)
        reading = replace(states[at].reading, fetched_at=answer.fetched_at)
        event = Event(answer, reading, origin=answer.article_id if at == len(states) - 1 else None)
        if answer.url == read_from or standing(read_from, url, event.addresses) != "twin":
            return event
        return Event(answer, _as_twin(reading, own, answer.url, event, url))

    def _states(self, article_id: int) -> list[_State]:
        rows = self._ask(
            "SELECT fetched_at, record, headline, body, page_digest, extractor_version FROM revision "
            "WHERE article_id = ? ORDER BY number",
            [article_id],
        )
        return [
            _State(at, Reading(unpack(record, headline, body), at, digest, version))
            for at, record, headline, body, digest, version in rows
        ]

    def _pages(self, site: str, key: str, answer: Answer) -> tuple[Reading, Paging] | None:
        """Give the reading of a page of a longer article as it was at a moment, and where it stands."""
        rows = self._ask(
            "SELECT first_key, next_url, record, headline, body, page_digest, extractor_version FROM page_of "
            "CROSS JOIN article_page USING (site, first_key, key) "
            "WHERE site = ?1 AND key = ?2 AND fetched_at <= ?3 AND (?4 OR url = ?5) "
            "ORDER BY fetched_at DESC, first_key LIMIT 1",
            [site, key, answer.fetched_at, is_plain(answer.url), answer.url],
        )
        for first_key, next_url, record, headline, body, digest, version in rows:
            first = self._ask(
                "SELECT url FROM article_page WHERE site = ?1 AND first_key = ?2 AND key = ?2 LIMIT 1",
                [site, first_key],
            )
            paging = Paging(first[0][0] if first else f"https://{first_key}", next_url, is_first=first_key == key)
            return Reading(unpack(record, headline, body), answer.fetched_at, digest, version), paging
        return None


def _as_twin(reading: Reading, own: str, address: str, event: Event, url: str) -> Reading:
    """Give the reading of another rendering of an article, of which the database keeps no record of its own."""
    article: Article = reading.article
    if event.addresses.claim is None and own != url_key(url):
        article = replace(article, canonical_url=url)
    return replace(reading, article=article, page_digest=page_digest(address.encode()))


def _without_answer(states: list[_State], events: list[Event]) -> list[_State]:
    """Give the states that no answer speaks of; their pages were received all the same."""
    times = sorted(event.answer.fetched_at for event in events if event.reading)
    ends = [state.at for state in states[1:]] + ["~"]
    return [
        state
        for state, end in zip(states, ends, strict=True)
        if bisect_left(times, state.at) == bisect_left(times, end)
    ]


def _silent(state: _State, read_from: str, site: str) -> Event:
    answer = Answer(
        id=0, url=read_from, requested_url=None, site=site, status=None, fetched_at=state.at, crawl_id=None,
        bytes=None, archive_file=None, archive_offset=None, payload_file=None, error=None, article_id=None,
        result=SILENT,
    )  # fmt: skip
    return Event(answer, state.reading)


def in_time(events: Iterable[Event]) -> list[Event]:
    """Give events in the order in which their answers came, each answer once."""
    found: dict[tuple[str, str, str, int], Event] = {}
    for event in events:
        known = found.get(event.answer.identity)
        found[event.answer.identity] = better(known, event) if known else event
    return [found[identity] for identity in sorted(found)]
