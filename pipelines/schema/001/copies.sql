-- What a text is recognised by: its MinHash signature, and the keys under which similar ones meet.
CREATE TABLE article_signature (
    article_id INTEGER PRIMARY KEY REFERENCES article(id),
    signature BLOB NOT NULL
) STRICT;

CREATE TABLE article_band (
    key INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (key, article_id)
) STRICT, WITHOUT ROWID;
