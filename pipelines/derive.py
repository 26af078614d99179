"""What the database knows of an article beyond its record: people, template text, copies, agency, story."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from extractors import Article
from extractors.people import Cast, find_people
from pipelines.dedupe import link_copies
from pipelines.people import write_people
from pipelines.precedence import in_order
from pipelines.revisions import last_revision
from pipelines.stories import link_story, signs_of
from pipelines.template import note_blocks, own_text, template_blocks


def derive(
    db: Database, article_id: int, article: Article, before: Article | None = None, *, cast: Cast | None = None
) -> None:
    """Bring everything up to date that follows from an article, for it and for all others.

    Args:
        db: in a transaction.
        article_id: of the article, whose row and parts are written.
        article: its record.
        before: the record that stood in the row until now; None of a new article.
        cast: of the article, where it is known; None: it is looked for.
    """
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    paragraphs = [block.text for block in article.body]
    former = [block.text for block in before.body] if before else []
    noted = note_blocks(db, article_id, site, paragraphs, former)
    recognise(db, article_id, article, noted.template, cast)
    recognise_again(db, site, noted.affected)


def recognise_again(db: Database, site: str, ids: Iterable[int]) -> None:
    """Bring articles of an outlet up to date for which a paragraph has become template text, or has ceased to be."""
    for other in sorted(ids):
        record = last_revision(db, other).article
        recognise(db, other, record, template_blocks(db, site, [block.text for block in record.body]))


def recognise(
    db: Database, article_id: int, article: Article, template: frozenset[int], cast: Cast | None = None
) -> None:
    """Find an article's people, copies and story; `template` are the positions of its template text."""
    paragraphs = [block.text for block in article.body]
    cast = cast or find_people(article)
    write_people(db, article_id, cast)
    (copy,) = in_order(db, [article_id])
    copies = link_copies(db, article_id, copy.moment, own_text(paragraphs, template))
    link_story(db, copy, signs_of(article, cast, template), copies)
