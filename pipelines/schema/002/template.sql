-- For the program: which paragraphs stand in which articles; those in many of one outlet are template text.
CREATE TABLE block_print (
    key INTEGER NOT NULL,
    article_id INTEGER NOT NULL REFERENCES article(id),
    PRIMARY KEY (key, article_id)
) STRICT, WITHOUT ROWID;
