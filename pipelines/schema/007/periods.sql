-- What brings articles together is kept by period of publication: a period's rows lie side by side, and what is long
-- past is neither read nor written when today's articles come in. Computed anew for the articles that are there.
DROP TABLE article_band;
DROP TABLE article_signature;
DROP TABLE story_key;

-- What a text is recognised by: its MinHash signature, and the keys under which similar ones of one time meet.
CREATE TABLE article_signature (
    article_id INTEGER PRIMARY KEY REFERENCES article(id),
    moment INTEGER NOT NULL,            -- seconds since 1970: when the article was published, else first seen
    digest INTEGER NOT NULL,            -- of the signature: the same words are found at any time
    signature BLOB NOT NULL
) STRICT;
CREATE INDEX article_signature_digest ON article_signature(digest);

CREATE TABLE article_band (
    period INTEGER NOT NULL,            -- of the moment
    key INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (period, key, article_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE story_key (
    period INTEGER NOT NULL,            -- of the moment
    key INTEGER NOT NULL,
    moment INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (period, key, moment, article_id)
) STRICT, WITHOUT ROWID;

UPDATE article SET story_id = NULL WHERE story_id IS NOT NULL;
