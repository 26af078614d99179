"""Which row an article belongs to: one row an outlet, whatever number of addresses the article has there."""

from __future__ import annotations

from hashlib import blake2b

from sqlite_utils import Database

from extractors import Article
from pipelines.address import Addresses
from pipelines.minhash import jaccard, shingles

ENOUGH = 50
"""Words from which on two pages of one outlet with the same headline and text are one article."""
ALIKE = 0.5
"""Similarity of texts from which on a page is believed to be the twin that it says it is."""


def text_digest(article: Article) -> bytes:
    """Give what two articles share exactly when headline and body are equal."""
    return digest_of(article.headline, article.text)


def digest_of(headline: str | None, body: str) -> bytes:
    """Give the `text_digest` of an article with this headline and body."""
    return blake2b(f"{headline}\n\n{body}".encode("utf-8", "replace"), digest_size=8).digest()


def tells(headline: str | None, body: str) -> bool:
    """Whether headline and body are enough for two pages with the same to be one article."""
    return headline is not None and len(body.split(maxsplit=ENOUGH)) >= ENOUGH


def find_article(db: Database, site: str, addresses: Addresses, article: Article) -> tuple[int | None, Addresses]:
    """Find the row of an article, or None where it is new.

    A page received before at this address is that article, whatever it says today. Else it is the article at the
    address that it names as its own, or that was said to be here, if headline or text agree; outlets that give all
    their pages one canonical address exist, and none of those pages may swallow another. Else it is the article of the
    same outlet with exactly this headline and text.

    Returns:
        The row's id, and the addresses: without a claim that turned out to be wrong.
    """
    own = _known(db, site, addresses.own)
    if own and own[1]:
        return own[0], addresses
    if addresses.claim:
        claimed = _known(db, site, addresses.claim)
        if claimed and (claimed[0] is None or not _alike(db, claimed[0], article)):
            if not claimed[1]:
                _dispute(db, addresses.claim, claimed[0])
            addresses = addresses.without_claim()
        elif claimed:
            return claimed[0], addresses
    if own and own[0] is not None:
        if _alike(db, own[0], article):
            return own[0], addresses
        _dispute(db, addresses.own, own[0])
    return _same_text(db, site, article), addresses


def known_at(db: Database, site: str, key: str) -> int | None:
    """Give the article that was received at this address, if there is one."""
    known = _known(db, site, key)
    return known[0] if known and known[1] else None


def remember(db: Database, article_id: int, addresses: Addresses) -> None:
    """Write down under which addresses an article is found from now on."""
    db.conn.execute(
        "INSERT INTO article_address (key, article_id, fetched) VALUES (?, ?, 1) "
        "ON CONFLICT (key) DO UPDATE SET article_id = excluded.article_id, fetched = 1 "
        "WHERE article_id IS NOT excluded.article_id OR fetched = 0",
        [addresses.own, article_id],
    )
    for key in (addresses.claim, addresses.asked):
        if key:
            db.conn.execute("INSERT OR IGNORE INTO article_address (key, article_id) VALUES (?, ?)", [key, article_id])


def _known(db: Database, site: str, key: str) -> tuple[int | None, bool] | None:
    """Give the article at an address, and whether a page was received there."""
    found = db.conn.execute(
        "SELECT article_id, fetched FROM article_address LEFT JOIN article ON article.id = article_id "
        "WHERE key = ? AND (article_id IS NULL OR site = ?)",
        [key, site],
    ).fetchone()
    return (found[0], bool(found[1])) if found else None


def _alike(db: Database, article_id: int, article: Article) -> bool:
    headline, body = db.conn.execute("SELECT headline, body FROM article WHERE id = ?", [article_id]).fetchone()
    same_headline = headline is not None and headline.casefold() == (article.headline or "").casefold()
    return same_headline or jaccard(shingles(body), shingles(article.text)) >= ALIKE


def _dispute(db: Database, key: str, article_id: int | None) -> None:
    """Take an address from the article that is only said to be there, and give it to nobody."""
    db.conn.execute("UPDATE article_address SET article_id = NULL WHERE key = ?", [key])
    if article_id is not None:
        db.conn.execute("UPDATE article SET url = read_from WHERE id = ?", [article_id])


def _same_text(db: Database, site: str, article: Article) -> int | None:
    if not tells(article.headline, article.text):
        return None
    found = db.conn.execute(
        "SELECT min(id) FROM article WHERE text_digest = ? AND site = ?", [text_digest(article), site]
    ).fetchone()
    return None if found[0] is None else int(found[0])
