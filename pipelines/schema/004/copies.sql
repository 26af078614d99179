-- Each article that another outlet had first, with both times side by side.
CREATE TABLE copy_delay (
    article_id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    original_id INTEGER NOT NULL REFERENCES article(id),
    site TEXT NOT NULL,
    original_site TEXT NOT NULL,
    published TEXT,                     -- in the form of article.published
    original_published TEXT,
    hours REAL                          -- from the one to the other; NULL where one of them is a day without a time
) STRICT;
CREATE INDEX copy_delay_original ON copy_delay(original_id);
CREATE INDEX copy_delay_sites ON copy_delay(site, original_site, hours, published);

INSERT INTO copy_delay
SELECT copy.id, original.id, copy.site, original.site, copy.published, original.published,
    CASE WHEN length(copy.published) > 10 AND length(original.published) > 10
        THEN round(24 * (julianday(copy.published) - julianday(original.published)), 2) END
FROM article AS copy JOIN article AS original ON original.id = copy.copy_of;

CREATE TRIGGER copy_delay_insert AFTER INSERT ON article WHEN new.copy_of IS NOT NULL BEGIN
    INSERT INTO copy_delay
    SELECT new.id, id, new.site, site, new.published, published,
        CASE WHEN length(new.published) > 10 AND length(published) > 10
            THEN round(24 * (julianday(new.published) - julianday(published)), 2) END
    FROM article WHERE id = new.copy_of;
END;

CREATE TRIGGER copy_delay_update AFTER UPDATE OF copy_of, site, published ON article
WHEN (old.copy_of, old.site, old.published) IS NOT (new.copy_of, new.site, new.published)
BEGIN
    DELETE FROM copy_delay WHERE article_id = new.id;
    INSERT INTO copy_delay
    SELECT new.id, id, new.site, site, new.published, published,
        CASE WHEN length(new.published) > 10 AND length(published) > 10
            THEN round(24 * (julianday(new.published) - julianday(published)), 2) END
    FROM article WHERE id = new.copy_of;
    UPDATE copy_delay SET original_site = new.site, original_published = new.published,
        hours = CASE WHEN length(published) > 10 AND length(new.published) > 10
            THEN round(24 * (julianday(published) - julianday(new.published)), 2) END
    WHERE original_id = new.id;
END;
