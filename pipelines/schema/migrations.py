"""The project's migrations, in order. Each runs once and in a transaction."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

redtop = Migrations("redtop")


@redtop()
def first_tables(db: Database) -> None:
    """Articles and their parts, revisions, copies, stories, crawls, search."""
    for name in ("article", "parts", "revision", "copies", "crawl", "search"):
        _run(db, "001", name)


@redtop()
def stories(db: Database) -> None:
    """Agencies, stories, people; `open_writer` fills them for the articles that are there."""
    for name in ("agency", "template", "stories", "people"):
        _run(db, "002", name)


@redtop()
def study(db: Database) -> None:
    """Codes of the researcher's own, quotations of earlier states."""
    for name in ("annotation", "revision_quote"):
        _run(db, "003", name)


@redtop()
def summaries(db: Database) -> None:
    """Counts by day and month, copies with both times, and indexes, for the questions of data/queries."""
    for name in ("days", "months", "copies", "people", "indexes"):
        _run(db, "004", name)


@redtop()
def facets(db: Database) -> None:
    """Indexes on what articles and quotations are counted by."""
    _run(db, "005", "facets")


@redtop()
def health(db: Database) -> None:
    """What each run found at each outlet."""
    _run(db, "006", "health")


@redtop()
def periods(db: Database) -> None:
    """What brings articles together, by period of publication; `open_writer` computes it for the articles there are."""
    _run(db, "007", "periods")


@redtop()
def pages(db: Database) -> None:
    """Articles that stand on several pages."""
    _run(db, "008", "pages")


@redtop()
def revisits(db: Database) -> None:
    """Pages that came as they were before, archived without their bytes."""
    _run(db, "009", "revisits")


def _run(db: Database, number: str, name: str) -> None:
    db.executescript((Path(__file__).parent / number / f"{name}.sql").read_text(encoding="utf-8"))
