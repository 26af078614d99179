-- Who is quoted, named in a headline, tagged, or named more than once.
CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,           -- in which names are compared: lower case, without accents, titles and marks
    articles INTEGER NOT NULL DEFAULT 0,
    quotes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX person_name ON person(name);

CREATE TABLE article_person (
    article_id INTEGER NOT NULL REFERENCES article(id),
    person_id INTEGER NOT NULL REFERENCES person(id),
    name TEXT NOT NULL,                 -- the fullest form that the article has
    quotes INTEGER NOT NULL,            -- spans with this speaker
    mentions INTEGER NOT NULL,          -- of the name, or a part of it, in headline, standfirst and body
    in_headline INTEGER NOT NULL,       -- 1: named in the headline
    tagged INTEGER NOT NULL,            -- 1: among the article's tags
    PRIMARY KEY (article_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_person_person_id ON article_person(person_id);
