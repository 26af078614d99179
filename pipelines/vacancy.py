"""Rows of articles that are written anew from their pages: their ids stay, the history begins again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlite_utils import Database

from extractors import Article
from extractors.people import Cast
from pipelines.address import Addresses
from pipelines.article_row import update_article
from pipelines.dedupe import link_copies
from pipelines.derive import recognise_again
from pipelines.parts import delete_parts
from pipelines.people import write_people
from pipelines.precedence import in_order
from pipelines.revisions import Reading, last_revision
from pipelines.stories.link import link_story
from pipelines.stories.signs import Signs
from pipelines.template import note_blocks


@dataclass(slots=True)
class Vacancies:
    """Rows that wait for their articles."""

    by_key: Mapping[str, int]
    """The row of each address at which a page of it was received."""
    taken: set[int] = field(default_factory=set)

    def take(self, key: str) -> int | None:
        """Give the row that an article with a page at this address had; None where it had none, or it is taken."""
        row = self.by_key.get(key)
        if row is None or row in self.taken:
            return None
        self.taken.add(row)
        return row

    @property
    def left(self) -> list[int]:
        """The rows that nobody has taken."""
        return sorted(set(self.by_key.values()) - self.taken)


def vacate(db: Database, ids: Iterable[int]) -> Vacancies:
    """Take articles out of what pages are recognised by, until `refill` writes them anew or `remove` ends them."""
    keys: dict[str, int] = {}
    for article_id in ids:
        sql = "SELECT key FROM article_address WHERE article_id = ? AND fetched = 1"
        own = [key for (key,) in db.conn.execute(sql, [article_id])]
        if not own:  # nothing could find it again
            continue
        keys.update((key, article_id) for key in own)
        db.conn.execute("DELETE FROM article_address WHERE article_id = ?", [article_id])
        db.conn.execute("UPDATE article SET text_digest = x'' WHERE id = ?", [article_id])
    return Vacancies(keys)


def refill(db: Database, article_id: int, site: str, addresses: Addresses, reading: Reading) -> Article:
    """Write the first page of an article into a vacant row, as yet without a revision; give the record it had."""
    former = last_revision(db, article_id).article
    db.conn.execute("DELETE FROM revision WHERE article_id = ?", [article_id])
    db.conn.execute(
        "UPDATE article SET first_seen = ?1, last_fetched = ?1, gone_at = NULL, revisions = 0 WHERE id = ?2",
        [reading.fetched_at, article_id],
    )
    update_article(db, article_id, site, addresses, reading)
    return former


def remove(db: Database, article_id: int, heir: int | None) -> None:
    """Take away a row whose pages are another article's; the researcher's codes go over to that one.

    Args:
        db: in a transaction.
        article_id: of the row.
        heir: the other article; None where the pages are no article's.
    """
    execute = db.conn.execute
    record = last_revision(db, article_id).article
    (site,) = execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    noted = note_blocks(db, article_id, site, [], [block.text for block in record.body])
    write_people(db, article_id, Cast((), ()))
    (copy,) = in_order(db, [article_id])
    link_copies(db, article_id, copy.moment, "", None)
    link_story(db, copy, Signs(), {})
    sql = "UPDATE OR IGNORE annotation SET article_id = ?1 WHERE article_id = ?2 AND ?1 IS NOT NULL"
    execute(sql, [heir, article_id])
    execute("UPDATE fetch SET article_id = ? WHERE article_id = ?", [heir, article_id])
    _lead_on(db, article_id, heir)
    execute("UPDATE article SET story_id = NULL WHERE id = ?", [article_id])
    execute("DELETE FROM story WHERE id = ?", [article_id])
    delete_parts(db, article_id)
    for table in ("story_sign", "annotation", "revision", "article_address"):
        execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])
    execute("DELETE FROM article WHERE id = ?", [article_id])
    recognise_again(db, site, noted.affected)


def _lead_on(db: Database, story: int, heir: int | None) -> None:
    """Let the id of a story that ends lead to that of another article."""
    execute = db.conn.execute
    if heir is None:
        execute("DELETE FROM story_redirect WHERE story_id = ?", [story])
        return
    (other,) = execute("SELECT story_id FROM article WHERE id = ?", [heir]).fetchone()
    execute("UPDATE story_redirect SET story_id = ? WHERE story_id = ?", [other, story])
    execute("INSERT OR REPLACE INTO story_redirect (old_id, story_id) VALUES (?, ?)", [story, other])
