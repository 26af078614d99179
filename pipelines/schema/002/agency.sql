ALTER TABLE article ADD COLUMN agency TEXT;         -- whose copy the article prints: PA, AP, AFP, Reuters, dpa, …
ALTER TABLE article ADD COLUMN agency_by TEXT;      -- credit: the article says so; text: it has the text of one that does
CREATE INDEX article_agency ON article(agency) WHERE agency IS NOT NULL;

ALTER TABLE citation ADD COLUMN cited_site TEXT;    -- registrable domain of the outlet, where it is known

-- Articles with nearly the same text, whatever their outlets; each pair once, the smaller id first.
CREATE TABLE copy_link (
    article_id INTEGER NOT NULL REFERENCES article(id),
    other_id INTEGER NOT NULL REFERENCES article(id),
    similarity REAL NOT NULL,           -- from 0 to 1
    PRIMARY KEY (article_id, other_id),
    CHECK (article_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_link_other_id ON copy_link(other_id);
