-- One row per article of an outlet, whatever number of addresses it has there.
CREATE TABLE article (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,                  -- the address that the outlet calls its own
    site TEXT NOT NULL,                 -- the outlet: its registrable domain
    headline TEXT,
    dek TEXT,                           -- the standfirst
    authors TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(authors)),     -- names, in the byline's order
    published TEXT,                     -- 2026-11-22T07:00:00Z, or 2026-11-22 where no zone or no time is known
    published_precision TEXT,           -- second, minute, hour, day, week, month, year
    published_local TEXT,               -- as the page writes it
    modified TEXT,                      -- in the form of published
    section TEXT,
    tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)),
    language TEXT,
    access TEXT,                        -- free, metered, paywalled
    body TEXT NOT NULL,                 -- the blocks, joined by blank lines
    words INTEGER NOT NULL,             -- of the body
    first_seen TEXT NOT NULL,
    last_fetched TEXT NOT NULL,         -- when a page of it was last received, or last said to be unchanged
    gone_at TEXT,                       -- when its address first answered 404 or 410
    revisions INTEGER NOT NULL,         -- how many rows of revision
    copy_of INTEGER REFERENCES article(id),     -- the earliest article of another outlet with this text
    story_id INTEGER REFERENCES story(id),
    extractor_version TEXT NOT NULL,    -- which redtop read the row
    read_from TEXT NOT NULL,            -- the address whose page the row was read from
    text_digest BLOB NOT NULL,          -- of headline and body: equal ones at one outlet are one article
    provenance TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(provenance))  -- for each field the strategy that filled it
) STRICT;
CREATE INDEX article_site_published ON article(site, published);
CREATE INDEX article_published ON article(published);
CREATE INDEX article_url ON article(url);
CREATE INDEX article_text ON article(text_digest);
CREATE INDEX article_copy_of ON article(copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX article_story_id ON article(story_id) WHERE story_id IS NOT NULL;

-- Every known address of an article, in the form in which addresses are compared.
CREATE TABLE article_address (
    key TEXT PRIMARY KEY,
    article_id INTEGER REFERENCES article(id),  -- NULL: pages with different texts call this address their own
    fetched INTEGER NOT NULL DEFAULT 0          -- 1: a page was received there; 0: a page only names it
) STRICT, WITHOUT ROWID;
CREATE INDEX article_address_article_id ON article_address(article_id);

CREATE TABLE story (
    id INTEGER PRIMARY KEY,
    headline TEXT,
    first_article_id INTEGER REFERENCES article(id),
    first_published TEXT,
    articles INTEGER NOT NULL DEFAULT 0,
    sites INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX story_first_article_id ON story(first_article_id);
CREATE INDEX story_first_published ON story(first_published);
