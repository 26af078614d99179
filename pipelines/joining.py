"""Pages of one article as they come, and the article as their join."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlite_utils import Database

from extractors import Article
from extractors.address import url_key
from extractors.join import adds, continues
from extractors.paging import Paging
from pipelines.address import Addresses, is_plain
from pipelines.article_row import update_article
from pipelines.derive import derive
from pipelines.features import Features
from pipelines.identity import known_at
from pipelines.outcome import Outcome
from pipelines.pages import Chain, chain, is_paged, keep_page
from pipelines.reread import reread
from pipelines.revisions import Reading, add_revision, changed_fields, last_revision, revisions_between, revisions_of


@dataclass(frozen=True, slots=True)
class Further:
    """What became of a page that is not the first of its article."""

    article_id: int | None
    """None while the first one is not known."""
    wanted: str | None
    """The address of a page of the article that was never received."""
    is_idle: bool = False
    """Whether it adds nothing to the article."""


def take_further_page(db: Database, outcome: Outcome, reading: Reading) -> Further | None:
    """Join a page to the article that it continues; None where it is an article of its own after all.

    It is one where its first page has another headline, or does not lead to it.
    """
    paging, site = outcome.paging, outcome.site
    if paging is None or paging.is_first:
        return None
    first_key = url_key(paging.first)
    kept = keep_page(db, site, outcome.page.url, paging, reading)
    article_id = known_at(db, site, first_key)
    if article_id is None:
        return Further(None, paging.first)
    known = chain(db, site, first_key)
    if known is None or not _belongs(known, outcome.page.url, reading.article):
        return None
    if kept == "changed":
        _revise(db, article_id, known, reading)
    else:
        rejoin(db, article_id, site, first_key)
    is_idle = known.missing is None and not _is_reached(known, outcome.page.url)
    return Further(article_id, known.missing, is_idle)


def with_further_pages(db: Database, outcome: Outcome, reading: Reading) -> tuple[Outcome, Reading, str | None]:
    """Join what is known of an article's further pages to its first one; give the address of a page that is missing."""
    url, site = outcome.page.url, outcome.site
    first_key = url_key(url)
    paging = outcome.paging
    if paging is None or not paging.is_first or url_key(paging.first) != first_key:
        if not is_paged(db, site, first_key):
            return outcome, reading, None
        paging = Paging(url, None, is_first=True)
    if outcome.paging is not None or is_plain(url):
        keep_page(db, site, url, paging, reading)
    known = chain(db, site, first_key, before=reading.fetched_at + "~")
    if known is None:
        return outcome, reading, None
    previous = outcome.previous and known.joined(outcome.previous)
    reading = replace(reading, article=known.joined(reading.article))
    return replace(outcome, article=reading.article, previous=previous), reading, known.missing


def rejoin(db: Database, article_id: int, site: str, first_key: str) -> None:
    """Make every state of an article anew of its pages as they were then; a state before there were any stays."""
    for state in revisions_of(db, article_id):
        if known := _pages_then(db, article_id, state.number, site, first_key):
            reread(db, article_id, state.number, known.joined(), state.extractor_version)


def reread_joined(
    db: Database,
    article_id: int,
    number: int,
    article: Article,
    paging: Paging | None,
    url: str,
    version: str,
    features: Features | None = None,
) -> tuple[str, ...]:
    """Put a new reading of a state's first page in place of the old one, joined to the others; see `reread`.

    Args:
        db: open for writing.
        article_id: of the article.
        number: of the state.
        article: what was read now of the page alone.
        paging: where it says that it stands.
        url: of the page.
        version: of the program that read it.
        features: of what was read, where they are known.
    """
    state = revisions_between(db, article_id, number, number).get(number)
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    if state is not None and (paging is not None or is_paged(db, site, url_key(url))):
        reading = Reading(article, state.fetched_at, state.page_digest, version)
        keep_page(db, site, url, paging or Paging(url, None, is_first=True), reading)
        if paging is not None and not paging.is_first:  # an article of its own to an earlier program
            first = known_at(db, site, url_key(paging.first))
            if first is not None:
                rejoin(db, first, site, url_key(paging.first))
    return reread(db, article_id, number, joined_then(db, article_id, number, article, url), version, features)


def joined_then(db: Database, article_id: int, number: int, article: Article, url: str) -> Article:
    """Join a reading of the first page to the further pages as they were in a state of the article."""
    (site,) = db.conn.execute("SELECT site FROM article WHERE id = ?", [article_id]).fetchone()
    known = _pages_then(db, article_id, number, site, url_key(url))
    return known.joined(article) if known else article


def _pages_then(db: Database, article_id: int, number: int, site: str, first_key: str) -> Chain | None:
    """Give the pages of an article in one of its states; None where there were not several then."""
    following = revisions_between(db, article_id, number + 1, number + 1).get(number + 1)
    until = following.fetched_at if following else None
    known = chain(db, site, first_key, before=until)
    return None if known is None or (until is not None and known.pages[0].fetched_at >= until) else known


def _belongs(known: Chain, url: str, article: Article) -> bool:
    articles = [page.article for page in known.pages]
    if not continues(articles[0], article):
        return False
    return _is_reached(known, url) or known.missing is not None or not adds(articles, article)


def _is_reached(known: Chain, url: str) -> bool:
    return any(page.key == url_key(url) for page in known.pages)


def _revise(db: Database, article_id: int, known: Chain, reading: Reading) -> None:
    """Write a new state of an article of which a further page has changed, unless it reads as before."""
    last = last_revision(db, article_id)
    joined = replace(reading, article=known.joined(), page_digest=last.page_digest)
    changed = changed_fields(last.article, joined.article)
    if not changed:
        reread(db, article_id, last.number, joined.article, last.extractor_version)
        return
    add_revision(db, article_id, last.number + 1, joined, changed)
    site, url, read = db.conn.execute("SELECT site, url, read_from FROM article WHERE id = ?", [article_id]).fetchone()
    update_article(db, article_id, site, Addresses(read=read, own="", claim=None, url=url, asked=None), joined)
    derive(db, article_id, joined.article, last.article)
