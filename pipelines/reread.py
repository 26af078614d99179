"""Today's reading of an archived page in place of an earlier one: a new extraction, not a revision of the article."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, fields

from sqlite_utils import Database

from extractors import Article
from pipelines.address import Addresses
from pipelines.article_row import update_article
from pipelines.derive import derive
from pipelines.features import Features
from pipelines.outcome import WITHHELD
from pipelines.page import ArchivePlace
from pipelines.revisions import Reading, changed_fields, replace_revision, revisions_between, settled

COMPARED = tuple(field.name for field in fields(Article) if field.name not in ("url", "provenance"))
"""Fields of the record in which two readings of one page may differ."""
_TRIES = 4
"""Archived pages that are looked at for the bytes of one state: mostly the newest of its time is the one."""


@dataclass(frozen=True, slots=True)
class State:
    """A state of an article, and where its bytes may lie."""

    number: int
    digest: bytes
    places: tuple[ArchivePlace, ...]
    """The likeliest first."""


def states(db: Database, article_id: int) -> list[State]:
    """Give the states of an article for which pages are archived, oldest first."""
    revisions = db.conn.execute(
        "SELECT number, fetched_at, page_digest FROM revision WHERE article_id = ? ORDER BY number", [article_id]
    ).fetchall()
    pages = db.conn.execute(
        "SELECT fetched_at, archive_file, archive_offset FROM fetch WHERE article_id = ? AND status = 200 "
        "AND result <> 'page' AND archive_file IS NOT NULL ORDER BY fetched_at DESC, id DESC",
        [article_id],
    ).fetchall()
    found = []
    for index, (number, since, digest) in enumerate(revisions):
        until = revisions[index + 1][1] if index + 1 < len(revisions) else None
        earlier = [
            (at, ArchivePlace(file=file, offset=offset)) for at, file, offset in pages if not until or at < until
        ]
        # A state that a further page brought about has the bytes of the first page before it.
        places = [place for at, place in earlier if at >= since] or [place for _, place in earlier]
        if places:
            found.append(State(number, digest, tuple(places[:_TRIES])))
    return found


def places_of(db: Database, url: str) -> list[ArchivePlace]:
    """Give where the pages of an address lie in the archive, the newest first."""
    rows = db.conn.execute(
        "SELECT archive_file, archive_offset FROM fetch WHERE url = ? AND status = 200 AND archive_file IS NOT NULL "
        "ORDER BY fetched_at DESC, id DESC",
        [url],
    )
    return [ArchivePlace(file=file, offset=offset) for file, offset in rows.fetchall()]


@dataclass(frozen=True, slots=True)
class RefusedPage:
    """An archived page that was taken for an article and gave no record."""

    site: str
    crawl_id: int | None
    place: ArchivePlace


def refused_pages(db: Database, only: Collection[str] = ()) -> list[RefusedPage]:
    """Give the archived pages that gave no record, of some outlets or of all.

    Those that did since are left out, and those that their outlet does not want to be kept.
    """
    rows = db.conn.execute(
        "SELECT site, crawl_id, archive_file, archive_offset FROM fetch WHERE article_id IS NULL AND status = 200 "
        "AND archive_file IS NOT NULL AND error NOT LIKE ? || '%' AND NOT EXISTS (SELECT 1 FROM fetch AS later "
        "WHERE later.url = fetch.url AND later.article_id IS NOT NULL AND later.archive_file = fetch.archive_file "
        "AND later.archive_offset = fetch.archive_offset) ORDER BY id",
        [WITHHELD],
    ).fetchall()
    return [
        RefusedPage(site, crawl_id, ArchivePlace(file=file, offset=offset))
        for site, crawl_id, file, offset in rows
        if not only or site in only
    ]


def differing(before: Article, after: Article) -> tuple[str, ...]:
    """Name the fields of the record in which two readings differ."""
    return tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))


def reread(
    db: Database, article_id: int, number: int, article: Article, version: str, features: Features | None = None
) -> tuple[str, ...]:
    """Put a new reading of a state's page in place of the old one; give the fields that differ.

    The state keeps its number and its times, the article its id, its address and its history. Doing it again changes
    nothing. Inside the caller's transaction.

    Args:
        db: open for writing.
        article_id: of the article.
        number: of the state.
        article: what was read now.
        version: of the program that read it.
        features: of what was read, where they are known.
    """
    known = revisions_between(db, article_id, number - 1, number + 1)
    old = known.get(number)
    if old is None:
        return ()
    article = settled(old.article, article)
    different = differing(old.article, article)
    if not different and old.extractor_version == version and old.article == article:
        return ()
    reading = Reading(article, old.fetched_at, old.page_digest, version)
    replace_revision(db, old, reading)
    articles = {state.number: state.article for state in known.values()} | {number: article}
    for later in (number, number + 1):
        if later - 1 in articles and later in articles:
            db.conn.execute(
                "UPDATE revision SET changed = ? WHERE article_id = ? AND number = ?",
                [json.dumps(changed_fields(articles[later - 1], articles[later])), article_id, later],
            )
    site, url, read, last = db.conn.execute(
        "SELECT site, url, read_from, revisions FROM article WHERE id = ?", [article_id]
    ).fetchone()
    if number == last:
        update_article(db, article_id, site, Addresses(read=read, own="", claim=None, url=url, asked=None), reading)
        derive(db, article_id, article, old.article, features)
    return different
