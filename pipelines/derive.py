"""What the database knows of an article beyond its record: people, template text, copies, agency, story."""

from __future__ import annotations

from collections.abc import Iterable

from sqlite_utils import Database

from extractors import Article
from extractors.people import Cast, Named
from pipelines.dedupe import link_copies
from pipelines.features import Features, features_of, own_text
from pipelines.people import write_people
from pipelines.precedence import in_order
from pipelines.revisions import last_revision
from pipelines.stories.link import link_story
from pipelines.stories.signs import Signs
from pipelines.template import note_blocks, template_blocks


def stored_features(db: Database, article_id: int, site: str, article: Article) -> Features | None:
    """Give what an article was recognised by in a database, where `article` is the record that it has there."""
    told = db.conn.execute(
        "SELECT signs, signature FROM story_sign LEFT JOIN article_signature USING (article_id) WHERE article_id = ?",
        [article_id],
    ).fetchone()
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
    return Features(article, Cast(named, ()), Signs.from_json(told[0]), told[1], template, is_whole=False)


def derive(
    db: Database,
    article_id: int,
    article: Article,
    before: Article | None = None,
    known: Features | None = None,
) -> None:
    """Bring everything up to date that follows from an article, for it and for all others.

    Args:
        db: in a transaction.
        article_id: of the article, whose row and parts are written.
        article: its record.
        before: the record that stood in the row until now; None of a new article.
        known: what the article is recognised by, where whoever read it, or another database, has found that.
    """
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    paragraphs = [block.text for block in article.body]
    former = [block.text for block in before.body] if before else []
    noted = note_blocks(db, article_id, site, paragraphs, former)
    recognise(db, article_id, article, noted.template, known)
    recognise_again(db, site, noted.affected)


def recognise_again(db: Database, site: str, ids: Iterable[int]) -> None:
    """Bring articles of an outlet up to date for which a paragraph has become template text, or has ceased to be."""
    for other in sorted(ids):
        record = last_revision(db, other).article
        recognise(db, other, record, template_blocks(db, site, [block.text for block in record.body]))


def recognise(
    db: Database, article_id: int, article: Article, template: frozenset[int], known: Features | None = None
) -> None:
    """Find an article's people, copies and story; `template` are the positions of its template text."""
    features = features_of(article, template, known)
    write_people(db, article_id, features.cast)
    (copy,) = in_order(db, [article_id])
    text = own_text([block.text for block in article.body], template)
    copies = link_copies(db, article_id, copy.moment, text, features.signature)
    link_story(db, copy, features.signs, copies)
