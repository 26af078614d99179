"""The row of `article` and the rows of its parts."""

from __future__ import annotations

import json

from sqlite_utils import Database

from pipelines.address import Addresses
from pipelines.agency import credited_agency
from pipelines.identity import digest_of
from pipelines.parts import delete_parts, write_parts
from pipelines.revisions import Reading
from pipelines.times import moment_of

_COLUMNS = (
    "url,read_from,headline,dek,authors,published,published_precision,published_local,modified,section,tags,language,"
    "access,body,words,text_digest,extractor_version,provenance,agency,agency_by"
)
_PLACES = ",".join("?" * len(_COLUMNS.split(",")))


def insert_article(db: Database, site: str, addresses: Addresses, reading: Reading) -> int:
    """Write a new article with all its parts, as yet without a revision; give its id."""
    (article_id,) = db.conn.execute(
        f"INSERT INTO article (site, first_seen, last_fetched, revisions, {_COLUMNS}) VALUES (?, ?, ?, 0, {_PLACES}) "
        "RETURNING id",
        [site, reading.fetched_at, reading.fetched_at, *_values(addresses, reading)],
    ).fetchone()
    write_parts(db, article_id, reading.article, site)
    return int(article_id)


def update_article(db: Database, article_id: int, site: str, addresses: Addresses, reading: Reading) -> None:
    """Write a known article and all its parts anew, its id and history left as they are."""
    db.conn.execute(
        f"UPDATE article SET ({_COLUMNS}) = ({_PLACES}) WHERE id = ?", [*_values(addresses, reading), article_id]
    )
    delete_parts(db, article_id)
    write_parts(db, article_id, reading.article, site)


def touch_article(db: Database, article_id: int, at: str) -> None:
    """Note that a page of the article was received: it is there, and was there at that time."""
    db.conn.execute(
        "UPDATE article SET first_seen = min(first_seen, ?1), last_fetched = max(last_fetched, ?1), "
        "gone_at = CASE WHEN gone_at > ?1 THEN gone_at END WHERE id = ?2",
        [at, article_id],
    )


def _values(addresses: Addresses, reading: Reading) -> list[object]:
    article, text = reading.article, reading.article.text
    published, precision, local = moment_of(article.published)
    authors = [author.name for author in article.authors]
    agency = credited_agency(authors, [block.text for block in article.body])
    return [
        addresses.url,
        addresses.read,
        article.headline,
        article.dek,
        _json(authors),
        published,
        precision,
        local,
        moment_of(article.modified).value,
        article.section,
        _json(article.tags),
        article.language,
        article.access,
        text,
        len(text.split()),
        digest_of(article.headline, text),
        reading.extractor_version,
        _json(dict(article.provenance)),
        agency,
        "credit" if agency else None,
    ]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
