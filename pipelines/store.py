"""Writing: what became of a page, as rows, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from sqlite_utils import Database

from extractors.serial import iso
from pipelines.address import Addresses, addresses_of, standing
from pipelines.article_row import insert_article, touch_article, update_article
from pipelines.database import savepoint
from pipelines.derive import derive
from pipelines.fetches import insert_fetch
from pipelines.identity import find_article, known_at, remember
from pipelines.joining import take_further_page, with_further_pages
from pipelines.outcome import Outcome
from pipelines.record import whole_characters
from pipelines.revisions import (
    Reading,
    add_revision,
    changed_fields,
    insert_older,
    last_revision,
    page_digest,
    replace_revision,
    settled,
)
from pipelines.vacancy import Vacancies, refill
from pipelines.version import program_version

State = Literal["new", "changed", "unchanged", "page", "not_article", "gone", "failed"]
_GONE = (404, 410)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a page did to the database."""

    state: State
    """`new`: an article seen for the first time; `changed`: a new revision of a known one; `unchanged`: no new
    revision, though other fields may have been brought up to date; `page`: a page of an article but its first, which is
    joined to it where it is known; `gone`: 404 or 410 at a known article's address;
    `failed`: an error; `not_article`: anything else."""
    fetch_id: int
    article_id: int | None = None
    revision: int | None = None
    """The number of the article's present revision."""
    wanted: str | None = None
    """The address of a page of the same article that was never received."""
    is_idle: bool = False
    """Whether it is a page of an article and adds nothing to it."""


def write_outcome(db: Database, outcome: Outcome) -> Stored:
    """Store a page and what was understood of it: all of it, or nothing where an exception leaves this function.

    Writing the same page again adds only a row of `fetch`. The caller holds the transaction; nothing is committed here.
    """
    try:
        return _write(db, outcome)
    except UnicodeEncodeError:
        # Half a surrogate pair, as broken JSON-LD has them, is no character that a file can hold.
        if outcome.article is None:
            raise
        return _write(db, replace(outcome, article=whole_characters(outcome.article)))


