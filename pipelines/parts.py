"""The rows that an article consists of: blocks, byline, quotes, embeds, images, citations, dates."""

from __future__ import annotations

import json

from sqlite_utils import Database

from extractors import Article, Author, Quote
from pipelines.cited import cited_site
from pipelines.rows import insert_rows
from pipelines.times import moment_of

_TABLES = ("block", "article_author", "quote", "embed", "image", "citation", "date_mention")


def delete_parts(db: Database, article_id: int) -> None:
    """Take away every part of an article, so that it can be written anew."""
    for table in _TABLES:
        db.conn.execute(f"DELETE FROM {table} WHERE article_id = ?", [article_id])


def write_parts(db: Database, article_id: int, article: Article, site: str) -> None:
    """Write every part of an article that has none yet."""
    insert_rows(
        db,
        "block",
        "article_id,position,kind,level,text,published",
        [
            (article_id, position, block.kind, block.level, block.text, moment_of(block.published).value)
            for position, block in enumerate(article.body)
        ],
    )
    insert_rows(
        db,
        "article_author",
        "article_id,position,author_id,url",
        [(article_id, position, _author_id(db, author), author.url) for position, author in enumerate(article.authors)],
    )
    _write_quotes(db, article_id, article, site)
    _write_pictures_and_posts(db, article_id, article)
    _write_spans(db, article_id, article)


def _author_id(db: Database, author: Author) -> int:
    values = [author.name, author.kind]
    found = db.conn.execute("SELECT id FROM author WHERE name = ? AND kind = ?", values).fetchone()
    if not found:
        found = db.conn.execute("INSERT INTO author (name, kind) VALUES (?, ?) RETURNING id", values).fetchone()
    return int(found[0])


def _write_quotes(db: Database, article_id: int, article: Article, site: str) -> None:
    published = moment_of(article.published).value
    insert_rows(
        db,
        "quote",
        "article_id,position,text,speaker,speaker_kind,speakers,principal,mention,cue,continues,block,start_char,end_char,"
        "published,site",
        [
            (
                article_id, position, quote.text, quote.speaker, quote.speaker_kind, _several(quote), quote.principal,
                quote.mention, quote.cue, quote.continues, quote.block, quote.start, quote.end, published, site,
            )
            for position, quote in enumerate(article.quotes)
        ],
    )  # fmt: skip


def _several(quote: Quote) -> str | None:
    return json.dumps(quote.speakers, ensure_ascii=False) if len(quote.speakers) > 1 else None


def _write_pictures_and_posts(db: Database, article_id: int, article: Article) -> None:
    insert_rows(
        db,
        "embed",
        "article_id,provider,kind,url,embed_id,author,text,position,after_block",
        [
            (
                article_id, embed.provider, embed.kind, embed.url, embed.id, embed.author, embed.text, position,
                embed.after_block,
            )
            for position, embed in enumerate(article.embeds)
        ],
    )  # fmt: skip
    insert_rows(
        db,
        "image",
        "article_id,url,caption,credit,alt,lead,position,after_block",
        [
            (
                article_id, image.url, image.caption, image.credit, image.alt, image.lead, position, image.after_block,
            )
            for position, image in enumerate(article.images)
        ],
    )  # fmt: skip


def _write_spans(db: Database, article_id: int, article: Article) -> None:
    insert_rows(
        db,
        "citation",
        "article_id,outlet,cited_site,url,block,start_char,end_char",
        [
            (article_id, item.outlet, cited_site(item), item.url, item.block, item.start, item.end)
            for item in article.citations
        ],
    )
    insert_rows(
        db,
        "date_mention",
        "article_id,text,value,precision,block,start_char,end_char",
        [
            (article_id, item.text, item.value, item.precision, item.block, item.start, item.end)
            for item in article.date_mentions
        ],
    )
