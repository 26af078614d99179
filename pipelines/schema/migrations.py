"""The project's migrations, in order. Each runs once and in a transaction."""

from __future__ import annotations

from pathlib import Path

from sqlite_utils import Database, Migrations

redtop = Migrations("redtop")


@redtop()
def first_tables(db: Database) -> None:
    """Articles and their parts, revisions, copies, stories, crawls, search."""
    for name in ("article", "parts", "revision", "copies", "crawl", "search"):
        _run(db, name)


@redtop()
def health(db: Database) -> None:
    """What each run found at each outlet."""
    db.executescript((Path(__file__).parent / "006" / "health.sql").read_text(encoding="utf-8"))


def _run(db: Database, name: str) -> None:
    db.executescript(Path(__file__).with_name("001").joinpath(f"{name}.sql").read_text(encoding="utf-8"))