def write_outcomes(db: Database, outcomes: Iterable[Outcome]) -> list[Stored]:
    """Store several pages, in order."""
    return [write_outcome(db, outcome) for outcome in outcomes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What a page did to the articles, before its answer is written down."""

    state: State
    article_id: int | None = None
    revision: int | None = None
    wanted: str | None = None
    is_idle: bool = False


def place(
    db: Database,
    outcome: Outcome,
    reading: Reading | None,
    vacant: Vacancies | None = None,
) -> Placed:
    """Bring the articles up to date with a page; the row of its answer is the caller's.

    Args:
        db: in a transaction.
        outcome: the page.
        reading: what was read of it; None of a page that gave no record.
        vacant: rows that wait for their articles to be written anew; see `pipelines.vacancy`.
    """
    addresses = addresses_of(outcome)
    if reading is None:
        state, article_id = _without_article(db, outcome, addresses)
        return Placed(state=state, article_id=article_id)
    further = take_further_page(db, outcome, reading)
    if further is not None:
        return Placed(state="page", article_id=further.article_id, wanted=further.wanted, is_idle=further.is_idle)
    if outcome.refused:
        state, article_id = _without_article(db, outcome, addresses)
        return Placed(state=state, article_id=article_id)
    outcome, reading, wanted = with_further_pages(db, outcome, reading)
    state, article_id, number = _with_article(db, outcome, reading, addresses, vacant)
    return Placed(state=state, article_id=article_id, revision=number, wanted=wanted)


def _write(db: Database, outcome: Outcome) -> Stored:
    with savepoint(db):
        placed = place(db, outcome, _reading(outcome))
        if outcome.refused and placed.revision is None and placed.state != "page":
            outcome = replace(outcome, article=None, error=outcome.refused)
        fetch_id = insert_fetch(db, outcome, placed.article_id, placed.state)
    return Stored(
        state=placed.state, fetch_id=fetch_id, article_id=placed.article_id, revision=placed.revision,
        wanted=placed.wanted, is_idle=placed.is_idle,
    )  # fmt: skip


def _reading(outcome: Outcome) -> Reading | None:
    if outcome.article is None:
        return None
    return Reading(
        article=outcome.article,
        fetched_at=iso(outcome.page.fetched_at),
        page_digest=page_digest(outcome.page.body),
        extractor_version=outcome.extractor_version or program_version(),
    )


def _without_article(db: Database, outcome: Outcome, addresses: Addresses) -> tuple[State, int | None]:
    """Store an answer that holds no article: gone, not modified, an error, another kind of page."""
    page = outcome.page
    known = known_at(db, outcome.site, addresses.own)
    if known is None and addresses.asked:
        known = known_at(db, outcome.site, addresses.asked)
    at = iso(page.fetched_at)
    if known is not None and page.status in _GONE:
        read, url = db.conn.execute("SELECT read_from, url FROM article WHERE id = ?", [known]).fetchone()
        if addresses.asked or standing(read, url, addresses) != "twin":
            db.conn.execute(
                "UPDATE article SET gone_at = ? WHERE id = ? AND gone_at IS NULL AND last_fetched <= ?", [at, known, at]
            )
            return "gone", known
    if known is not None and page.status == 304:
        db.conn.execute("UPDATE article SET last_fetched = max(last_fetched, ?) WHERE id = ?", [at, known])
        return "unchanged", known
    return ("failed" if page.status >= 400 or not page.status else "not_article"), known


def _with_article(
    db: Database,
    outcome: Outcome,
    reading: Reading,
    addresses: Addresses,
    vacant: Vacancies | None,
) -> tuple[State, int, int]:
    article_id, addresses = find_article(db, outcome.site, addresses, reading.article)
    if article_id is None:
        former = None
        if vacant is not None and (row := vacant.take(addresses.own)) is not None:
            article_id, former = row, refill(db, row, outcome.site, addresses, reading)
        else:
            article_id = insert_article(db, outcome.site, addresses, reading)
        add_revision(db, article_id, 1, reading, ())
        derive(db, article_id, reading.article, former, outcome.features)
        remember(db, article_id, addresses)
        return "new", article_id, 1
    remember(db, article_id, addresses)
    state, number = _revisit(db, article_id, outcome, reading, addresses)
    return state, article_id, number


def _revisit(
    db: Database, article_id: int, outcome: Outcome, reading: Reading, addresses: Addresses
) -> tuple[State, int]:
    """Bring a known article up to date with a page of it."""
    read, url, first_seen, last_fetched, gone_at = db.conn.execute(
        "SELECT read_from, url, first_seen, last_fetched, gone_at FROM article WHERE id = ?", [article_id]
    ).fetchone()
    last = last_revision(db, article_id)
    touch_article(db, article_id, reading.fetched_at)
    if reading.fetched_at < first_seen:
        derive(db, article_id, last.article, last.article)
    stands = "same" if gone_at else standing(read, url, addresses)
    same_bytes = last.page_digest == reading.page_digest
    is_read = same_bytes and last.extractor_version == reading.extractor_version and stands != "better"
    if stands == "twin" or is_read:
        return "unchanged", last.number
    if reading.fetched_at < last_fetched and not same_bytes and stands == "same":
        return _older(db, article_id, reading)
    reading = replace(reading, article=settled(last.article, reading.article))
    changed: tuple[str, ...] = ()
    if stands == "same" and not same_bytes:
        changed = changed_fields(outcome.previous or last.article, reading.article)
    if changed:
        add_revision(db, article_id, last.number + 1, reading, changed)
    else:
        replace_revision(db, last, reading)
    if changed or reading.article != last.article or addresses.read != read:
        update_article(db, article_id, outcome.site, addresses, reading)
        derive(db, article_id, reading.article, last.article, outcome.features)
    return ("changed", last.number + 1) if changed else ("unchanged", last.number)


def _older(db: Database, article_id: int, reading: Reading) -> tuple[State, int]:
    """Take in a page that is older than the last one received: from an archive, or from another machine's crawl."""
    added = insert_older(db, article_id, reading)
    number = last_revision(db, article_id).number
    return ("changed" if added else "unchanged"), number
