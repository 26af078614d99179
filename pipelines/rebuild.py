"""Computes anew, from the records, what follows from them: agencies, cited outlets, people, copies, stories."""

from __future__ import annotations

from collections.abc import Iterator

from sqlite_utils import Database

from extractors import Article, Citation
from pipelines.agency import credited_agency
from pipelines.cited import cited_site
from pipelines.derive import recognise
from pipelines.record import unpack
from pipelines.template import note_blocks, template_blocks

_DERIVED = (
    "story_outlet", "story_link", "story_sign", "story_key", "article_person", "person_site", "person", "copy_link",
    "article_band", "article_signature", "block_print",
)  # fmt: skip


def rebuild(db: Database) -> int:
    """Compute it all anew; the same comes out as from page after page. Former ids of stories keep leading to them.

    Args:
        db: in a transaction.

    Returns:
        How many articles there are.
    """
    execute = db.conn.execute
    execute("UPDATE article SET story_id = NULL, copy_of = NULL, agency = NULL, agency_by = NULL")
    former = execute("SELECT old_id FROM story_redirect UNION SELECT id FROM story").fetchall()
    for table in ("story_redirect", "story", *_DERIVED):
        execute(f"DELETE FROM {table}")
    for article_id, site, article in _articles(db):
        paragraphs = [block.text for block in article.body]
        note_blocks(db, article_id, site, paragraphs)
        if agency := credited_agency([author.name for author in article.authors], paragraphs):
            execute("UPDATE article SET agency = ?, agency_by = 'credit' WHERE id = ?", [agency, article_id])
    _name_cited(db)
    count = 0
    for article_id, site, article in _articles(db):
        recognise(db, article_id, article, template_blocks(db, site, [block.text for block in article.body]))
        count += 1
    db.conn.executemany(
        "INSERT OR IGNORE INTO story_redirect (old_id, story_id) SELECT id, story_id FROM article "
        "WHERE id = ? AND story_id <> id",
        former,
    )
    return count


def _name_cited(db: Database) -> None:
    """Name the domains of the outlets that are cited."""
    execute = db.conn.execute
    for outlet, url in execute("SELECT DISTINCT outlet, url FROM citation").fetchall():
        execute(
            "UPDATE citation SET cited_site = ?1 WHERE outlet = ?2 AND url IS ?3 AND cited_site IS NOT ?1",
            [cited_site(Citation(outlet=outlet, url=url)), outlet, url],
        )


def _articles(db: Database) -> Iterator[tuple[int, str, Article]]:
    """Give every article with its record, by id."""
    ids = [article_id for (article_id,) in db.conn.execute("SELECT id FROM article ORDER BY id")]
    for article_id in ids:
        site, record, headline, body = db.conn.execute(
            "SELECT article.site, revision.record, revision.headline, revision.body FROM article "
            "JOIN revision ON revision.article_id = article.id WHERE article.id = ? ORDER BY number DESC LIMIT 1",
            [article_id],
        ).fetchone()
        yield article_id, site, unpack(record, headline, body)
