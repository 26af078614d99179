-- What an article consists of. Rows are written anew when the article is read anew: their ids do not last.
CREATE TABLE block (
    article_id INTEGER NOT NULL REFERENCES article(id),
    position INTEGER NOT NULL,          -- from 0, in the order of the text
    kind TEXT NOT NULL,                 -- paragraph, heading, list_item, block_quote
    level INTEGER,                      -- of a heading or list item
    text TEXT NOT NULL,
    published TEXT,                     -- of a live blog's entry, on its first block
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE author (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,                 -- person, organisation
    UNIQUE (name, kind)
) STRICT;

CREATE TABLE article_author (
    article_id INTEGER NOT NULL REFERENCES article(id),
    position INTEGER NOT NULL,          -- from 0, in the byline's order
    author_id INTEGER NOT NULL REFERENCES author(id),
    url TEXT,                           -- of the author's page
    PRIMARY KEY (article_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_author_author_id ON article_author(author_id);

CREATE TABLE quote (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    speaker TEXT,                       -- fullest names, joined by " and "
    speaker_kind TEXT,                  -- person, group, representative, anonymous, organisation, outlet, document
    speakers TEXT CHECK (speakers IS NULL OR json_valid(speakers)),     -- each name, where there are several
    principal TEXT,                     -- for whom a representative speaks
    mention TEXT,                       -- the words of the text for the speaker
    cue TEXT,                           -- "said", "according to"
    continues INTEGER NOT NULL,         -- 1: the paragraph before left the same quotation open
    block INTEGER NOT NULL,             -- position of the block
    start_char INTEGER NOT NULL,        -- in the block's text
    end_char INTEGER NOT NULL,
    published TEXT,                     -- of the article
    site TEXT NOT NULL                  -- of the article
) STRICT;
CREATE INDEX quote_article_id ON quote(article_id);
CREATE INDEX quote_speaker_published ON quote(speaker, published);
CREATE INDEX quote_several_speakers ON quote(id) WHERE speakers IS NOT NULL;
CREATE INDEX quote_site_kind ON quote(site, speaker_kind);
CREATE INDEX quote_published ON quote(published);

CREATE VIEW quote_speaker AS
    SELECT id AS quote_id, speaker AS name, speaker_kind AS kind FROM quote
    WHERE speakers IS NULL AND speaker IS NOT NULL
    UNION ALL
    SELECT quote.id, each.value, quote.speaker_kind FROM quote, json_each(quote.speakers) AS each
    WHERE quote.speakers IS NOT NULL;

CREATE TABLE embed (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    provider TEXT NOT NULL,             -- instagram, x, tiktok, youtube, …
    kind TEXT NOT NULL,                 -- post, video, audio, playlist, profile, image, map, document, chart
    url TEXT,                           -- of the post
    embed_id TEXT,                      -- the provider's own
    author TEXT,                        -- handle without @, else the name shown
    text TEXT,                          -- the post's own words
    position INTEGER NOT NULL,
    after_block INTEGER NOT NULL        -- position of the last block before it, -1 at the top
) STRICT;
CREATE INDEX embed_article_id ON embed(article_id);
CREATE INDEX embed_provider ON embed(provider, kind);
CREATE INDEX embed_url ON embed(url) WHERE url IS NOT NULL;

CREATE TABLE image (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    url TEXT,
    caption TEXT,
    credit TEXT,
    alt TEXT,
    lead INTEGER NOT NULL,              -- 1: leads the article
    position INTEGER NOT NULL,
    after_block INTEGER NOT NULL
) STRICT;
CREATE INDEX image_article_id ON image(article_id);
CREATE INDEX image_credit ON image(credit) WHERE credit IS NOT NULL;

CREATE TABLE citation (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    outlet TEXT NOT NULL,
    url TEXT,
    block INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
) STRICT;
CREATE INDEX citation_article_id ON citation(article_id);
CREATE INDEX citation_outlet ON citation(outlet);

CREATE TABLE date_mention (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article(id),
    text TEXT NOT NULL,
    value TEXT,                         -- 2023, 2023-06 or 2023-06-15
    precision TEXT NOT NULL,
    block INTEGER NOT NULL,
    start_char INTEGER NOT NULL,
    end_char INTEGER NOT NULL
) STRICT;
CREATE INDEX date_mention_article_id ON date_mention(article_id);
CREATE INDEX date_mention_value ON date_mention(value);
