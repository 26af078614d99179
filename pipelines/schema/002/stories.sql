-- Nothing was ever written to the first form of this table.
DROP TABLE story;

-- Articles on one event: a connected component of story_link, named by its smallest article.
CREATE TABLE story (
    id INTEGER PRIMARY KEY,             -- the smallest id of its articles
    headline TEXT,                      -- of the article that had it first
    first_article_id INTEGER NOT NULL REFERENCES article(id),
    first_published TEXT,               -- in the form of article.published
    last_published TEXT,
    first_by TEXT NOT NULL,             -- published, first_seen: what decided who was first
    articles INTEGER NOT NULL,
    sites INTEGER NOT NULL,
    confidence REAL NOT NULL            -- from 0 to 1: how sure the grouping is
) STRICT;
CREATE INDEX story_first_article_id ON story(first_article_id);
CREATE INDEX story_first_published ON story(first_published);

-- Which stories an outlet told, without reading its articles.
CREATE INDEX article_site_story ON article(site, story_id);

-- Former ids of stories that were merged into others.
CREATE TABLE story_redirect (
    old_id INTEGER PRIMARY KEY,
    story_id INTEGER NOT NULL REFERENCES story(id)
) STRICT;
CREATE INDEX story_redirect_story_id ON story_redirect(story_id);

-- The pairs that hold a story together, each once, the smaller id first.
CREATE TABLE story_link (
    article_id INTEGER NOT NULL REFERENCES article(id),
    other_id INTEGER NOT NULL REFERENCES article(id),
    score REAL NOT NULL,                -- from 0 to 1
    reasons TEXT NOT NULL CHECK (json_valid(reasons)),      -- the evidence by name: {"quotes": 1.2, "names": 0.4}
    PRIMARY KEY (article_id, other_id),
    CHECK (article_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_link_other_id ON story_link(other_id);

-- For the program: what an article has to be told by, and the keys under which related ones meet.
CREATE TABLE story_sign (
    article_id INTEGER PRIMARY KEY REFERENCES article(id),
    moment INTEGER NOT NULL,            -- seconds since 1970: when it was published, else first seen
    signs TEXT NOT NULL CHECK (json_valid(signs))
) STRICT;

CREATE TABLE story_key (
    key INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (key, moment, article_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW story_citation AS
    SELECT article.story_id, article.id AS article_id, article.site, citation.outlet, citation.cited_site
    FROM citation JOIN article ON article.id = citation.article_id;

-- Which outlets told the stories that several told, and which of them was first.
CREATE TABLE story_outlet (
    story_id INTEGER NOT NULL REFERENCES story(id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    articles INTEGER NOT NULL,          -- of the outlet, on this story
    sites INTEGER NOT NULL,             -- how many outlets told it
    is_first INTEGER NOT NULL,          -- 1: this one had it first
    is_sure INTEGER NOT NULL,           -- 1: by the times of publication, not by when a page came in
    PRIMARY KEY (story_id, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_outlet_site ON story_outlet(site, sites, is_first, is_sure);
