-- Each state of an article that differs in headline, standfirst, body, byline or publication date.
CREATE TABLE revision (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    number INTEGER NOT NULL,            -- from 1
    fetched_at TEXT NOT NULL,           -- when this state was first seen
    headline TEXT,
    dek TEXT,
    authors TEXT NOT NULL,
    published TEXT,
    body TEXT NOT NULL,
    changed TEXT NOT NULL CHECK (json_valid(changed)),  -- names of the fields that differ from the one before
    record TEXT NOT NULL CHECK (json_valid(record)),    -- the rest of the record; headline and body stand beside it
    page_digest BLOB NOT NULL,          -- of the bytes it was read from
    extractor_version TEXT NOT NULL,
    UNIQUE (article_id, number)
) STRICT;
