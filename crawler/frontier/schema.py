"""The frontier's tables, in the same file as the articles, so that one transaction reaches both."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

frontier = Migrations("redtop.frontier")

_HOST = """
CREATE TABLE frontier_host (
    host TEXT PRIMARY KEY,              -- name, with the port where it is not the scheme's own
    owner TEXT,                         -- the process that asks it: boot/namespace/pid/start; NULL: nobody
    lease_until REAL,                   -- seconds since 1970; past it a silent owner has lost the host
    next_request_at REAL NOT NULL DEFAULT 0,
    robots TEXT,                        -- text of its robots.txt; NULL: never had; '' allows everything
    robots_at REAL
) STRICT
"""
_URL = """
CREATE TABLE frontier_url (
    url_key TEXT PRIMARY KEY,           -- addresses of one page share it
    url TEXT NOT NULL,                  -- as it is asked
    site TEXT NOT NULL,
    host TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('robots', 'sitemap', 'feed', 'section', 'article')),
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'gave_up')),
    due_at REAL,                        -- seconds since 1970; NULL: not before it is listed again
    priority REAL NOT NULL DEFAULT 0,   -- of two due ones the higher first: the time of the page, where it is known
    attempts INTEGER NOT NULL DEFAULT 0,-- since the last success
    visits INTEGER NOT NULL DEFAULT 0,  -- successes
    reason TEXT,                        -- of the last failure
    lastmod REAL,                       -- newest change that a listing told
    etag TEXT,
    last_modified TEXT,                 -- stored and sent together with etag, from one answer
    came_from TEXT,                     -- the address that listed it or redirected to it; NULL: the site's file
    hops INTEGER NOT NULL DEFAULT 0,    -- redirects that led here
    crawl_id INTEGER                    -- the last run that asked it
) STRICT
"""
_RUN = """
CREATE TABLE frontier_run (
    crawl_id INTEGER PRIMARY KEY,
    owner TEXT NOT NULL                 -- the process that runs it
) STRICT
"""


_ORIGINAL = """
CREATE TABLE frontier_original (
    url TEXT PRIMARY KEY,
    digest BLOB NOT NULL,               -- SHA-1 of the last page that was archived whole
    date TEXT NOT NULL,                 -- WARC-Date of its record
    file TEXT NOT NULL,                 -- the archive file in which it lies
    offset INTEGER NOT NULL
) STRICT, WITHOUT ROWID
"""
_ARCHIVE = """
CREATE TABLE frontier_archive (
    file TEXT PRIMARY KEY               -- archive files with answers that have no row in fetch: robots.txt
) STRICT, WITHOUT ROWID
"""
_SHARD = """
CREATE TABLE frontier_shard (
    mark TEXT PRIMARY KEY               -- of a shard of a cluster that is merged into this file; see Manifest.mark
) STRICT, WITHOUT ROWID
"""


@frontier()
def m001_frontier(db: Database) -> None:
    """Hosts, and the addresses to ask them for."""
    db.conn.execute(_HOST)
    db.conn.execute(_URL)
    db.conn.execute(_RUN)
    db.conn.execute("CREATE INDEX frontier_url_due ON frontier_url(host, due_at) WHERE due_at IS NOT NULL")
    db.conn.execute("CREATE INDEX frontier_url_site ON frontier_url(site, due_at, host)")
    db.conn.execute("CREATE INDEX frontier_url_came_from ON frontier_url(came_from) WHERE came_from IS NOT NULL")


@frontier()
def m002_step(db: Database) -> None:
    """How rarely an article is visited, apart from how often it was."""
    db.conn.execute(
        "ALTER TABLE frontier_url ADD COLUMN step INTEGER NOT NULL DEFAULT 0"  # of the intervals between visits
    )
    db.conn.execute("UPDATE frontier_url SET step = visits WHERE kind = 'article'")


@frontier()
def m003_heed(db: Database) -> None:
    """Until when listings are not heeded that name an address again."""
    db.conn.execute(
        "ALTER TABLE frontier_url ADD COLUMN misled INTEGER NOT NULL DEFAULT 0"  # newer times told in vain
    )
    db.conn.execute("ALTER TABLE frontier_url ADD COLUMN heed_at REAL")  # seconds since 1970; NULL: heeded at once


@frontier()
def m004_originals(db: Database) -> None:
    """What is archived whole, so that it need not be a second time."""
    db.conn.execute(_ORIGINAL)
    db.conn.execute(_ARCHIVE)


@frontier()
def m005_shards(db: Database) -> None:
    """Which shards are merged, so that they need not be a second time."""
    db.conn.execute(_SHARD)
