"""What the database knows of an article beyond its record: people, template text, copies, agency, story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlite_utils import Database

from extractors import Article
from extractors.people import Cast, Named, find_people
from pipelines.dedupe import link_copies
from pipelines.people import write_people
from pipelines.precedence import in_order
from pipelines.revisions import last_revision
from pipelines.stories import Signs, link_story, signs_of
from pipelines.template import note_blocks, own_text, template_blocks


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a database recognised an article by; it holds wherever the same blocks are template text."""

    people: tuple[Named, ...]
    signs: Signs
    template: frozenset[int]
    """Positions of the blocks that were template text there."""


def recognised(db: Database, article_id: int, site: str, article: Article) -> Recognised | None:
    """Give what an article was recognised by in a database, where `article` is the record that it has there."""
    told = db.conn.execute("SELECT signs FROM story_sign WHERE article_id = ?", [article_id]).fetchone()
    if told is None:
        return None
    people = db.conn.execute(
        "SELECT name, quotes, mentions, in_headline, tagged FROM article_person WHERE article_id = ?", [article_id]
    )
    named = tuple(
        Named(name=name, quotes=quotes, mentions=mentions, in_headline=bool(headed), tagged=bool(tagged))
        for name, quotes, mentions, headed, tagged in people
    )
    template = template_blocks(db, site, [block.text for block in article.body])
    return Recognised(named, Signs.from_json(told[0]), template)


def derive(
    db: Database,
    article_id: int,
    article: Article,
    before: Article | None = None,
    *,
    cast: Cast | None = None,
    known: Recognised | None = None,
) -> None:
    """Bring everything up to date that follows from an article, for it and for all others.

    Args:
        db: in a transaction.
        article_id: of the article, whose row and parts are written.
        article: its record.
        before: the record that stood in the row until now; None of a new article.
        cast: of the article, where it is known; None: it is looked for.
        known: what another database recognised the article by, if one did.
    """
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    paragraphs = [block.text for block in article.body]
    former = [block.text for block in before.body] if before else []
    noted = note_blocks(db, article_id, site, paragraphs, former)
    recognise(db, article_id, article, noted.template, cast, known)
    recognise_again(db, site, noted.affected)


def recognise_again(db: Database, site: str, ids: Iterable[int]) -> None:
    """Bring articles of an outlet up to date for which a paragraph has become template text, or has ceased to be."""
    for other in sorted(ids):
        record = last_revision(db, other).article
        recognise(db, other, record, template_blocks(db, site, [block.text for block in record.body]))


def recognise(
    db: Database,
    article_id: int,
    article: Article,
    template: frozenset[int],
    cast: Cast | None = None,
    known: Recognised | None = None,
) -> None:
    """Find an article's people, copies and story; `template` are the positions of its template text."""
    paragraphs = [block.text for block in article.body]
    if known is not None and known.template == template:
        cast, signs = Cast(known.people, ()), known.signs
    else:
        cast = cast or find_people(article)
        signs = signs_of(article, cast, template)
    write_people(db, article_id, cast)
    (copy,) = in_order(db, [article_id])
    copies = link_copies(db, article_id, copy.moment, own_text(paragraphs, template))
    link_story(db, copy, signs, copies)
