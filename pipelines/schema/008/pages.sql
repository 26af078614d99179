-- For the program: the pages of articles that stand on several, each in every state it was in; the article is their join.
CREATE TABLE article_page (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    first_key TEXT NOT NULL,            -- key of the address of the article's first page
    key TEXT NOT NULL,                  -- of this page's own address
    url TEXT NOT NULL,
    next_key TEXT,                      -- of the page that it names as the following one
    next_url TEXT,
    fetched_at TEXT NOT NULL,           -- when this state was first seen
    headline TEXT,
    body TEXT NOT NULL,
    record TEXT NOT NULL CHECK (json_valid(record)),    -- of this page alone
    page_digest BLOB NOT NULL,
    extractor_version TEXT NOT NULL,
    UNIQUE (site, first_key, key, fetched_at)
) STRICT;
