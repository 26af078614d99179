-- How often each outlet quotes and names a person. Rows of none may stand.
CREATE TABLE person_site (
    person_id INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    quotes INTEGER NOT NULL,
    quoted_in INTEGER NOT NULL,         -- articles that quote the person
    articles INTEGER NOT NULL,          -- articles that have the person
    PRIMARY KEY (person_id, site)
) STRICT, WITHOUT ROWID;
CREATE INDEX person_site_quotes ON person_site(site, quotes);

INSERT INTO person_site
SELECT article_person.person_id, article.site, sum(quotes), sum(quotes > 0), count(*)
FROM article_person JOIN article ON article.id = article_person.article_id
GROUP BY 1, 2;

CREATE TRIGGER person_site_insert AFTER INSERT ON article_person BEGIN
    INSERT INTO person_site
    SELECT new.person_id, site, new.quotes, new.quotes > 0, 1 FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes, quoted_in = quoted_in + excluded.quoted_in,
        articles = articles + 1;
END;

CREATE TRIGGER person_site_delete AFTER DELETE ON article_person BEGIN
    UPDATE person_site SET quotes = quotes - old.quotes, quoted_in = quoted_in - (old.quotes > 0), articles = articles - 1
    WHERE person_id = old.person_id AND site = (SELECT site FROM article WHERE id = old.article_id);
END;

CREATE TRIGGER person_site_update AFTER UPDATE OF article_id, person_id, quotes ON article_person
WHEN (old.article_id, old.person_id, old.quotes) IS NOT (new.article_id, new.person_id, new.quotes)
BEGIN
    UPDATE person_site SET quotes = quotes - old.quotes, quoted_in = quoted_in - (old.quotes > 0), articles = articles - 1
    WHERE person_id = old.person_id AND site = (SELECT site FROM article WHERE id = old.article_id);
    INSERT INTO person_site
    SELECT new.person_id, site, new.quotes, new.quotes > 0, 1 FROM article WHERE id = new.article_id
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes, quoted_in = quoted_in + excluded.quoted_in,
        articles = articles + 1;
END;

CREATE TRIGGER person_site_of_article AFTER UPDATE OF site ON article WHEN old.site IS NOT new.site BEGIN
    INSERT INTO person_site
    SELECT person_id, old.site, -quotes, -(quotes > 0), -1 FROM article_person WHERE article_id = new.id
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes, quoted_in = quoted_in + excluded.quoted_in,
        articles = articles + excluded.articles;
    INSERT INTO person_site
    SELECT person_id, new.site, quotes, quotes > 0, 1 FROM article_person WHERE article_id = new.id
    ON CONFLICT DO UPDATE SET quotes = quotes + excluded.quotes, quoted_in = quoted_in + excluded.quoted_in,
        articles = articles + excluded.articles;
END;

DROP INDEX article_person_person_id;
CREATE INDEX article_person_person_id ON article_person(person_id, in_headline, article_id);
